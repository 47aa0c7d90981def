"""Into which store a collective's records go, under which name, and with whose key."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from puntlanding.problems import InputError, Problem
from puntlanding.records.codes import CodeTables
from puntlanding.records.pseudonyms import Key, load_key
from puntlanding.records.store import Store
from puntlanding.web.desk.models import Collective, Source

STORES, KEYS, CODES = "opslag", "sleutels", "nza"
_OTHER = re.compile(r"[^a-z0-9]+")
_NAMELESS = "ziekenhuis"


@dataclass(frozen=True, slots=True)
class Home:
    """``key`` is the file of the hospital's key, which may not be there yet."""

    store: Path
    hospital: str
    key: Path

    @property
    def known(self) -> bool:
        """Whether the store has records of the hospital."""
        return self.hospital in Store(self.store).hospitals()

    def secret(self) -> tuple[Key, bool]:
        """The key, and whether it is new and must be saved. Raises InputError where records are there and their key is not."""
        if self.key.exists():
            return load_key(self.key), False
        if Store(self.store).index(self.hospital).key is not None:
            raise InputError([Problem("delivery_no_key", self.hospital)])
        return Key.fresh(), True


def home_of(collective: Collective) -> Home:
    """Where its years have their records; a store of its own in the data folder where nobody has said anything."""
    data = Path(settings.DATA)
    key = data / KEYS / f"{collective.pk}.sleutel"
    source = Source.objects.filter(year__collective=collective).order_by("-year__year").first()
    if source is not None:
        return Home(Path(source.store), source.hospital, key)
    return Home((data / STORES / str(collective.pk)).resolve(), _plain(collective.hospital), key)


def codes() -> CodeTables | None:
    """The NZa's tables, where the administrator put them in the data folder."""
    place = Path(settings.DATA) / CODES
    if not place.is_dir():
        return None
    from puntlanding.intake.nza import read_codes

    return read_codes(place)


def _plain(name: str) -> str:
    """As a store names hospitals: small letters, digits and dashes."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return _OTHER.sub("-", bare).strip("-")[:40].strip("-") or _NAMELESS
