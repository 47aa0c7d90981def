"""What several integration tests start from."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date

import pytest
from command import run

EXTRACTED = date(2025, 9, 30)  # some trajectories are open by then, some products not yet known


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    target = tmp_path_factory.mktemp("demo") / "case"
    assert run("demo", "collective", target).status == 0
    return target


@pytest.fixture(scope="session")
def hospital():
    """A small made-up hospital, with everything that is true of it: some 750 trajectories of 240 people."""
    from puntlanding.demo.hospitals import generate

    return next(iter(generate(1, range(2024, 2026), 0.001, 20)))


@pytest.fixture(scope="session")
def exported(hospital, tmp_path_factory):
    """Format → the folder in which that hospital's export of `EXTRACTED` stands."""
    from puntlanding.demo.exports import EXPORTS

    root = tmp_path_factory.mktemp("exports")
    for name, write in EXPORTS.items():
        write(hospital, root / name, as_of=EXTRACTED)
    return {name: root / name for name in EXPORTS}


@pytest.fixture(scope="session")
def web(tmp_path_factory):
    """Per kind of database: the server, and databases to copy, empty (with tables) and with the demonstration."""
    import web_site

    web_site.start_django()
    data = tmp_path_factory.mktemp("web")
    with ExitStack() as running:
        found = {}

        def prepared(kind):
            if kind not in found:
                postgresql = kind == "postgresql"
                server = (
                    running.enter_context(web_site.postgresql_server()) if postgresql else web_site.sqlite_server(data)
                )
                if server is None:
                    pytest.skip("no PostgreSQL server is installed")
                empty = web_site.migrated(server, data)
                found[kind] = (server, empty, web_site.with_demo(server, data, empty))
            return found[kind]

        yield data, prepared
    web_site.forget()


@pytest.fixture
def desk(web):
    """The application with the demonstration collective, on SQLite."""
    yield from _desk(web, "sqlite")


@pytest.fixture(params=["sqlite", "postgresql"])
def any_desk(web, request):
    """The application with the demonstration collective, on either database."""
    yield from _desk(web, request.param)


def _desk(web, kind):
    import web_site

    data, prepared = web
    server, _, demo = prepared(kind)
    with web_site.on(server.database(demo), data):
        yield data
