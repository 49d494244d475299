"""Django registration of this context."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Groups and meetings: who, agenda, script, minutes and decisions."""

    name = "koopkracht.meetings"
    label = "meetings"
