"""Opens every page of the web application on the demonstration and writes docs/schermen with what is seen: `make pages-gallery`.

The pages are those that the application itself has: a new one is in the gallery by itself. Minutes of work, and nothing that a test
needs; so `make docs` leaves it alone. Times and marks in the pictures are of the day on which they were taken.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parent.parent
GALLERY = ROOT / "docs" / "schermen"
PAGE = GALLERY / "README.md"
PROGRAM = os.environ.get("PUNTLANDING_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
SIZES = {"groot": (1280, 860), "klein": (360, 740)}
LANGUAGES = ("nl", "en")
MOST_HEIGHT = {"groot": 950, "klein": 850}  # what a gallery shows of a page that goes on
SMALLER = {"groot": 0.8, "klein": 1.0}
QUALITY = 22
ORDER = (
    "year", "agreement", "budget", "new-year", "approvals", "version", "monitoring", "planned", "settlement",
    "every-type", "statements", "distribution", "benchmark", "efficiency", "formation", "simulation", "job", "work", "data", "deliver",
    "log", "people", "person", "tokens", "verify", "words", "account", "not",
)  # fmt: skip

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Playwright

    from screens_shown import Shown

INTRODUCTION = """# De schermen van de webtoepassing

Elke pagina op het verzonnen ziekenhuis van `make demo`: op een groot scherm en op een telefoon, in het Nederlands en in het Engels.
Van een lange pagina staat het begin erop. Alles is verzonnen. `make pages-gallery` maakt de schermen opnieuw.
"""


def run(words: Sequence[str], **more: str) -> None:
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, env={**os.environ, **more})  # noqa: S603  our own programs


def puntlanding(*words: str) -> None:
    run([sys.executable, "-m", "puntlanding", *words])


def demonstration(folder: Path) -> Path:
    """As `make demo` makes it; the data folder of the application is `web` in it."""
    store, given = folder / "opslag", folder / "opslag" / "bijdragen"
    puntlanding("demo", "store", str(folder))
    for year in ("2024", "2025"):
        words = ("--store", str(store), "--hospitals", str(folder / "ziekenhuizen.csv"), "--out", str(given))
        puntlanding("fold", "alle", year, *words)
    contributions = [str(one) for one in sorted(given.glob("*-2024.bijdrage"))]
    puntlanding(
        "benchmark", "ex-ante", "2025", *contributions, "--norms", str(folder / "normtijden.csv"), "--peers", "alle",
        "--publish", str(store / "benchmark"), "--date", "2024-12-15", "--hospital", "ziekenhuis-01",
    )  # fmt: skip
    web = [sys.executable, "-m", "puntlanding.web.manage", "demo", "--store", str(store), "--hospital", "ziekenhuis-01"]
    run([*web, "--year", "2025", "--contributions", str(given)], PUNTLANDING_DATA=str(folder / "web"))
    return folder


@contextmanager
def served() -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{free.getsockname()[1]}"
    words = [sys.executable, "-m", "puntlanding.web.manage", "serve", "--bind", place, "--workers", "1"]
    server = subprocess.Popen(words, stdout=subprocess.DEVNULL)  # noqa: S603  our own program
    try:
        for _ in range(200):
            try:
                with urllib.request.urlopen(f"http://{place}/gezondheid", timeout=5):
                    break
            except OSError:
                time.sleep(0.1)
        yield f"http://{place}"
    finally:
        server.terminate()
        server.wait(30)


@contextmanager
def opened(
    browser: Browser, place: str, session: Mapping[str, str], language: str, size: str, **kind: Any
) -> Iterator[Page]:
    """A browser in which somebody is logged in by their cookie ``session``."""
    width, height = SIZES[size]
    context = browser.new_context(
        locale=f"{language}-{'NL' if language == 'nl' else 'GB'}", viewport={"width": width, "height": height},
        base_url=place, reduced_motion="reduce", device_scale_factor=SMALLER[size], **kind,
    )  # fmt: skip
    cookies = {"django_language": language, **session}
    context.add_cookies([{"name": name, "value": value, "url": place} for name, value in cookies.items()])
    page = context.new_page()
    try:
        yield page
    finally:
        context.close()


def launched(play: Playwright, language: str) -> Browser:
    """Speaking that language of itself: its own fields for dates and files are in the picture too."""
    spoken = {"nl": "nl_NL", "en": "en_GB"}[language]
    words = ["--no-sandbox", f"--lang={spoken.replace('_', '-')}"]
    return play.chromium.launch(executable_path=PROGRAM, args=words, env={**os.environ, "LANGUAGE": spoken})


def looked_at(page: Page, shown: Shown) -> None:
    page.goto(shown.address)
    for _ in range(40):  # a forecast that is being worked out says so
        if not page.locator("[aria-busy=true]").count() and not page.locator("text=/Laad de pagina opnieuw|Load the page again/").count():  # fmt: skip
            break
        page.wait_for_timeout(500)
        page.goto(shown.address)
    page.wait_for_load_state("networkidle")


def taken(page: Page, target: Path, size: str, most: int | None) -> None:
    import base64

    height = page.evaluate("document.documentElement.scrollHeight")
    clip = {"x": 0, "y": 0, "width": SIZES[size][0], "height": min(height, most or height), "scale": 1}
    asked = {"format": "webp", "quality": QUALITY, "captureBeyondViewport": True, "clip": clip}
    answer = page.context.new_cdp_session(page).send("Page.captureScreenshot", asked)
    target.write_bytes(base64.b64decode(answer["data"]))


def written(shown: Sequence[Shown], titles: Mapping[str, str]) -> str:
    parts = [INTRODUCTION]
    for one in sorted(shown, key=place):
        told = f"{one.told}\n\n" if one.told else ""
        pictures = [
            " ".join(f"![{titles[one.file]}, {name}, {size}]({one.file}-{language}-{size}.webp)" for size in SIZES)
            for language, name in (("nl", "Nederlands"), ("en", "Engels"))
        ]
        parts.append(f"## {titles[one.file]}\n\n{told}" + "\n\n".join(pictures) + "\n")
    return "\n".join(parts)


def place(one: Shown) -> int:
    """As one walks through the year; what is named nowhere comes last."""
    return next((at for at, word in enumerate(ORDER) if one.file.startswith(word)), len(ORDER))


def pictures(target: Path, delivery: Sequence[Path], *, whole: bool, only: str) -> None:
    """Rows are read before a browser is there and after it is gone: beside one Django reads none."""
    from playwright.sync_api import sync_playwright

    from screens_shown import ROLES, act, prepare, ready, session_of, shown, worked

    ready()
    first = prepare()
    sessions = {role: session_of(role) for role in ROLES} | {"": {}}
    titles: dict[str, str] = {}
    target.mkdir(parents=True, exist_ok=True)
    with served() as place:
        if first:
            with sync_playwright() as play:
                browser = launched(play, "nl")
                act(lambda who: opened(browser, place, sessions[who], "nl", "groot"), delivery)
                browser.close()
            worked()
        pages = [one for one in shown() if only in one.file]
        with sync_playwright() as play:
            browsers = {language: launched(play, language) for language in LANGUAGES}
            for who, language, size in product(sessions, LANGUAGES, SIZES):
                with opened(browsers[language], place, sessions[who], language, size) as page:
                    for one in (each for each in pages if each.who == who):
                        looked_at(page, one)
                        if language == "nl":
                            titles[one.file] = page.inner_text("h1").strip()
                        taken(
                            page,
                            target / f"{one.file}-{language}-{size}.webp",
                            size,
                            None if whole else MOST_HEIGHT[size],
                        )
            for browser in browsers.values():
                browser.close()
    if not only:
        kept = {f"{one.file}-{language}-{size}.webp" for one, language, size in product(pages, LANGUAGES, SIZES)}
        for old in target.glob("*.webp"):
            if old.name not in kept:
                old.unlink()
        (target / "README.md").write_text(written(pages, titles), encoding="utf-8")


def main() -> None:
    asked = argparse.ArgumentParser(description="Opens every page of the web application and writes docs/schermen.")
    asked.add_argument("--demo", type=Path, help="a demonstration that is there already; its drafts and events change")
    asked.add_argument("--out", type=Path, default=GALLERY)
    asked.add_argument("--whole", action="store_true", help="to the end of each page")
    asked.add_argument("--only", default="", help="of the pages with this in their name")
    told = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        demo = told.demo or demonstration(Path(folder) / "demo")
        os.environ |= {"PUNTLANDING_DATA": str((demo / "web").resolve()), "PUNTLANDING_LOCAL": "1"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "puntlanding.web.settings"
        delivery = sorted((demo / "leveringen" / "ziekenhuis-01").iterdir())
        pictures(told.out, delivery, whole=told.whole, only=told.only)


if __name__ == "__main__":
    main()
