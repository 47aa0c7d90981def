"""Which pages there are, who opens each for its picture, and what must have happened before there is something on it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from django.urls import URLPattern
    from playwright.sync_api import Page

    from puntlanding.web.access import Access

NOW, DONE, NEXT = 2025, 2024, 2026  # monitored, settled, and begun with nothing in it yet
CONTROLLER, FINANCE, ADMINISTRATOR = "collective_controller", "hospital_finance", "administrator"
BOARD, REPRESENTATIVE = "collective_board", "group_representative"
ROLES = (CONTROLLER, FINANCE, ADMINISTRATOR, BOARD, REPRESENTATIVE)
# who opens a page: the first of these who may, unless it is said here
_ORDER = (CONTROLLER, FINANCE, ADMINISTRATOR)
_BY = {"data": FINANCE, "delivery": FINANCE, "approvals": BOARD}
_OF_LAST_YEAR = ("settlement", "every_type", "distribution", "statements", "approvals")
_GROUP, GROUP = 3, "Heelkunde"


@dataclass(frozen=True, slots=True)
class Shown:
    """``who``: a role; "" is nobody yet. ``told``: what is special about it, in Dutch."""

    file: str
    who: str
    address: str
    told: str = ""


# the same pages with something asked of them, for others, and what the walk does not come by
_MORE = (
    Shown("year-group", REPRESENTATIVE, f"/{NOW}/", "Zoals de vertegenwoordiger van één vakgroep het ziet."),
    Shown("year-before", CONTROLLER, f"/{DONE}/", "Het jaar ervoor, dat op één akkoord wacht."),
    Shown("year-empty", CONTROLLER, f"/{NEXT}/", "Een jaar waarin nog niets staat."),
    Shown("monitoring-group", CONTROLLER, f"/{NOW}/volgen?vakgroep=3", "Eén vakgroep, tot op het product."),
    Shown("monitoring-asked", CONTROLLER, f"/{NOW}/volgen?uitleg=prognose", "De uitleg achter een getal."),
    Shown("settlement-asked", CONTROLLER, f"/{DONE}/afrekening?uitleg=3.norm_fte", "De uitleg achter een getal."),
    Shown("settlement-group", REPRESENTATIVE, f"/{DONE}/afrekening", "Zoals de vertegenwoordiger van één vakgroep het ziet."),
    Shown("settlement-hospital", FINANCE, f"/{DONE}/afrekening", "Zoals het ziekenhuis het ziet."),
    Shown("benchmark-group", CONTROLLER, f"/{NOW}/benchmark?vakgroep=3", "De plaats van één vakgroep."),
    Shown("efficiency-group", CONTROLLER, f"/{NOW}/efficiency?vakgroep=3", "Eén vakgroep."),
    Shown("agreement-compare-types", CONTROLLER, f"/{NOW}/afspraak/vergelijken?naast=soorten", "Naast elke soort afspraak."),
    Shown("budget-empty", CONTROLLER, f"/{NEXT}/begroting", "Zolang er nog niets is."),
    Shown("data-empty", FINANCE, f"/{NEXT}/gegevens", "Zolang er nog niets is."),
    Shown("not-allowed", ADMINISTRATOR, f"/{NOW}/", "Wie iets niet mag zien, leest waarom."),
    Shown("not-found", CONTROLLER, "/1999/", "Wat er niet is."),
    Shown("account-log-in", "", "/account/login/"),
    Shown("account-sessions", CONTROLLER, "/account/sessies/"),
    Shown("account-password", CONTROLLER, "/account/password/change/"),
    Shown("account-second-factor", CONTROLLER, "/account/2fa/"),
    Shown("account-log-out", CONTROLLER, "/account/logout/"),
)  # fmt: skip


def ready() -> None:
    import django

    django.setup()


def session_of(role: str) -> Mapping[str, str]:
    """The cookie of somebody of that role who is logged in."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(_access(role).user)
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


def _access(role: str) -> Access:
    from puntlanding.web.access import Access
    from puntlanding.web.desk.models import Membership

    found = Membership.objects.select_related("user", "collective").filter(role=role)
    return Access.of(found.order_by("pk")[0])


def prepare() -> bool:
    """Two events, and a year in which nothing stands yet; whether that was still to be done."""
    from puntlanding.forecast.working_days import Event
    from puntlanding.web.actions.planned_events import add_event
    from puntlanding.web.actions.years import open_year
    from puntlanding.web.desk.queries import year_of, years

    controller = _access(CONTROLLER)
    if years(controller).filter(year=NEXT).exists():
        return False
    open_year(controller, NEXT)
    year = year_of(controller, NOW)
    for first, last, group, percent, why in (
        (date(NOW, 11, 3), date(NOW, 11, 21), GROUP, 60.0, "OK-verbouwing"),
        (date(NOW, 12, 24), date(NOW, 12, 31), None, 50.0, "Kerstreductie"),
    ):
        add_event(controller, year, Event(first, last, group, percent, why))
    return True


def act(as_role: Callable[[str], AbstractContextManager[Page]], delivery: Sequence[Path]) -> None:
    """What somebody does in the browser: a changed volume, a changed agreement, a simulation, reports, and a delivery."""
    with as_role(CONTROLLER) as page:
        page.goto(f"/{NOW}/begroting/{_GROUP}/wijzigen")
        page.fill("td.field input >> nth=0", "120")
        page.click("button[value=verschillen]")
        page.goto(f"/{NOW}/afspraak/wijzigen")
        page.fill("input.getal >> nth=0", "7")
        page.click("button[value=bewaren]")
        page.goto(f"/{NOW}/simulatie")
        page.check("[name=beside] >> nth=-2")
        page.click("main button.main")
        page.goto(f"/{DONE}/akkoord")
        page.click("main a:has-text('Lees afrekening')")
        page.click(".reporting button")
    with as_role(FINANCE) as page:
        page.goto(f"/{NOW}/gegevens")
        page.set_input_files("#bestanden", [str(one) for one in delivery])
        page.fill("#stand", f"{NEXT}-06-30")
        page.click("form.delivering button")
        page.wait_for_url("**/levering/**")


def worked() -> None:
    command = [sys.executable, "-m", "puntlanding.web.manage", "worker", "--once"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  our own program


def shown() -> list[Shown]:
    """Every page there is to read, in the order of the addresses; files to take away and forms that only send are none."""
    walked = [one for pattern in _guarded() if (one := _page(pattern)) is not None]
    return [*walked, *_MORE]


def _guarded() -> Iterator[URLPattern]:
    from django.urls import URLResolver, get_resolver

    waiting = list(get_resolver().url_patterns)
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, URLResolver):
            waiting[:0] = one.url_patterns
        elif hasattr(one.callback, "guarded"):
            yield one


def _page(pattern: URLPattern) -> Shown | None:
    from django.test import Client
    from django.urls import reverse

    name, asked = str(pattern.name), vars(pattern.callback)["guarded"].permission
    who = _BY.get(name) or next(role for role in _ORDER if _access(role).may(asked))
    values = _samples()
    if name in _OF_LAST_YEAR:
        values["year"] = DONE
    address = reverse(name, kwargs={one: values[one] for one in pattern.pattern.converters})
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(_access(who).user)
    answer = client.get(address)
    is_page = answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")
    if not is_page or b"<h1" not in answer.getvalue():
        return None
    return Shown(name.replace("_", "-"), who, address)


def _samples() -> dict[str, Any]:
    from puntlanding.web.deliveries.models import Delivery
    from puntlanding.web.desk.models import Membership, PlannedEvent, Version
    from puntlanding.web.work.models import Job

    return {
        "year": NOW,
        "at": _GROUP,
        "version": Version.objects.get(kind="settlement", year__year=DONE).pk,
        "event": PlannedEvent.objects.order_by("number")[0].number,
        "delivery": Delivery.objects.order_by("-at")[0].pk,
        "job": Job.objects.filter(work="simulation").order_by("-at")[0].pk,
        "person": Membership.objects.get(role="specialist").pk,
        "name": "-",
        "file": "-",
        "statement_of": "-",
    }
