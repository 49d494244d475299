"""The register of procedures: what a publication states prevails by its date, never by the order of import."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from koopkracht.accounts.permissions import Role
from koopkracht.dossiers import api
from koopkracht.dossiers.errors import NoticeConflict, NoticeNotFound, ProcedureNotFound
from koopkracht.dossiers.models import Lot, Notice, Procedure
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import NotAllowed
from koopkracht.shared.listing import ListQuery
from tests.accounts.factories import bare_actor, organisation
from tests.dossiers.factories import lot, notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor() -> Actor:
    return bare_actor(organisation().pk, Role.BUYER)


AWARD = {
    "notice_id": "n-2",
    "document_hash": "b" * 64,
    "form_type": "result",
    "issue_date": dt.date(2024, 9, 1),
    "title": "Poetsen van scholen",
    "procedure_type": "",
}


@pytest.mark.parametrize("award_first", [False, True])
def test_the_latest_publication_prevails_in_any_order(actor: Actor, award_first: bool) -> None:
    competition = notice(procedure_type="open", estimated_value=Decimal(100), estimated_currency="EUR")
    award = notice(**AWARD)
    strategic = lot(is_social=True, strategic={"social": ["opp"]}, main_cpv="90911000")
    steps = [(competition, [strategic]), (award, [lot(title="Nieuwe titel")])]
    for step, lots in reversed(steps) if award_first else steps:
        api.register_notice(actor=actor, notice=step, lots=lots)
    procedure = Procedure.objects.get()
    assert (procedure.title, procedure.procedure_type, procedure.stage) == ("Poetsen van scholen", "open", "result")
    assert (procedure.estimated_value, procedure.currency) == (Decimal(100), "EUR")
    kept = Lot.objects.get()
    assert (kept.title, kept.main_cpv, kept.is_social) == ("Nieuwe titel", "90911000", True)
    assert procedure.lot_count == 1


def test_lots_parts_and_groups_with_the_same_number_are_three_things(actor: Actor) -> None:
    kinds = [lot("1"), lot("1", kind="Part"), lot("1", kind="LotsGroup")]
    api.register_notice(actor=actor, notice=notice(), lots=kinds)
    assert Lot.objects.count() == 3
    assert api.strategic_figures(organisation_id=actor.organisation_id).lots == 1


def test_the_same_notice_twice_changes_nothing(actor: Actor) -> None:
    first = api.register_notice(actor=actor, notice=notice(), lots=[lot()])
    again = api.register_notice(actor=actor, notice=notice(), lots=[lot()])
    assert (again.id, again.created_lots, again.created_procedure) == (first.id, (), False)


def test_other_content_under_the_same_version_is_refused(actor: Actor) -> None:
    api.register_notice(actor=actor, notice=notice(), lots=[])
    with pytest.raises(NoticeConflict):
        api.register_notice(actor=actor, notice=notice(document_hash="c" * 64), lots=[])
    assert Notice.objects.count() == 1


@pytest.mark.parametrize("order", [("01", "02", "03"), ("03", "01", "02"), ("02", "03", "01")])
def test_only_the_latest_version_is_current(actor: Actor, order: tuple[str, ...]) -> None:
    for version in order:
        api.register_notice(actor=actor, notice=notice(version=version, document_hash=version * 32), lots=[])
    assert [row.version for row in Notice.objects.filter(is_current=True)] == ["03"]


def test_a_modification_adds_and_does_not_replace(actor: Actor) -> None:
    api.register_notice(actor=actor, notice=notice(publication_id="00000123-2024"), lots=[])
    later = notice(notice_id="n-2", document_hash="b" * 64, form_type="cont-modif")
    assert api.register_notice(actor=actor, notice=later, lots=[]).replaced == ()
    assert Notice.objects.filter(is_current=True).count() == 2


def test_another_organisation_has_its_own_register(actor: Actor) -> None:
    other = bare_actor(organisation().pk, Role.BUYER)
    made = api.register_notice(actor=actor, notice=notice(), lots=[lot()])
    assert api.notices(organisation_id=other.organisation_id, query=ListQuery()).rows == []
    with pytest.raises(NoticeNotFound):
        api.notice(organisation_id=other.organisation_id, notice_pk=made.id)
    with pytest.raises(ProcedureNotFound):
        api.procedure(organisation_id=other.organisation_id, procedure_id=made.procedure_id)
    assert api.register_notice(actor=other, notice=notice(), lots=[lot()]).created_procedure


def test_registering_needs_a_permission(actor: Actor) -> None:
    with pytest.raises(NotAllowed):
        api.register_notice(actor=bare_actor(actor.organisation_id, Role.AUDITOR), notice=notice(), lots=[])


def test_pages_of_a_list_meet_every_row_once(actor: Actor) -> None:
    for number in range(7):
        one = notice(
            procedure_key=f"p-{number}",
            notice_id=f"n-{number}",
            document_hash=str(number) * 64,
            publication_date=dt.date(2024, 1, number % 3 + 1) if number else None,
        )
        api.register_notice(actor=actor, notice=one, lots=[])
    seen: list[int] = []
    query = ListQuery(sort="publication_date", descending=True, limit=3)
    while True:
        part = api.notices(organisation_id=actor.organisation_id, query=query)
        seen += [row.id for row in part.rows]
        if not part.next:
            break
        query = ListQuery(sort="publication_date", descending=True, limit=3, cursor=part.next)
    assert sorted(seen) == sorted(Notice.objects.values_list("pk", flat=True))


def test_strategic_figures_keep_our_own_lots_apart(actor: Actor) -> None:
    api.register_notice(
        actor=actor,
        notice=notice(),
        lots=[lot("1", is_social=True, strategic={"social": ["opp"]}), lot("2", is_reserved=True), lot("3")],
    )
    market = notice(procedure_key="p-2", notice_id="n-2", document_hash="b" * 64, is_own=False)
    api.register_notice(actor=actor, notice=market, lots=[lot("1", is_green=True)])
    own = api.strategic_figures(organisation_id=actor.organisation_id)
    assert (own.lots, own.social, own.green, own.reserved, own.strategic_stated) == (3, 1, 0, 1, 1)
    assert api.strategic_figures(organisation_id=actor.organisation_id, own=False).green == 1
