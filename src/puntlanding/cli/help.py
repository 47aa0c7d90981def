"""Help in the user's language, with the commands in the order of the work; click's own headings are English."""

from __future__ import annotations

from typing import Any

import click

from puntlanding.cli.output import say
from puntlanding.language.notation import Language


class _Spoken:
    """Mixed into click's commands: the same layout, other words."""

    language: Language

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option: click.Option | None = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = say("opt_help", self.language)
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces: list[str] = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=say("usage", self.language) + ": ")

    def write_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [one for one in self.get_params(ctx) if isinstance(one, click.Option)]  # type: ignore[attr-defined]
        records = [self._in_language(option.get_help_record(ctx)) for option in options]
        with formatter.section(say("options", self.language)):
            formatter.write_dl([record for record in records if record is not None])

    def _in_language(self, record: tuple[str, str] | None) -> tuple[str, str] | None:
        return None if record is None else (record[0], record[1].replace("[required]", say("required", self.language)))


class Command(_Spoken, click.Command):
    def __init__(self, *arguments: Any, language: Language, **rest: Any) -> None:
        super().__init__(*arguments, **rest)
        self.language = language

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self.write_options(ctx, formatter)


class Group(_Spoken, click.Group):
    def __init__(self, *arguments: Any, language: Language, **rest: Any) -> None:
        super().__init__(*arguments, **rest)
        self.language = language

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self.write_options(ctx, formatter)
        names = self.list_commands(ctx)
        width = formatter.width - 6 - max(map(len, names))
        with formatter.section(say("commands", self.language)):
            formatter.write_dl([(name, self.commands[name].get_short_help_str(width)) for name in names])
