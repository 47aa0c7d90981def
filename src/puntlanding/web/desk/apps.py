from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "puntlanding.web.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from puntlanding.web.sign_ins import connect

        connect()
