"""`puntlanding demo …`: made-up collectives and hospitals."""

from __future__ import annotations

from pathlib import Path

import click

from puntlanding.cli.help import Group
from puntlanding.cli.intake import FIRST_YEAR, LAST_YEAR, the_codes, the_day, the_years
from puntlanding.cli.output import Options, plural, say
from puntlanding.cli.parameters import command, folder, lang, later
from puntlanding.cli.places import new_place
from puntlanding.language.notation import Language
from puntlanding.problems import InputError, Problem

PER_HOSPITAL_YEAR = 2_000_000  # rows of one hospital at scale 1, about: for the progress bar only
VARIANTS = ("stable", "drift", "shock")


def demo_group(language: Language) -> click.Group:
    group = Group(
        "demo", help=say("demo", language), no_args_is_help=True, language=language,
        params=[lang(language, expose_value=False)], subcommand_metavar=say("command_word", language), options_metavar="",
    )  # fmt: skip
    group.add_command(
        command("collective", [folder(language)], later("commands", "demo_collective"), language, "demo_collective")
    )
    params = [
        folder(language),
        _option("--hospitals", "hospitals", "number_word", "opt_hospitals", language, "1"),
        _option("--years", "years", "years_word", "opt_demo_years", language, "2025"),
        _option("--scale", "scale", "number_word", "opt_scale", language, "0.02"),
        _option("--seed", "seed", "number_word", "opt_seed", language, "1"),
        _option("--format", "forms", "formats_word", "opt_formats", language, "neutraal"),
        click.Option(["--as-of", "as_of"], metavar=say("date_word", language), multiple=True, help=say("opt_as_of", language)),
        click.Option(["--variant"], type=click.Choice(VARIANTS), default="stable", help=say("opt_variant", language)),
        click.Option(
            ["--nza"], metavar=say("folder_word", language), type=click.Path(path_type=Path), help=say("opt_nza", language)
        ),
    ]  # fmt: skip
    group.add_command(command("generate", params, generate, language, "demo_generate"))
    network = [
        folder(language),
        _option("--hospitals", "hospitals", "number_word", "opt_hospitals", language, "6"),
        _option("--year", "year", "year_word", "opt_demo_year", language, "2025"),
        _option("--scale", "scale", "number_word", "opt_scale", language, "0.1"),
        _option("--seed", "seed", "number_word", "opt_seed", language, "1"),
    ]
    group.add_command(command("store", network, store, language, "demo_store"))
    return group


def _option(name: str, field: str, word: str, text: str, language: Language, default: str) -> click.Option:
    help_text = f"{say(text, language)} {say('default', language, default)}"
    return click.Option([name, field], metavar=say(word, language), default=default, help=help_text)


def generate(
    *, target: Path, hospitals: str, years: str, scale: str, seed: str, forms: str, as_of: tuple[str, ...], variant: str,
    nza: Path | None, options: Options,
) -> None:  # fmt: skip
    from puntlanding.cli.progress import Meter
    from puntlanding.demo.write import FORMATS, write_demo

    wanted = _years(years)
    count, size, chance = _whole("--hospitals", hospitals, 1, 999), _scale(scale), _whole("--seed", seed, 0, 2**63 - 1)
    named = tuple(part.strip() for part in forms.split(","))
    unknown = [name for name in named if name not in FORMATS]
    if unknown:
        details = {"known": ", ".join(FORMATS)}
        raise InputError([Problem("format_option", "--format", value=name, details=details) for name in unknown])
    days = [the_day(day, "--as-of") for day in as_of]
    with Meter(options.language) as meter, new_place(target):
        expected = count * len(wanted) * size * PER_HOSPITAL_YEAR * len(named) * max(1, len(days))
        meter.step("step_generate", int(expected))
        done = write_demo(
            target, count, wanted, size, chance, codes=the_codes(nza, None), variant=variant, formats=named, as_of=days,
            progress=meter,
        )  # fmt: skip
    first = target / done[0].slug / named[0]
    if len(days) > 1:  # then each extract has a folder of its own
        first /= min(days).isoformat()
    print(say("demo_generated", options.language, target, plural("hospitals_made", len(done), options.language), first))


def store(*, target: Path, hospitals: str, year: str, scale: str, seed: str, options: Options) -> None:
    from puntlanding.cli.progress import Meter
    from puntlanding.demo.network import YEARS, write_network
    from puntlanding.language.notation import number

    of = _whole("--year", year, FIRST_YEAR + YEARS - 1, LAST_YEAR - 1)
    count, size, chance = _whole("--hospitals", hospitals, 1, 999), _scale(scale), _whole("--seed", seed, 0, 2**63 - 1)
    with Meter(options.language) as meter, new_place(target):
        meter.step("step_demo_store", int(count * YEARS * size * PER_HOSPITAL_YEAR))
        kept = write_network(target, count, of, size, chance, meter)
    language = options.language
    rows = [sum(one.trajectories for one in kept), sum(one.activities for one in kept)]
    counts = [number(row, 0, language) for row in rows]
    made = plural("hospitals_made", len(kept), language)
    print(say("demo_stored", language, made, of - YEARS + 1, of, *counts, target / "opslag"))
    for one in kept:
        print(f"  {one.slug}  {one.kind:<12} {number(one.trajectories, 0, language):>9}  {one.name}")
    print("\n" + say("demo_stored_next", language, target, of, of - 1, kept[0].slug))


def _years(text: str) -> range:
    found = the_years(text)
    if found.start >= FIRST_YEAR and found.stop <= LAST_YEAR + 1:
        return found
    raise InputError(
        [Problem("number_option", "--years", value=text, details={"lowest": FIRST_YEAR, "highest": LAST_YEAR})]
    )


def _whole(option: str, text: str, least: int, most: int) -> int:
    digits = text.isascii() and text.isdigit() and len(text) <= len(str(most))
    if digits and least <= int(text) <= most:
        return int(text)
    raise InputError([Problem("number_option", option, value=text, details={"lowest": least, "highest": most})])


def _scale(text: str) -> float:
    try:
        found = float(text.replace(",", "."))
    except ValueError:
        found = 0.0
    if 0.0005 <= found <= 100:
        return found
    raise InputError([Problem("number_option", "--scale", value=text, details={"lowest": "0,0005", "highest": 100})])
