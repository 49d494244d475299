"""The two mails of a question list, in plain words; nobody is named in them."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from koopkracht.accounts import api as accounts
from koopkracht.questionnaires.models import Questionnaire, Recipient
from koopkracht.questionnaires.types import DeliveryKind
from koopkracht.shared import mail


def send(kind: DeliveryKind, row: Questionnaire, recipient: Recipient, link: str) -> bool:
    """Send the mail to one party and tell whether the mail server took it."""
    place = accounts.organisation(organisation_id=row.organisation_id).name
    subject, body = _invitation(row, place, link) if kind is DeliveryKind.INVITATION else _summary(row, place, link)
    return mail.send(to=recipient.email, subject=subject, body=body, about=f"questionnaire {row.pk} {kind.value}")


def _invitation(row: Questionnaire, place: str, link: str) -> tuple[str, str]:
    until = (
        _("U kunt antwoorden tot en met %(day)s.") % {"day": date_format(row.closes_on, "j F Y")}
        if row.closes_on
        else ""
    )
    body = _(
        "Dag\n\n"
        "%(place)s vraagt uw ervaring: %(title)s.\n\n"
        "%(introduction)s\n\n"
        "Antwoorden kan zonder account, met deze link. Geef ze niet door: ze is alleen voor u.\n%(link)s\n\n"
        "%(until)s U kunt uw antwoorden nog wijzigen zolang de vragenlijst open is. "
        "Deelnemen is vrij en heeft geen gevolg voor een latere opdracht.\n"
        "Na afloop krijgt elke deelnemer dezelfde samenvatting, zonder namen.\n"
    ) % {
        "place": place,
        "title": row.title,
        "introduction": row.introduction,
        "link": link,
        "until": until,
    }
    return _("%(place)s vraagt uw ervaring: %(title)s") % {"place": place, "title": row.title}, body


def _summary(row: Questionnaire, place: str, link: str) -> tuple[str, str]:
    body = _(
        "Dag\n\n"
        "%(place)s sloot deze bevraging af: %(title)s. Iedereen krijgt dezelfde samenvatting.\n\n"
        "%(summary)s\n\n"
        "De cijfers vindt u hier:\n%(link)s\n\n"
        "Bedankt voor uw tijd.\n"
    ) % {"place": place, "title": row.title, "summary": row.summary, "link": link}
    return _("Samenvatting: %(title)s") % {"title": row.title}, body
