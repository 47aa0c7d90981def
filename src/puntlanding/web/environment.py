"""What is set from outside: the data folder, the database, the key. Read here and nowhere else."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

DATA, KEY, LOCAL = "PUNTLANDING_DATA", "PUNTLANDING_SECRET_KEY", "PUNTLANDING_LOCAL"
KEY_FILE, KEY_LENGTH = "sleutel", 64
_POSTGRESQL = ("postgres", "postgresql")


class SettingError(Exception):
    """A setting that cannot be used; the text says which, in both languages."""


def data_folder() -> Path:
    """Where everything is kept; a hidden folder of the user's own where nothing is set."""
    set_to = os.environ.get(DATA, "")
    return Path(set_to).absolute() if set_to else Path.home() / ".local" / "share" / "puntlanding"


def is_local() -> bool:
    """Only for this machine and without TLS, as the demonstration is."""
    return os.environ.get(LOCAL) == "1"


def listed(name: str) -> list[str]:
    """A setting with commas: ``begroting.msb.nl, 10.0.0.5``."""
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


def whole(name: str, otherwise: int) -> int:
    text = os.environ.get(name, "").strip()
    if not text:
        return otherwise
    if not text.isdecimal():
        raise SettingError(f"{name}: een heel getal, niet ‘{text}’ / a whole number, not ‘{text}’")
    return int(text)


def chosen(name: str, among: tuple[str, ...], otherwise: str) -> str:
    text = os.environ.get(name, "").strip() or otherwise
    if text not in among:
        allowed = ", ".join(among)
        raise SettingError(f"{name}: een van {allowed}, niet ‘{text}’ / one of {allowed}, not ‘{text}’")
    return text


def secret_key(data: Path) -> str:
    """The key as it is set, or as the file says; one for this process only where neither is there yet."""
    set_to = os.environ.get(KEY, "")
    if set_to:
        return set_to
    try:
        return (data / KEY_FILE).read_text(encoding="ascii")
    except FileNotFoundError:
        return secrets.token_urlsafe(KEY_LENGTH)


def make_key(data: Path) -> None:
    """The key file, readable by its owner only, where there is none: of two that start at once, the first one's key counts."""
    if os.environ.get(KEY) or (data / KEY_FILE).exists():
        return
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    staged = data / f".{KEY_FILE}.{secrets.token_hex(4)}"
    handle = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(KEY_LENGTH))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(staged, data / KEY_FILE)
    except FileExistsError:
        pass
    finally:
        staged.unlink()


def own_log_in(
    address: str, client: str, secret: str, name: str = "het ziekenhuis", *, trusted: bool = False
) -> dict[str, Any]:
    """allauth's settings for the hospital's OpenID Connect; ``trusted``: its addresses are right though it does not say so."""
    if not address:
        return {}
    settings = {"server_url": address, "verified_email": trusted}
    app = {"provider_id": "ziekenhuis", "name": name, "client_id": client, "secret": secret, "settings": settings}
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}


def database(data: Path, url: str | None = None) -> dict[str, Any]:
    """Django's settings for ``url``, by default DATABASE_URL; SQLite in the data folder where nothing is set.

    ``postgresql://user:password@host:port/name?sslmode=require``; what follows the question mark is for libpq.
    Raises SettingError for anything else.
    """
    found = os.environ.get("DATABASE_URL", "") if url is None else url
    if not found:
        return sqlite(data / "puntlanding.sqlite3")
    parts = urlsplit(found)
    if parts.scheme == "sqlite":
        return sqlite(Path(unquote(parts.path)))
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in _POSTGRESQL or not name:
        raise SettingError(
            "DATABASE_URL: postgresql://gebruiker:wachtwoord@machine:5432/naam of sqlite:///pad"
            " / postgresql://user:password@host:5432/name or sqlite:///path"
        )
    try:
        port = parts.port or ""
    except ValueError as error:
        raise SettingError("DATABASE_URL: de poort is geen getal / the port is not a number") from error
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(port),
        "OPTIONS": dict(parse_qsl(parts.query)),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def sqlite(path: Path) -> dict[str, Any]:
    """Writers wait for each other from the first statement on, so that two of them never both read the old state.

    A connection stays open: opening one needs room on the disk, and who only reads must not notice that there is none.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000",
        },
        "CONN_MAX_AGE": None,
    }
