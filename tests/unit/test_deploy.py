"""The examples in `deploy` name commands and settings that exist, and what can be looked at without a server is right."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

import puntlanding.web
from puntlanding.web.manage_texts import TEXTS

pytestmark = pytest.mark.unit
ROOT = Path(__file__).parents[2]
FILES = [one for one in sorted((ROOT / "deploy").rglob("*")) if one.is_file()]


def text_of(name):
    return (ROOT / "deploy" / name).read_text(encoding="utf-8")


def test_commands_and_settings_exist():
    room = Path(puntlanding.web.__file__).parent
    code = "".join((room / name).read_text(encoding="utf-8") for name in ("settings.py", "environment.py"))
    commands = set(re.findall(r"^  (\w+)", TEXTS["help"][0], re.MULTILINE))
    named = set()
    for file in FILES:
        text = file.read_text(encoding="utf-8")
        typed = re.findall(
            r"puntlanding-web\"?,? \"?([a-z]+)", re.sub(r"^\s*#.*op 127.*$", "", text, flags=re.MULTILINE)
        )
        named |= {one for one in typed if one != "op"}
        assert set(re.findall(r"PUNTLANDING_[A-Z_]+", text)) <= set(re.findall(r"PUNTLANDING_[A-Z_]+", code)), file
    assert {"serve", "worker", "backup", "check", "migrate"} <= named <= commands


def test_the_container_runs_as_nobody_and_asks_whether_it_is_well():
    text = text_of("Containerfile")
    assert re.search(r"^USER 10001:10001$", text, re.MULTILINE)
    assert text.index("USER ") < text.index('CMD ["puntlanding-web"')
    asks = re.search(r'CMD \["python", "-c", "(.+)"\]', text)[1]
    compile(asks, "HEALTHCHECK", "exec")
    copied = {one for line in re.findall(r"^COPY (?!--)(.+) \S+$", text, re.MULTILINE) for one in line.split()}
    assert all((ROOT / one).exists() for one in copied)
    locks = re.findall(r"requirements/\S+\.lock", text)
    assert locks == ["requirements/build.lock", "requirements/web.lock"]


@pytest.mark.parametrize("unit", [one.name for one in FILES if one.suffix in (".service", ".timer")])
def test_services_have_no_rights_that_they_do_not_need(unit, tmp_path):
    text = text_of(f"systemd/{unit}")
    if unit.endswith(".service"):
        for line in (
            "NoNewPrivileges=yes",
            "ProtectSystem=strict",
            "CapabilityBoundingSet=",
            "UMask=0077",
            "PrivateDevices=yes",
        ):
            assert f"{line}\n" in text
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        return
    here = tmp_path / "units"
    here.mkdir()
    for one in FILES:
        if one.parent.name == "systemd":
            (here / one.name).write_text(re.sub(r"/opt/puntlanding/bin/puntlanding-web", "/bin/true", one.read_text()))
    done = subprocess.run([analyze, "verify", here / unit], capture_output=True, text=True, check=False, timeout=60)
    assert [line for line in done.stderr.splitlines() if "puntlanding" in line] == []
