"""Methods and scores through the door: versions, refusals, assessors, organisations."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import IntegrityError

from koopkracht.accounts.permissions import Role
from koopkracht.scoring import api
from koopkracht.scoring.errors import MethodNotFound, MethodRefused, ScoreRefused
from koopkracht.scoring.types import Criterion, Score
from koopkracht.shared.errors import NotAllowed
from tests.accounts.factories import actor as make_actor
from tests.accounts.factories import organisation

pytestmark = pytest.mark.django_db
SUBJECT = "proef"


def criterion(code: str, weight: object = 1, **fields: object) -> Criterion:
    return Criterion(code, f"Criterium {code}", Decimal(str(weight)), **fields)


@pytest.fixture
def place():
    return organisation()


@pytest.fixture
def actor(place):
    return make_actor(place, Role.BUYER)


@pytest.fixture
def method(actor):
    return api.create_method(
        actor=actor, subject=SUBJECT, name="Proef", criteria=[criterion("A"), criterion("B", inverse=True)]
    )


def score(actor, method, key=1, **values):
    given = {code: Score(None if value is None else Decimal(str(value))) for code, value in values.items()}
    api.score(actor=actor, method_id=method.id, subject=SUBJECT, subject_key=key, scores=given)


def ranking(actor, method, keys=None):
    return api.results(organisation_id=actor.organisation_id, method_id=method.id, subject=SUBJECT, subject_keys=keys)


def test_a_change_makes_a_new_version_and_old_results_stay(actor, method) -> None:
    score(actor, method, A=5, B=1)
    newer = api.create_method(
        actor=actor,
        subject=SUBJECT,
        name="Proef",
        criteria=[criterion("A", 3), criterion("B", inverse=True)],
        note="A telt",
    )
    assert (method.version, newer.version, newer.note) == (1, 2, "A telt")
    assert ranking(actor, method).by_key[1].total == 5
    assert ranking(actor, newer, [1]).by_key[1].total is None
    assert api.active_method(organisation_id=actor.organisation_id, subject=SUBJECT) == newer
    assert [one.active for one in api.methods(organisation_id=actor.organisation_id, subject=SUBJECT)] == [True, False]
    with pytest.raises(ScoreRefused, match="nieuwe versie"):
        score(actor, method, A=1)


def test_storing_the_same_method_twice_is_harmless(actor, method) -> None:
    again = api.create_method(actor=actor, subject=SUBJECT, name="Proef", criteria=method.criteria)
    assert again == method
    asked = api.create_method(actor=actor, subject=SUBJECT, name="Proef", criteria=method.criteria, new_version=True)
    assert asked.version == 2


@pytest.mark.parametrize(
    ("criteria", "sentence"),
    [
        ([], "minstens één criterium"),
        ([criterion("A", 0), criterion("B", 0)], "Alle gewichten zijn 0"),
        ([criterion("A", -1)], "negatief"),
        ([criterion("A", "NaN")], "negatief"),
        ([criterion("A", 1001)], "te groot"),
        ([criterion("A"), criterion("A")], "twee keer"),
        ([criterion("A", parent="X")], "niet bestaat"),
        ([criterion("A", scale_min=5, scale_max=5)], "schaal"),
        ([replace(criterion("A"), name=" ")], "naam"),
        ([criterion("A"), criterion("F"), criterion("F-1", 0, parent="F")], "onderdelen van “Criterium F”"),
        ([criterion(f"A{n}") for n in range(61)], "hoogstens 60"),
    ],
)
def test_criteria_that_cannot_be_calculated_with_are_refused(actor, criteria, sentence) -> None:
    with pytest.raises(MethodRefused, match=sentence):
        api.create_method(actor=actor, subject=SUBJECT, name="Proef", criteria=criteria)
    assert api.active_method(organisation_id=actor.organisation_id, subject=SUBJECT) is None


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"A": 0}, "van 1 tot 5"),
        ({"A": 6}, "van 1 tot 5"),
        ({"A": "NaN"}, "van 1 tot 5"),
        ({"A": "1.0001"}, "na de komma"),
        ({"X": 3}, "hoort niet bij"),
        ({"A": 3, "B": 9}, "Criterium B"),
    ],
)
def test_a_wrong_score_stores_nothing(actor, method, values, sentence) -> None:
    with pytest.raises(ScoreRefused, match=sentence):
        score(actor, method, **values)
    assert ranking(actor, method).results == ()


def test_every_assessor_has_own_scores_and_may_change_them(place, actor, method) -> None:
    other = make_actor(place, Role.EXECUTIVE)
    score(actor, method, A=5, B=5)
    score(other, method, A=2, B=3)
    score(actor, method, B=1)
    result = ranking(actor, method).by_key[1]
    assert {one.assessor_id: one.total for one in result.assessors} == {actor.user_id: 5, other.user_id: Decimal("2.5")}
    assert (result.criteria["A"].spread, result.criteria["B"].spread) == (3, 2)


def test_a_remark_stays_without_a_score_and_the_option_is_incomplete(actor, method) -> None:
    api.score(
        actor=actor,
        method_id=method.id,
        subject=SUBJECT,
        subject_key=1,
        scores={"A": Score(Decimal(4)), "B": Score(None, "eerst navragen")},
    )
    result = ranking(actor, method).by_key[1]
    assert (result.total, result.missing) == (None, ("B",))
    assert result.assessors[0].scores["B"].remark == "eerst navragen"


def test_permissions_and_organisations_are_kept_apart(place, actor, method) -> None:
    auditor = make_actor(place, Role.AUDITOR)
    executive = make_actor(place, Role.EXECUTIVE)
    stranger = make_actor(organisation(), Role.BUYER)
    with pytest.raises(NotAllowed):
        score(auditor, method, A=1)
    with pytest.raises(NotAllowed):
        api.create_method(actor=executive, subject=SUBJECT, name="Proef", criteria=method.criteria)
    with pytest.raises(MethodNotFound):
        score(stranger, method, A=1)
    with pytest.raises(MethodNotFound):
        ranking(stranger, method)
    with pytest.raises(ScoreRefused, match="aangemeld"):
        score(replace(actor, user_id=None), method, A=1)


def test_the_cost_does_not_grow_with_the_options(actor, method, django_assert_num_queries) -> None:
    for key in range(30):
        score(actor, method, key=key, A=1 + key % 5, B=3)
    with django_assert_num_queries(4):
        ranking(actor, method)


def test_an_owner_takes_its_option_away(actor, method) -> None:
    score(actor, method, A=1, B=1)
    assert api.forget(actor=actor, subject=SUBJECT, subject_key=1) == 1
    assert ranking(actor, method).results == ()
    assert api.forget(actor=actor, subject=SUBJECT, subject_key=1) == 0


def test_two_first_versions_at_once_are_one_or_a_sentence(actor, monkeypatch) -> None:
    criteria = [criterion("A")]
    stored = api.create_method(actor=actor, subject=SUBJECT, name="Proef", criteria=criteria)

    def taken(*_given: object, **_fields: object) -> None:
        raise IntegrityError("the version exists")

    monkeypatch.setattr("koopkracht.scoring.actions._create_method", taken)
    assert api.create_method(actor=actor, subject=SUBJECT, name="Proef", criteria=criteria) == stored
    with pytest.raises(MethodRefused):
        api.create_method(actor=actor, subject=SUBJECT, name="Proef", criteria=[criterion("B")])
