"""An empty, commented case: what `puntlanding new` writes, as a folder or as one workbook."""

from __future__ import annotations

from pathlib import Path

from puntlanding.agreement.keys import CONTRACT, OPEN_SECTIONS, REPEATED, REQUIRED_SECTIONS, SECTIONS
from puntlanding.case.layout import AGREEMENT, LAYOUTS, ONLY_WHEN_AGREED, Layout
from puntlanding.case.template_texts import TEXTS, component_sentences, plain_default
from puntlanding.case.template_workbook import template_workbook
from puntlanding.components import COMPONENTS
from puntlanding.contract_types import CONTRACT_TYPES
from puntlanding.setting import Kind, Setting
from puntlanding.whole_file import write_whole


def template_files(year: int, english: bool = False) -> dict[str, bytes]:
    """File name → content of an empty case folder for ``year``."""
    which = 1 if english else 0
    files = {f"{AGREEMENT}.toml": _toml(year, which).encode()}
    for layout in LAYOUTS.values():
        if layout.name in ONLY_WHEN_AGREED:
            continue
        files[f"{layout.name}.csv"] = _csv(layout, which).encode("utf-8-sig")
    return files


def _csv(layout: Layout, which: int) -> str:
    lines = [f"# {layout.name}: {(layout.nl, layout.en)[which]}"]
    for column in layout.columns:
        must = TEXTS["required" if column.required else "optional"][which]
        lines.append(f"#   {column.name}: {(column.nl, column.en)[which]} ({must})")
    lines.append(";".join(column.name for column in layout.columns))
    return "\r\n".join(line.replace(";", ",") if line.startswith("#") else line for line in lines) + "\r\n"


def _toml(year: int, which: int) -> str:
    lines = [f"# {TEXTS['agreement'][which]}"]
    for section, settings in SECTIONS.items():
        required = section in REQUIRED_SECTIONS
        header = f"[[{section}]]" if section in REPEATED else f"[{section}]"
        lines += ["", header if required or section == CONTRACT else f"# {header}"]
        if section in COMPONENTS:
            lines[-1:-1] = [f"# {sentence}" for sentence in component_sentences(COMPONENTS[section], which)]
        if section == CONTRACT:
            for name, kind in CONTRACT_TYPES.items():
                lines.append(f'#   "{name}" — {(kind.nl, kind.en)[which]}')
        for one in settings:
            lines += _toml_setting(one, which, active=(required or section == CONTRACT) and not one.optional, year=year)
        if section == CONTRACT:
            for kind_name, kind in CONTRACT_TYPES.items():
                for one in kind.settings:
                    lines.append(f'# {TEXTS["only_with"][which]} "{kind_name}":')
                    lines += _toml_setting(one, which, active=False, year=year)
    for section, one in OPEN_SECTIONS.items():
        lines += ["", f"# [{section}]", f"# {(one.nl, one.en)[which]}"]
    return "\n".join(lines) + "\n"


def _toml_setting(one: Setting, which: int, *, active: bool, year: int) -> list[str]:
    lines = [f"# {(one.nl, one.en)[which]}"]
    if one.choices:
        lines.append(f"#   {TEXTS['choose'][which]}: {', '.join(one.choices)}")
    if one.kind is Kind.YEAR:
        value = str(year)
    elif one.kind is Kind.DATE:
        value = f"{year}-07-01"
    elif one.kind is Kind.TEXT:
        value = '""' if active else f'"{one.example}"'
    elif one.default is not None:
        value = f'"{one.default}"' if isinstance(one.default, str) else plain_default(one)
    else:
        value = f'"{one.example}"' if one.kind is Kind.CHOICE else one.example
    lines.append(f"{'' if active else '# '}{one.key} = {value}")
    return lines


def write_template(target: Path, year: int, *, workbook: bool, english: bool = False) -> Path:
    """Write an empty case into ``target`` (a new or empty folder; with ``workbook`` also a new .xlsx file).

    Raises FileExistsError where something is there: nothing is ever overwritten. Raises InputError where the place cannot be
    written: then nothing is.
    """
    if workbook:
        path = target if target.suffix.lower() == ".xlsx" else target / f"{target.resolve().name}.xlsx"
        if path.exists() or (path.parent == target and target.exists() and any(target.iterdir())):
            raise FileExistsError(str(path))
        write_whole({path: template_workbook(year, english)})
        return path
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise FileExistsError(str(target))
    write_whole({target / name: content for name, content in template_files(year, english).items()})
    return target
