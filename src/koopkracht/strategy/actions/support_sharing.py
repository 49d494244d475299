"""Background work of building support: sending what a flagship dossier taught to colleagues."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from koopkracht.accounts import api as accounts
from koopkracht.jobs.api import job
from koopkracht.jobs.types import JobContext
from koopkracht.shared import mail
from koopkracht.strategy.queries import support_work as queries
from koopkracht.strategy.types.support import LearningKind

SHARE = "strategy.share-learning"
TOLD = frozenset({"buyer", "executive"})
"""Roles of the people who get successes and lessons."""


@job(SHARE)
def share(context: JobContext, learning_id: int) -> dict[str, Any]:
    """Mail one success or lesson to every buyer and executive except the person who shared it.

    A mail that the server did not take is not tried again: the pages show the same text.
    """
    organisation_id = context.actor.organisation_id
    (learned,) = queries.learnings(organisation_id, pk=learning_id)
    told = [
        one
        for one in accounts.colleagues(organisation_id=organisation_id)
        if one.id != context.actor.user_id and any(one.has(role) for role in TOLD)
    ]
    success = learned.kind is LearningKind.SUCCESS
    subject = _("Een succes om te delen") if success else _("Een les om te delen")
    body = f"{learned.flagship}\n\n{learned.text}\n\n" + _("U leest dit ook in Koopkracht: Strategie, Draagvlak.")
    sent = sum(mail.send(to=one.email, subject=subject, body=body, about="support-learning") for one in told)
    return {"sent": sent, "people": len(told)}
