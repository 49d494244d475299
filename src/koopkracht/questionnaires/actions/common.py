"""What the use cases share: reading a list for a change, and writing down that its last day has passed."""

from __future__ import annotations

from koopkracht.accounts import api as accounts
from koopkracht.audit import api as audit
from koopkracht.questionnaires import queries, workflow
from koopkracht.questionnaires.errors import QuestionnaireNotFound
from koopkracht.questionnaires.models import Questionnaire
from koopkracht.questionnaires.types import State
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor

SUBJECT = "questionnaire"


def locked(organisation_id: int, questionnaire_id: int, *allowed: State) -> Questionnaire:
    """Return the row, held until the end of the transaction, in one of the ``allowed`` states.

    Raises ``QuestionnaireNotFound`` and ``WrongState``.
    """
    rows = Questionnaire.objects.of(organisation_id).select_for_update()
    row: Questionnaire | None = rows.filter(pk=questionnaire_id).first()
    if row is None:
        raise QuestionnaireNotFound(questionnaire_id)
    close_when_due(row)
    if allowed:
        workflow.require(State(row.state), *allowed)
    return row


def close_when_due(row: Questionnaire) -> bool:
    """Write down that the closing day has passed; tell whether it had."""
    if State(row.state) is not State.OPEN or queries.state_of(row) is State.OPEN:
        return False
    row.state, row.closed_at = workflow.step(State.OPEN, "close").value, clock.now()
    row.save(update_fields=["state", "closed_at"])
    system = accounts.system_actor(
        organisation_id=row.organisation_id, permissions=frozenset(), label="einddatum van een vragenlijst"
    )
    audit.record(
        actor=system,
        action="questionnaire.closed",
        subject=SUBJECT,
        subject_key=row.pk,
        data={"closes_on": row.closes_on},
    )
    return True


def move(actor: Actor, row: Questionnaire, trigger: str, action: str, **data: object) -> None:
    """Take one step of the workflow and record it; the fields that the caller set are stored with it."""
    actor.require("questionnaire.edit")
    row.state = workflow.step(State(row.state), trigger).value
    row.save()
    audit.record(actor=actor, action=action, subject=SUBJECT, subject_key=row.pk, data=dict(data))
