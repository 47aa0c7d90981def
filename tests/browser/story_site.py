"""The application as an administrator sets it up on a new machine, and everybody who logs in to it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field

from web_served import COMMAND, environment_of, served

NAME, HOSPITAL, GROUP = "Gremium Duinrand", "Ziekenhuis Duinrand", "Orthopedie"
PEOPLE = {
    "financien": ("financien@duinrand.example", "Fatima Bakker", "financiën ziekenhuis"),
    "ziekenhuis": ("bestuur@duinrand.example", "Hugo Smit", "bestuur ziekenhuis"),
    "gremium": ("bestuur@gremium.example", "Marit de Wit", "bestuur gremium"),
    "controller": ("controller@gremium.example", "Kees Vos", "controller gremium"),
    "collega": ("collega@gremium.example", "Anja Mol", "controller gremium"),
    "vertegenwoordiger": ("orthopedie@gremium.example", "Tom Prins", "vertegenwoordiger vakgroep"),
    "accountant": ("accountant@kantoor.example", "Els Dijk", "accountant"),
    "beheerder": ("beheer@duinrand.example", "Bas Kok", "beheerder"),
}
_WORDS = "import json, sys; from puntlanding.web.manage import main; sys.exit(max(main(one) for one in json.load(sys.stdin)))"


@dataclass
class Site:
    """``passwords``: by the name in `PEOPLE`; ``pages``: of who has logged in."""

    address: str
    environment: dict[str, str]
    passwords: dict[str, str]
    pages: dict[str, object] = field(default_factory=dict)
    said: dict[str, list[str]] = field(default_factory=dict)

    def command(self, *words):
        """What `puntlanding-web` says and its exit status."""
        return subprocess.run([*COMMAND, *words], env=self.environment, capture_output=True, text=True, check=False)

    def log_in(self, browser, who, **kind):
        """The page of somebody, logged in once; a browser that complains fails the story at its end."""
        if who in self.pages and not kind:
            return self.pages[who]
        wanted = {"locale": "nl-NL", "viewport": {"width": 1280, "height": 900}, "base_url": self.address} | kind
        page = browser.new_context(**wanted).new_page()
        page.set_default_timeout(20_000)
        said = self.said.setdefault(who, [])
        page.on("console", lambda message: said.append(f"{page.url}: {message.text}"))
        page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
        page.goto("/")
        page.fill("input[name=login]", PEOPLE[who][0])
        page.fill("input[name=password]", self.passwords[who])
        page.click("main button")
        page.wait_for_selector("header .who a")
        if not kind:
            self.pages[who] = page
        return page

    def complaints(self):
        """A browser says of itself that an answer was a refusal: that is no complaint."""
        return [one for said in self.said.values() for one in said if "422" not in one]


@contextmanager
def running(folder, people):
    """Made by the commands of an administrator; server and worker are processes of their own. ``people``: names of `PEOPLE`."""
    environment = environment_of(folder)
    passwords = _made(environment, people)
    with served(environment, "--with-worker") as address:
        site = Site(address, environment, passwords)
        try:
            yield site
        finally:
            for page in site.pages.values():
                page.context.close()


def _made(environment, people):
    """The passwords that the commands said."""
    asked = [["migrate"], ["collective", NAME, HOSPITAL]]
    for who in people:
        email, name, role = PEOPLE[who]
        group = ["--group", GROUP] if who == "vertegenwoordiger" else []
        asked.append(["account", "add", email, "--name", name, "--collective", NAME, "--role", role, *group])
    done = subprocess.run(
        [sys.executable, "-c", _WORDS],
        env=environment,
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found = re.findall(r"Eerste wachtwoord: (\S+)", done.stdout)
    return dict(zip(people, found, strict=True))


@contextmanager
def pictured(site, folder):
    """Where the story ends before its end, what everybody had before them is kept beside it."""
    try:
        yield
    except BaseException:
        for who, page in site.pages.items():
            page.screenshot(path=folder / f"{who}.png", full_page=True)
            (folder / f"{who}.html").write_text(page.content(), encoding="utf-8")
        raise
