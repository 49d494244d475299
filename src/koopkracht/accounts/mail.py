"""The one mail that accounts writes itself; the login library writes the others."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext

from koopkracht.accounts.models import Invitation
from koopkracht.shared import mail


def send_invitation(invitation: Invitation, link: str) -> bool:
    """Send the mail with the link, and tell whether the mail server took it."""
    place = invitation.organisation.name
    subject = gettext("Uitnodiging voor Koopkracht van %(place)s") % {"place": place}
    body = gettext(
        "Dag\n\n"
        "%(place)s nodigt u uit om met Koopkracht te werken: sociaal aankopen voor lokale besturen.\n\n"
        "Open deze link om de uitnodiging te aanvaarden:\n%(link)s\n\n"
        "De link werkt één keer, tot en met %(until)s. Verwacht u deze mail niet? Dan hoeft u niets te doen.\n"
    ) % {"place": place, "link": link, "until": date_format(invitation.expires_at, "j F Y")}
    return mail.send(to=invitation.email, subject=subject, body=body, about=f"invitation {invitation.pk}")
