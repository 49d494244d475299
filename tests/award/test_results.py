"""Outcomes of lots: figures count only what counts, and say how the tenders were counted."""

from __future__ import annotations

import datetime as dt

import pytest

from koopkracht.accounts.permissions import Role
from koopkracht.award import api
from koopkracht.award.models import LotResult
from koopkracht.award.types import LotResultInput, WinnerInput
from koopkracht.dossiers import api as dossiers
from koopkracht.dossiers.types import RegisteredNotice
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import NotAllowed
from tests.accounts.factories import bare_actor, organisation
from tests.dossiers.factories import notice

pytestmark = pytest.mark.django_db

WON = LotResultInput(
    result_id="RES-0001",
    lot_reference="LOT-0001",
    status="selec-w",
    tenders_received=1,
    tenders_received_sme=1,
    count_basis="coded",
    decided_on=dt.date(2024, 5, 1),
    winners=(WinnerInput("De Brug", None), WinnerInput("Misschien", None, proven=False)),
)
NOT_WON = LotResultInput(
    result_id="RES-0002",
    lot_reference="LOT-0002",
    status="clos-nw",
    tenders_received=3,
    count_basis="uncoded",
    decided_on=dt.date(2025, 5, 1),
)


@pytest.fixture
def actor() -> Actor:
    return bare_actor(organisation().pk, Role.BUYER)


@pytest.fixture
def registered(actor: Actor) -> RegisteredNotice:
    return dossiers.register_notice(actor=actor, notice=notice(form_type="result"), lots=[])


def record(actor: Actor, registered: RegisteredNotice, *, is_own: bool = True) -> tuple[int, ...]:
    return api.record_results(
        actor=actor,
        procedure_id=registered.procedure_id,
        notice_id=registered.id,
        is_own=is_own,
        counts=True,
        results=[WON, NOT_WON],
    )


def test_figures_of_competition(actor: Actor, registered: RegisteredNotice) -> None:
    record(actor, registered)
    found = api.tender_figures(organisation_id=actor.organisation_id)
    assert (found.results, found.awarded, found.with_count, found.tenders) == (2, 1, 2, 4)
    assert (found.single, found.counted_without_code, found.with_sme_count, found.sme_tenders) == (1, 1, 1, 1)
    year = api.tender_figures(organisation_id=actor.organisation_id, start=dt.date(2025, 1, 1), end=dt.date(2026, 1, 1))
    assert (year.results, year.single) == (1, 0)
    assert api.tender_figures(organisation_id=actor.organisation_id, own=False).results == 0


def test_recording_again_changes_nothing(actor: Actor, registered: RegisteredNotice) -> None:
    assert record(actor, registered) == record(actor, registered)
    assert LotResult.objects.count() == 2


def test_results_set_aside_stay_visible_with_their_notice_only(actor: Actor, registered: RegisteredNotice) -> None:
    record(actor, registered)
    assert api.set_aside(actor=actor, notice_ids=[registered.id]) == 2
    place = actor.organisation_id
    assert api.results(organisation_id=place, procedure_id=registered.procedure_id) == ()
    first, _ = api.results(organisation_id=place, notice_id=registered.id)
    assert [(winner.name, winner.proven) for winner in first.winners] == [("De Brug", True), ("Misschien", False)]
    assert api.tender_figures(organisation_id=place).results == 0


def test_recording_needs_a_permission(actor: Actor, registered: RegisteredNotice) -> None:
    with pytest.raises(NotAllowed):
        record(bare_actor(actor.organisation_id, Role.AUDITOR), registered)
