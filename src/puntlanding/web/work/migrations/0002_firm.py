"""Whether it is too late to cancel a job."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar[list[Any]] = [("work", "0001_start")]
    operations: ClassVar[list[Any]] = [
        migrations.AddField("job", "firm", models.BooleanField(default=False, db_default=False)),
    ]
