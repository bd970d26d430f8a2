"""What Django must know of us."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Name the app and its tables."""

    name = "trayecto.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"
