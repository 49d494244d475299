"""Releases are numbered and never change; kept answers can be replayed and compared."""

from __future__ import annotations

import datetime as dt
import json
from uuid import uuid4

import pytest

from koopkracht.config.cli import main
from koopkracht.rules import api as rules
from koopkracht.rules.errors import UnknownEvaluation, UnknownQuestion, UnknownRelease
from koopkracht.rules.models import KeptEvaluation, Release, Unchangeable
from koopkracht.rules.tables import loading
from koopkracht.rules.tables.loading import canonical, content_hash, read_document
from koopkracht.shared.errors import NotAllowed
from tests.accounts.factories import actor, bare_actor

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 11, 21)
FACTS = {"contract_type": "works", "estimated_value": "139999.99", "buyer_kind": "local"}


def another_release(amount: int) -> Release:
    """Write a release in which the amount of the negotiated procedure differs, as next year's law would."""
    document = read_document()
    for theme in document["themes"]:
        for parameter in theme["parameters"]:
            if parameter["code"] == "opzvb_amount_max":
                parameter["values"][-1]["value"] = amount
    newest = rules.current_release()
    return Release.objects.create(
        number=newest.number + 1,
        content_hash=content_hash(document),
        catalogue_hash=newest.catalogue_hash,
        content=canonical(document),
        parameters=newest.parameters,
        created_at=newest.created_at,
    )


def test_the_first_question_records_release_one() -> None:
    answer = rules.evaluate(question="BE-PROC-02", facts=FACTS, on=DAY)

    assert answer.release == 1
    assert [found.number for found in rules.releases()] == [1]


def test_the_same_content_is_never_loaded_twice() -> None:
    assert rules.load_release().number == rules.load_release(note="nog eens").number == 1


def test_a_release_is_never_changed_or_removed() -> None:
    rules.current_release()
    release = Release.objects.get(number=1)

    with pytest.raises(Unchangeable):
        release.save()
    with pytest.raises(Unchangeable):
        Release.objects.update(note="anders")
    with pytest.raises(Unchangeable):
        Release.objects.all().delete()


def test_an_old_release_can_still_be_asked() -> None:
    rules.current_release()
    another_release(139000)

    assert rules.evaluate(question="BE-PROC-02", facts=FACTS, on=DAY).outcome == "not_met"
    assert rules.evaluate(question="BE-PROC-02", facts=FACTS, on=DAY, release=1).outcome == "met"
    with pytest.raises(UnknownRelease):
        rules.evaluate(question="BE-PROC-02", facts=FACTS, on=DAY, release=99)


def test_a_kept_answer_stays_and_can_be_replayed() -> None:
    who = actor()
    kept = rules.keep(actor=who, question=rules.PURCHASE, facts=FACTS, on=DAY, title="Dakwerken")
    another_release(139000)

    same = rules.replay(organisation_id=who.organisation_id, evaluation_id=kept.id)
    newer = rules.replay(organisation_id=who.organisation_id, evaluation_id=kept.id, release=2)

    assert same.differences == ()
    assert not same.rules_changed
    assert [found.rule for found in newer.differences] == ["BE-PROC-02"]
    assert rules.kept(organisation_id=who.organisation_id, evaluation_id=kept.id).release == 1


def test_a_kept_answer_belongs_to_one_organisation() -> None:
    mine, stranger = actor(), actor()
    kept = rules.keep(actor=mine, question="lots", facts=FACTS, on=DAY)

    with pytest.raises(UnknownEvaluation):
        rules.kept(organisation_id=stranger.organisation_id, evaluation_id=kept.id)
    assert rules.kept_list(organisation_id=stranger.organisation_id) == ()
    with pytest.raises(UnknownEvaluation):
        rules.kept(organisation_id=mine.organisation_id, evaluation_id=uuid4())


def test_keeping_needs_the_permission() -> None:
    from koopkracht.accounts.permissions import Role

    with pytest.raises(NotAllowed):
        rules.keep(actor=bare_actor(1, Role.SUPPLIER), question="lots", facts=FACTS, on=DAY)
    assert KeptEvaluation.objects.count() == 0


def test_two_releases_are_compared_over_all_kept_answers(capsys: pytest.CaptureFixture[str]) -> None:
    who = actor()
    rules.keep(actor=who, question=rules.PURCHASE, facts=FACTS, on=DAY, title="Dakwerken")
    rules.keep(actor=who, question=rules.PURCHASE, facts={**FACTS, "estimated_value": "1000"}, on=DAY, title="Verf")
    another_release(139000)

    assert main(["rules", "compare", "--from", "1", "--to", "2"]) == 0
    printed = capsys.readouterr().out
    assert "Dakwerken" in printed
    assert "Verf" not in printed
    assert "1 bewaarde antwoorden verschillen" in printed


def test_the_command_line_gives_the_same_answer_as_the_door(capsys: pytest.CaptureFixture[str]) -> None:
    given = [f"{name}={value}" for name, value in FACTS.items()]

    assert main(["rules", "ask", "--on", "2026-11-21", *given]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == rules.answer_json(rules.evaluate(question=rules.PURCHASE, facts=FACTS, on=DAY))


def test_the_command_line_refuses_in_dutch(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "ask", "--on", "2026-11-21", "estimated_value=-1"]) == 1
    assert "niet negatief" in capsys.readouterr().err
    assert main(["rules", "ask", "--on", "2026-11-21", "waarde"]) == 1


def test_check_passes_on_this_checkout(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "check", "--on", "2026-11-21"]) == 0
    assert "0 fouten" in capsys.readouterr().out


def test_load_is_dry_unless_asked(capsys: pytest.CaptureFixture[str]) -> None:
    main(["rules", "load"])
    assert "niets weggeschreven" in capsys.readouterr().out
    assert Release.objects.count() == 0
    assert main(["rules", "load", "--wet-run"]) == 0
    assert Release.objects.count() == 1


def test_reminders_name_what_ends_and_what_is_old(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "remind", "--on", "2027-12-01"]) == 0
    printed = capsys.readouterr().out
    assert "2027-12-31 eu_works" in printed
    assert "Langer dan een jaar niet nagekeken." in printed


def test_unknown_questions_are_refused() -> None:
    with pytest.raises(UnknownQuestion):
        rules.evaluate(question="magie", facts={}, on=DAY)


def test_wrong_content_never_becomes_a_release(monkeypatch: pytest.MonkeyPatch) -> None:
    from koopkracht.rules import actions

    document = read_document()
    document["themes"][0]["parameters"][0]["values"][0]["sources"] = []
    monkeypatch.setattr(actions, "read_document", lambda: document)

    with pytest.raises(actions.ContentInvalid):
        rules.load_release()
    assert Release.objects.count() == 0
    assert loading.read_document() != document
