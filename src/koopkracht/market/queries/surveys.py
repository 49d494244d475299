"""Reads about market surveys: the surveys, and whom one could ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from koopkracht.catalogue import api as catalogue
from koopkracht.market.errors import SurveyNotFound
from koopkracht.market.models import SocialEnterprise, SocialOffer, Supplier
from koopkracht.market.models.surveys import MarketSurvey
from koopkracht.market.types.suppliers import SupplierKind, SupplierSize
from koopkracht.market.types.surveys import (
    ATTRIBUTES,
    Candidate,
    CandidateFilter,
    Candidates,
    FindingLine,
    SurveyFindings,
    SurveyView,
)
from koopkracht.questionnaires import api as questionnaires
from koopkracht.questionnaires.types import QuestionnaireView, State
from koopkracht.shared import clock, text
from koopkracht.shared.actor import Actor
from koopkracht.shared.keyset import keyset
from koopkracht.shared.listing import ListQuery, Slice

_ASKABLE = (SupplierKind.ENTERPRISE, SupplierKind.SOCIAL_ECONOMY, SupplierKind.NON_PROFIT, SupplierKind.UNKNOWN)
SHOWN = 100
OFFERS, OTHER = "offers", "other"
_SORTS = {"created": "created_at", "title": "questionnaire__title", "closes": "questionnaire__closes_on"}


def _view(row: MarketSurvey, found: QuestionnaireView) -> SurveyView:
    return SurveyView(row.pk, row.product_group, row.purpose, row.prepares, row.created_at, found)


def row_of(organisation_id: int, survey_id: int) -> MarketSurvey:
    """Return the row; raises ``SurveyNotFound``."""
    row: MarketSurvey | None = (
        MarketSurvey.objects.of(organisation_id).filter(pk=survey_id, questionnaire__isnull=False).first()
    )
    if row is None:
        raise SurveyNotFound(survey_id)
    return row


def survey(organisation_id: int, survey_id: int) -> SurveyView:
    """Return one survey; raises ``SurveyNotFound``."""
    row = row_of(organisation_id, survey_id)
    return _view(
        row,
        questionnaires.questionnaire(organisation_id=organisation_id, questionnaire_id=int(row.questionnaire_id or 0)),
    )


def list_surveys(organisation_id: int, query: ListQuery) -> Slice[SurveyView]:
    """Return a slice of the surveys; filters ``state`` and ``product_group``."""
    rows = MarketSurvey.objects.of(organisation_id).filter(questionnaire__isnull=False)
    if query.filters.get("product_group"):
        rows = rows.filter(product_group=query.filters["product_group"])
    if query.filters.get("state"):
        rows = rows.filter(_in_state(query.filters["state"]))
    if query.search.strip():
        rows = rows.filter(questionnaire__title__icontains=query.search.strip())
    found: Slice[dict[str, Any]] = keyset(rows, query=query, sorts=_SORTS, fields=("id",), convert=dict)
    made = {view.id: view for view in _of_rows(organisation_id, [row["id"] for row in found.rows])}
    return found.map(lambda row: made[row["id"]])


def _in_state(state: str) -> Q:
    """Choose a state as of today: a list past its last day is closed, also before that was written down."""
    past = Q(questionnaire__state=State.OPEN.value, questionnaire__closes_on__lt=clock.today())
    if state == State.OPEN.value:
        return Q(questionnaire__state=state) & ~past
    return Q(questionnaire__state=state) | past if state == State.CLOSED.value else Q(questionnaire__state=state)


def of_product_group(organisation_id: int, product_group: str) -> tuple[SurveyView, ...]:
    """Return the surveys of one product group, newest first."""
    rows = MarketSurvey.objects.of(organisation_id).filter(product_group=product_group, questionnaire__isnull=False)
    ids = list(rows.order_by("-id").values_list("pk", flat=True))
    return tuple(_of_rows(organisation_id, ids))


def _of_rows(organisation_id: int, ids: list[int]) -> list[SurveyView]:
    rows = MarketSurvey.objects.of(organisation_id).in_bulk(ids)
    lists = questionnaires.by_ids(
        organisation_id=organisation_id,
        questionnaire_ids=[row.questionnaire_id for row in rows.values() if row.questionnaire_id],
    )
    return [_view(rows[pk], lists[rows[pk].questionnaire_id or 0]) for pk in ids]


def _market(organisation_id: int, product_group: str, only: Q | None = None) -> list[Candidate]:
    """Return everybody that could be asked: the directory and the register, without authorities and persons."""
    areas = {entry.name.casefold(): entry.province for entry in catalogue.municipalities().values()}
    regions = dict(SocialEnterprise.objects.of(organisation_id).values_list("supplier_id", "region"))
    offering = set(
        SocialOffer.objects.of(organisation_id)
        .filter(product_group=product_group)
        .values_list("entry__supplier_id", flat=True)
    )
    rows = (
        Supplier.objects.of(organisation_id)
        .filter(only or Q(), merged_into__isnull=True, kind__in=[kind.value for kind in _ASKABLE])
        .order_by("search_name", "id")
        .values_list("id", "name", "kbo", "kind", "size", "municipality")
    )
    return [
        Candidate(
            supplier_id=pk,
            name=name,
            kbo=kbo,
            region=regions.get(pk) or areas.get(place.casefold(), "") or place,
            kind="" if kind == SupplierKind.UNKNOWN else kind,
            size="" if size == SupplierSize.UNKNOWN else size,
            activity=OFFERS if pk in offering else OTHER if pk in regions else "",
        )
        for pk, name, kbo, kind, size, place in rows
    ]


def candidates(organisation_id: int, product_group: str, wanted: CandidateFilter, chosen: frozenset[str]) -> Candidates:
    """Return who fits the filter and the composition of the whole market."""
    market = _market(organisation_id, product_group)
    fitting = [one for one in market if _fits(one, wanted)]
    rows = tuple(
        Candidate(
            one.supplier_id, one.name, one.kbo, one.region, one.kind, one.size, one.activity,
            chosen=reference_of(one.supplier_id) in chosen,
        )
        for one in fitting[:SHOWN]
    )  # fmt: skip
    return Candidates(rows, len(fitting), _population(market))


def candidates_by_ids(organisation_id: int, product_group: str, ids: frozenset[int]) -> tuple[Candidate, ...]:
    """Return these parties; others of the register and of other organisations are left out."""
    return tuple(_market(organisation_id, product_group, Q(pk__in=ids)))


def population(organisation_id: int, product_group: str) -> Mapping[str, Mapping[str, int]]:
    """Return the composition of the whole market: counts by attribute and value."""
    return _population(_market(organisation_id, product_group))


def reference_of(supplier_id: int) -> str:
    """Return how a recipient points at the register."""
    return f"supplier:{supplier_id}"


def _population(market: list[Candidate]) -> dict[str, dict[str, int]]:
    return {name: dict(Counter(getattr(one, name) for one in market)) for name in ATTRIBUTES}


def _fits(one: Candidate, wanted: CandidateFilter) -> bool:
    same = all(
        not getattr(wanted, name) or getattr(wanted, name) == getattr(one, name) for name in ("region", "kind", "size")
    )
    if wanted.offers and one.activity != OFFERS:
        return False
    return same and all(word in text.normalise(one.name) for word in text.normalise(wanted.search).split())


def findings(actor: Actor, product_group: str) -> tuple[SurveyFindings, ...]:
    """Return what the finished surveys of a product group taught, newest first."""
    views = of_product_group(actor.organisation_id, product_group)
    return tuple(_findings(actor, view) for view in views if view.list.finished_at is not None)


def findings_of(actor: Actor, survey_id: int) -> SurveyFindings | None:
    """Return what one survey taught, ``None`` until it is finished."""
    view = survey(actor.organisation_id, survey_id)
    return _findings(actor, view) if view.list.finished_at else None


def _findings(actor: Actor, view: SurveyView) -> SurveyFindings:
    found = questionnaires.results(actor=actor, questionnaire_id=view.list.id)
    finished = view.list.finished_at or clock.now()
    return SurveyFindings(
        survey_id=view.id,
        title=view.list.title,
        product_group=view.product_group,
        summary=view.list.summary,
        finished_on=finished.astimezone(clock.BRUSSELS).date(),
        sent=found.sent,
        answered=found.answered,
        lines=tuple(FindingLine(one.question.text, one.answers, one.cells, one.mean) for one in found.questions),
    )
