"""Choosing who is asked, seeing whether that is a fair picture, and confirming it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from koopkracht.audit import api as audit
from koopkracht.questionnaires import queries
from koopkracht.questionnaires.actions.common import SUBJECT, locked
from koopkracht.questionnaires.errors import QuestionnaireNotFound, QuestionnaireNotReady
from koopkracht.questionnaires.models import Questionnaire, Recipient
from koopkracht.questionnaires.types import Invited, RecipientInput, RefusedRecipient, State
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor

MOST = 500


def invite(*, actor: Actor, questionnaire_id: int, recipients: Sequence[RecipientInput]) -> Invited:
    """Add parties to a draft; the same name again changes the party. Wrong rows come back with their reason."""
    actor.require("questionnaire.edit")
    with transaction.atomic():
        row = locked(actor.organisation_id, questionnaire_id, State.DRAFT)
        known = {one.name.casefold(): one for one in _rows(row)}
        addresses = {one.email.casefold(): name for name, one in known.items() if one.email}
        added = changed = 0
        refused = []
        for number, given in enumerate(recipients, start=1):
            key = " ".join(given.name.split())[:200].casefold()
            reason = _problem(given, key, addresses, full=key not in known and len(known) >= MOST)
            if reason:
                refused.append(RefusedRecipient(number, given.name.strip(), given.email.strip(), reason))
                continue
            found = known.get(key)
            added, changed = (added + 1, changed) if found is None else (added, changed + 1)
            known[key] = _store(row, found, given)
            if known[key].email:
                addresses[known[key].email.casefold()] = key
        if added or changed:
            _unconfirm(row)
            audit.record(
                actor=actor,
                action="questionnaire.recipients",
                subject=SUBJECT,
                subject_key=row.pk,
                data={"added": added, "changed": changed, "refused": len(refused)},
            )
    return Invited(added, changed, tuple(refused))


def drop(*, actor: Actor, recipient_id: int) -> None:
    """Take one party out of a draft."""
    actor.require("questionnaire.edit")
    with transaction.atomic():
        found = Recipient.objects.of(actor.organisation_id).filter(pk=recipient_id).first()
        if found is None:
            raise QuestionnaireNotFound(recipient_id)
        row = locked(actor.organisation_id, found.questionnaire_id, State.DRAFT)
        found.delete()
        _unconfirm(row)
        audit.record(
            actor=actor, action="questionnaire.recipients", subject=SUBJECT, subject_key=row.pk, data={"dropped": 1}
        )


def confirm_composition(
    *, actor: Actor, questionnaire_id: int, population: Mapping[str, Mapping[str, int]] | None = None
) -> None:
    """Confirm that who is asked is a fair picture; what was seen then is kept in the log."""
    actor.require("questionnaire.edit")
    with transaction.atomic():
        row = locked(actor.organisation_id, questionnaire_id, State.DRAFT)
        if not _rows(row):
            raise QuestionnaireNotReady(["Kies eerst wie u wilt bevragen."])
        row.composition_confirmed_at = clock.now()
        row.save(update_fields=["composition_confirmed_at"])
        seen = queries.composition(actor.organisation_id, row.pk, population or {})
        audit.record(
            actor=actor,
            action="questionnaire.composition-confirmed",
            subject=SUBJECT,
            subject_key=row.pk,
            data={name: {part.value or "-": part.asked for part in parts} for name, parts in seen.items()},
        )


def _rows(row: Questionnaire) -> list[Recipient]:
    return list(Recipient.objects.of(row.organisation_id).filter(questionnaire_id=row.pk).order_by("id"))


def _problem(given: RecipientInput, key: str, addresses: Mapping[str, str], *, full: bool) -> str:
    if not key:
        return "De naam ontbreekt."
    email = given.email.strip()
    if email:
        try:
            validate_email(email)
        except ValidationError:
            return "Dit is geen juist e-mailadres. Kijk na of er een @ en een domein in staan."
        if addresses.get(email.casefold(), key) != key or len(email) > 254:
            return "Dit e-mailadres staat al bij een andere partij in de lijst."
    if full:
        return f"U kunt hoogstens {MOST} partijen bevragen."
    return ""


def _store(row: Questionnaire, found: Recipient | None, given: RecipientInput) -> Recipient:
    """Make or change a party; what is left open does not wipe out what was known."""
    one = found or Recipient(
        organisation_id=row.organisation_id, questionnaire=row, name=" ".join(given.name.split())[:200]
    )
    one.email = given.email.strip() or one.email
    one.enterprise_number = given.enterprise_number.strip()[:20] or one.enterprise_number
    one.reference = given.reference[:60] or one.reference
    one.attributes = {**one.attributes, **{name: value for name, value in given.attributes.items() if value}}
    one.save()
    return one


def _unconfirm(row: Questionnaire) -> None:
    if row.composition_confirmed_at:
        row.composition_confirmed_at = None
        row.save(update_fields=["composition_confirmed_at"])
