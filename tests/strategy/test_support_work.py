"""Building support: link sheets, contributions, flagship dossiers, reports."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail

from koopkracht.accounts.permissions import Role
from koopkracht.jobs import api as jobs
from koopkracht.obligations import api as obligations
from koopkracht.shared import clock
from koopkracht.shared.errors import NotAllowed
from koopkracht.shared.listing import ListQuery
from koopkracht.strategy import api as strategy
from koopkracht.strategy.api import support
from koopkracht.strategy.errors.support import SupportConflict, SupportNotFound, SupportRefused
from koopkracht.strategy.support_workflow import CONTRIBUTION, contribution_may
from koopkracht.strategy.types.plan import PlannedPurchaseEntry
from koopkracht.strategy.types.support import (
    ContributionStatus,
    FlagshipInput,
    LearningKind,
    LinkSheetInput,
    ReportFigure,
    ReportInput,
)
from tests.accounts.factories import actor as make_actor
from tests.accounts.factories import member, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return organisation()


@pytest.fixture
def buyer(place):
    return make_actor(place, Role.BUYER)


@pytest.fixture
def stranger():
    return make_actor(organisation(), Role.BUYER)


def planned(actor, *titles: str) -> list[int]:
    strategy.put_planned_purchases(actor=actor, entries=[PlannedPurchaseEntry(title=title) for title in titles])
    rows = strategy.list_planned_purchases(actor=actor, query=ListQuery(sort="title")).rows
    return [row.id for row in rows]


def test_an_example_becomes_a_link_sheet_of_the_organisation(buyer, place) -> None:
    (purchase,) = planned(buyer, "Renovatie van de bibliotheek")
    example = support.link_examples()["bibliotheek"]
    key = support.put_link_sheet(actor=buyer, sheet=LinkSheetInput(**{
        **{name: getattr(example, name) for name in ("title", "purchase", "priority", "contribution", "question")},
        "planned_purchase_id": purchase,
    }))  # fmt: skip
    sheet = support.link_sheet(organisation_id=place.pk, sheet_id=key)
    assert (sheet.purchase, sheet.planned_purchase_id, sheet.author_id) == (
        "Renovatie van de bibliotheek",
        purchase,
        buyer.user_id,
    )
    with pytest.raises(SupportRefused, match="titel"):
        support.put_link_sheet(actor=buyer, sheet=example)
    support.remove_link_sheet(actor=buyer, sheet_id=key)
    with pytest.raises(SupportNotFound):
        support.remove_link_sheet(actor=buyer, sheet_id=key)


def test_a_link_sheet_points_at_a_purchase_of_the_own_plan(buyer, stranger) -> None:
    (foreign,) = planned(stranger, "Van een ander")
    sheet = LinkSheetInput("t", "p", "p", "c", "q", planned_purchase_id=foreign)
    with pytest.raises(SupportRefused) as caught:
        support.put_link_sheet(actor=buyer, sheet=sheet)
    assert caught.value.details["field"] == "planned_purchase_id"


def test_ideas_stand_per_segment_and_the_same_idea_is_once(buyer, place) -> None:
    key = support.contribute(actor=buyer, segment="SCH", text="Ramen apart aanbieden")
    assert support.contribute(actor=buyer, segment="SCH", text="Ramen apart aanbieden") == key
    support.contribute(actor=buyer, segment="", text="Altijd vragen naar stageplaatsen")
    with pytest.raises(SupportRefused):
        support.contribute(actor=buyer, segment="XXX", text="Iets")
    found = support.list_contributions(actor=buyer, query=ListQuery(filters={"segment": "SCH"})).rows
    assert [(one.id, one.author_id, one.status) for one in found] == [(key, buyer.user_id, ContributionStatus.RECEIVED)]


@pytest.mark.parametrize("now", list(ContributionStatus))
@pytest.mark.parametrize("wanted", list(ContributionStatus))
def test_the_steps_of_a_contribution(now, wanted) -> None:
    assert contribution_may(now, wanted) is (wanted in CONTRIBUTION[now])


def test_every_idea_gets_an_answer_with_a_reason(buyer, place) -> None:
    key = support.contribute(actor=buyer, segment="", text="Idee")
    with pytest.raises(SupportRefused, match="waarom"):
        support.answer_contribution(actor=buyer, contribution_id=key, status=ContributionStatus.DECLINED)
    with pytest.raises(SupportConflict):
        support.answer_contribution(
            actor=buyer, contribution_id=key, status=ContributionStatus.APPLIED, response="Bestek poetsen"
        )
    support.answer_contribution(actor=buyer, contribution_id=key, status=ContributionStatus.ACCEPTED)
    support.answer_contribution(
        actor=buyer, contribution_id=key, status=ContributionStatus.APPLIED, response="Bestek poetsen"
    )
    found = support.contribution(organisation_id=place.pk, contribution_id=key)
    assert (found.status, found.response, found.answered_by_id) == (
        ContributionStatus.APPLIED,
        "Bestek poetsen",
        buyer.user_id,
    )


def flag(key: int) -> FlagshipInput:
    return FlagshipInput(support.PURCHASE, key, f"Aankoop {key}", "Toont hoe het kan")


def test_only_a_few_flagship_dossiers_run_at_the_same_time(buyer, place) -> None:
    keys = planned(buyer, *[f"Aankoop {number}" for number in range(support.flagship_limit() + 1)])
    marked = [support.mark_flagship(actor=buyer, flagship=flag(key)) for key in keys[:-1]]
    assert support.mark_flagship(actor=buyer, flagship=flag(keys[0])) == marked[0]
    with pytest.raises(SupportRefused, match="lopen al 3"):
        support.mark_flagship(actor=buyer, flagship=flag(keys[-1]))
    support.close_flagship(actor=buyer, flagship_id=marked[0])
    support.mark_flagship(actor=buyer, flagship=flag(keys[-1]))
    running = [one for one in support.flagships(organisation_id=place.pk) if one.closed_on is None]
    assert len(running) == support.flagship_limit()


@pytest.mark.parametrize(
    "wrong", [FlagshipInput("planned-purchase", 10**9, "x", "y"), FlagshipInput("iets", 1, "x", "y")]
)
def test_a_flagship_is_a_real_purchase(buyer, wrong) -> None:
    with pytest.raises(SupportRefused):
        support.mark_flagship(actor=buyer, flagship=wrong)


@pytest.mark.django_db(transaction=True)
def test_a_lesson_goes_once_to_buyers_and_executives(buyer, place) -> None:
    told = member(place, Role.EXECUTIVE)
    member(place, Role.LAWYER)
    (purchase,) = planned(buyer, "Poetsen")
    dossier = support.mark_flagship(actor=buyer, flagship=flag(purchase))
    key = support.add_learning(actor=buyer, flagship_id=dossier, kind=LearningKind.LESSON, text="Vraag op tijd.")
    assert (
        support.add_learning(actor=buyer, flagship_id=dossier, kind=LearningKind.LESSON, text="Vraag op tijd.") == key
    )
    assert support.shared_learnings(organisation_id=place.pk) == ()
    support.share_learning(actor=buyer, learning_id=key)
    support.share_learning(actor=buyer, learning_id=key)
    jobs.run_until_idle()
    assert [one.to for one in mail.outbox] == [[told.email]]
    assert "Vraag op tijd." in mail.outbox[0].body
    (shared,) = support.shared_learnings(organisation_id=place.pk)
    assert (shared.id, shared.flagship) == (key, f"Aankoop {purchase}")


def report(**fields) -> ReportInput:
    today = clock.today()
    given = {
        "start": today - dt.timedelta(days=180),
        "end": today,
        "title": "Verslag",
        "summary": "Goed",
        "next_step": "Door",
    }
    return ReportInput(**{**given, **fields})


def test_a_report_keeps_its_figures_and_sets_the_next_day(buyer, place) -> None:
    workspace_id = support.open_workspace(actor=buyer)
    figure = ReportFigure("Aandeel", "3,2 %", "Deel bij sociale ondernemingen")
    key = support.keep_report(actor=buyer, report=report(figures=(figure,), successes=("Eerste perceel", " ")))
    kept = support.report(organisation_id=place.pk, report_id=key)
    assert kept.figures == (figure,)
    assert kept.successes == ("Eerste perceel",)
    due = support.report_due(
        workspace=support.workspace(organisation_id=place.pk), reports=support.reports(organisation_id=place.pk)
    )
    assert due == obligations.due_after(kept.end, months=6)
    tasks = obligations.of_subjects(organisation_id=place.pk, subject=support.REPORT, subject_keys=[workspace_id])
    assert [one.due for one in tasks[workspace_id] if one.state.value == "open"] == [due]


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"end": dt.date(2020, 1, 1)}, "end"),
        ({"end": dt.date(2999, 1, 1)}, "end"),
        ({"summary": ""}, "summary"),
        ({"next_step": " "}, "next_step"),
    ],
)
def test_a_report_that_makes_no_sense_is_refused(buyer, fields, where) -> None:
    with pytest.raises(SupportRefused) as caught:
        support.keep_report(actor=buyer, report=report(**fields))
    assert caught.value.details["field"] == where


def test_one_period_has_one_report(buyer) -> None:
    support.keep_report(actor=buyer, report=report())
    with pytest.raises(SupportRefused, match="al een verslag"):
        support.keep_report(actor=buyer, report=report())


def test_readers_and_strangers_change_nothing(buyer, place, stranger) -> None:
    reader = make_actor(place, Role.FINANCE)
    idea = support.contribute(actor=buyer, segment="", text="Idee")
    for change in (
        lambda: support.contribute(actor=reader, segment="", text="Idee"),
        lambda: support.keep_report(actor=reader, report=report()),
        lambda: support.put_link_sheet(actor=reader, sheet=support.link_examples()["park"]),
    ):
        with pytest.raises(NotAllowed):
            change()
    with pytest.raises(SupportNotFound):
        support.answer_contribution(actor=stranger, contribution_id=idea, status=ContributionStatus.ACCEPTED)
    with pytest.raises(SupportNotFound):
        support.contribution(organisation_id=stranger.organisation_id, contribution_id=idea)
