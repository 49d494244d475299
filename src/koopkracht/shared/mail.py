"""Sending one mail: plain text, one address, and a plain answer whether the mail server took it."""

from __future__ import annotations

import structlog
from django.core.mail import send_mail

log = structlog.get_logger("koopkracht.mail")


def send(*, to: str, subject: str, body: str, about: str) -> bool:
    """Send a mail and tell whether the mail server took it; ``about`` is what the log says instead of the address."""
    try:
        send_mail(" ".join(subject.split()), body, None, [to])
    except OSError as error:  # every failure of the mail library and of the network below it
        log.warning("mail not sent", about=about, reason=type(error).__name__)
        return False
    return True
