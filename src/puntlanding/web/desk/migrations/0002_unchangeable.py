"""The database itself refuses to change the log, an approval, or what a version is about."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# Table → the columns that may never change; none named: all of them.
KEPT: dict[str, tuple[str, ...]] = {
    "desk_event": (),
    "desk_approval": (),
    "desk_version": ("id", "year_id", "kind", "number", "snapshot", "content_hash", "by_id", "at", "note"),
}
REFUSED = "this row is kept as it was written"


def install(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in _statements(editor.connection.vendor):
        editor.execute(statement)


def remove(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    on = editor.connection.vendor == "postgresql"
    for table in KEPT:
        for what in ("update", "delete", *(("truncate",) if on else ())):
            editor.execute(f"DROP TRIGGER {table}_{what}" + (f" ON {table}" if on else ""))
    if on:
        editor.execute("DROP FUNCTION desk_refuse()")


def _statements(vendor: str) -> list[str]:
    found = []
    if vendor == "postgresql":
        found.append(
            "CREATE FUNCTION desk_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
    for table, columns in KEPT.items():
        of = f" OF {', '.join(columns)}" if columns else ""
        if vendor == "postgresql":
            refuse = "FOR EACH ROW EXECUTE FUNCTION desk_refuse()"
            found.append(
                f"CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION desk_refuse()"
            )
        else:
            refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
        found.append(f"CREATE TRIGGER {table}_update BEFORE UPDATE{of} ON {table} {refuse}")
        found.append(f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} {refuse}")
    return found


class Migration(migrations.Migration):
    dependencies = [("desk", "0001_start")]
    operations = [migrations.RunPython(install, remove)]
