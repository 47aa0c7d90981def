"""Planned events, of which the database itself refuses to change a row: a change is a new one."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TABLE = "desk_plannedevent"
REFUSED = "this row is kept as it was written"


def install(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        refuse = "EXECUTE FUNCTION desk_refuse()"
        editor.execute(f"CREATE TRIGGER {TABLE}_truncate BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT {refuse}")
        refuse = f"FOR EACH ROW {refuse}"
    else:
        refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    for what in ("update", "delete"):
        editor.execute(f"CREATE TRIGGER {TABLE}_{what} BEFORE {what.upper()} ON {TABLE} {refuse}")


def remove(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    on = editor.connection.vendor == "postgresql"
    for what in ("update", "delete", *(("truncate",) if on else ())):
        editor.execute(f"DROP TRIGGER {TABLE}_{what}" + (f" ON {TABLE}" if on else ""))


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0003_source"),
    ]

    operations = [
        migrations.CreateModel(
            name="PlannedEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("first", models.DateField()),
                ("last", models.DateField()),
                ("group", models.CharField(blank=True, max_length=200)),
                ("capacity", models.PositiveIntegerField()),
                ("reason", models.CharField(max_length=300)),
                ("ended", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="desk.plannedevent",
                    ),
                ),
                (
                    "year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="planned_events", to="desk.year"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaces__isnull", True)),
                        fields=("year", "number"),
                        name="event_number_once",
                    )
                ],
            },
        ),
        migrations.RunPython(install, remove),
    ]
