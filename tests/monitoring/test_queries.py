"""What the pages read: shares, comparison with others, lines of merged suppliers, recognitions by year."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from koopkracht.jobs.models import Job
from koopkracht.market.models import SocialEnterprise, SocialOffer, SocialRecognition, Supplier
from koopkracht.market.types.suppliers import SupplierKind, SupplierSize
from koopkracht.monitoring import api
from koopkracht.monitoring.models import BenchmarkSharing
from koopkracht.monitoring.queries.benchmark import NEEDED
from koopkracht.monitoring.rollups import concentration
from koopkracht.monitoring.types import Growth, LineFilter, Share
from tests.accounts.factories import bare_actor, organisation
from tests.monitoring.factories import Line, batch, rebuild, supplier

pytestmark = pytest.mark.django_db


def test_a_share_of_nothing_is_empty_and_never_zero() -> None:
    assert Share(Decimal(0), Decimal(0)).ratio is None
    assert Share(Decimal(1), Decimal(3)).ratio == Decimal("0.3333")
    assert Growth(Decimal(0), Decimal(5)).ratio is None
    assert Growth(Decimal(4), Decimal(5)).ratio == Decimal("0.2500")


@pytest.mark.parametrize(
    ("amounts", "index"),
    [([], None), ([5], Decimal("10000.00")), ([1, 1], Decimal("5000.00")), ([1, 1, 1], Decimal("3333.33")),
     ([10**15, 10**15], Decimal("5000.00"))],
)  # fmt: skip
def test_concentration(amounts: list[int], index: Decimal | None) -> None:
    assert concentration(amounts) == index


def test_the_overview_keeps_currencies_apart_and_shows_what_is_not_known() -> None:
    of = organisation()
    social = supplier(of, "Sociaal", SupplierKind.SOCIAL_ECONOMY, SupplierSize.SMALL)
    unknown = supplier(of, "Onbekend")
    batch(of, [Line(100_00, social), Line(300_00, unknown), Line(50_00, None), Line(70_00, social, currency="USD")])
    rebuild(of)
    found = api.overview(organisation_id=of.pk)
    assert found.figures is not None
    assert found.figures.total == Decimal("450.00")
    assert found.figures.suppliers == 2
    assert found.figures.social == Share(Decimal("100.00"), Decimal("450.00"))
    assert found.figures.sme.part == Decimal("100.00")
    assert found.figures.size_unknown.part == Decimal("350.00")
    assert found.figures.top5 == Share(Decimal("400.00"), Decimal("400.00"))
    assert found.other_currencies == {"USD": Decimal("70.00")}
    assert not found.provenance.stale
    assert found.provenance.lines == 4


def test_figures_say_when_something_changed_since() -> None:
    of = organisation()
    batch(of, [Line(100, supplier(of))])
    rebuild(of)
    batch(of, [Line(100, supplier(of, "Tweede"))])
    assert api.provenance(organisation_id=of.pk).stale
    assert api.rebuild_stale() == 0, "the import already put the work in the queue"
    Job.objects.all().delete()
    assert api.rebuild_stale() == 1
    assert api.rebuild_stale() == 0


def test_a_recognition_counts_in_the_years_in_which_it_holds() -> None:
    of = organisation()
    made = supplier(of, "De Brug", SupplierKind.SOCIAL_ECONOMY)
    entry = SocialEnterprise.objects.create(
        organisation=of, supplier_id=made, source="Lijst", source_date=dt.date(2025, 1, 1)
    )
    SocialRecognition.objects.create(
        organisation=of,
        entry=entry,
        kind="maatwerkbedrijf",
        valid_from=dt.date(2024, 7, 1),
        valid_until=dt.date(2025, 1, 1),
    )
    SocialOffer.objects.create(organisation=of, entry=entry, product_group="SCH-01")
    batch(of, [Line(100_00, made, dt.date(year, 2, 1), description="schoonmaak") for year in (2023, 2024, 2025)])
    rebuild(of)
    shares = {one.year: one.social.part for one in api.overview(organisation_id=of.pk).trend}
    assert shares == {2023: Decimal(0), 2024: Decimal("100.00"), 2025: Decimal(0)}
    page = api.group_page(organisation_id=of.pk, code="SCH-01")
    assert [(one.name, one.already_supplies, one.recognition_ended) for one in page.candidates] == [
        ("De Brug", True, True)
    ]


def test_lines_of_a_merged_supplier_are_found_under_the_one_that_counts() -> None:
    of = organisation()
    kept, merged = supplier(of, "Kept"), supplier(of, "Merged")
    batch(of, [Line(100, kept), Line(200, merged), Line(400, None, description="Journaalpost")])
    Supplier.objects.filter(pk=merged).update(merged_into=kept)
    rebuild(of)
    found = api.lines(organisation_id=of.pk, chosen=LineFilter(supplier_id=kept))
    assert (found.count, found.amount) == (2, Decimal("3.00"))
    assert api.supplier_page(organisation_id=of.pk, supplier_id=merged).supplier_id == kept
    nobody = api.lines(organisation_id=of.pk, chosen=LineFilter(supplier_id=0))
    assert [line.description for line in nobody.lines] == ["Journaalpost"]


def test_the_lines_behind_a_product_group_add_up_to_its_figure() -> None:
    of = organisation()
    one = supplier(of)
    texts = ("Schoonmaak 1", "Poetsen", "Papier", "Varia")
    batch(of, [Line(100 + number, one, description=text) for number, text in enumerate(texts)])
    rebuild(of)
    for row in api.overview(organisation_id=of.pk).groups:
        found = api.lines(organisation_id=of.pk, chosen=LineFilter(year=2025, product_group=row.key))
        assert (found.count, found.amount) == (row.lines, row.amount)


def test_the_work_list_suggests_what_was_decided_before_and_says_why() -> None:
    of = organisation()
    actor, one = bare_actor(of.pk), supplier(of, "Zandhandel")
    batch(
        of, [Line(500, one, account_code="601"), Line(900, one, account_code="602"), Line(100, one, account_code="603")]
    )
    rebuild(of)
    listed = api.worklist(organisation_id=of.pk)
    assert [item.account_code for item in listed.items] == ["602", "601", "603"]
    assert listed.items[0].suggestion is None
    api.assign(actor=actor, item=listed.items[0], product_group="GRN-06")
    rebuild(of)
    first = api.worklist(organisation_id=of.pk).items[0]
    assert first.suggestion is not None
    assert (first.suggestion.product_group, first.suggestion.reasons[0]) == ("GRN-06", (f"supplier:{one}", 1, 1))


def _neighbour(cents: int, *, shares: bool) -> None:
    of = organisation(inhabitants=1_000)
    batch(of, [Line(cents, supplier(of))])
    rebuild(of)
    BenchmarkSharing.objects.create(organisation=of, shares=shares)


def test_the_comparison_needs_enough_others_who_share_and_shows_only_their_middle() -> None:
    of = organisation(inhabitants=1_000)
    batch(of, [Line(9_000_00, supplier(of))])
    rebuild(of)
    for number in range(1, NEEDED):
        _neighbour(number * 1_000_00, shares=True)
    _neighbour(99_000_00, shares=False)
    before = api.overview(organisation_id=of.pk).benchmark
    assert (before.organisations, before.shares) == (NEEDED - 1, False)
    assert {figure.median for figure in before.figures} == {None}
    _neighbour(NEEDED * 1_000_00, shares=True)
    figure = api.overview(organisation_id=of.pk).benchmark.figures[0]
    assert (figure.ours, figure.low, figure.median, figure.high) == (Decimal(9), Decimal(2), Decimal(3), Decimal(4))


def test_opportunities_rank_by_reasons_and_say_what_is_not_known() -> None:
    of = organisation()
    one = supplier(of)
    batch(of, [Line(10_00, one, description="Poetsen"), Line(5_000_00, one, description="Elektriciteit")])
    rebuild(of)
    year, _years, found = api.opportunities(organisation_id=of.pk)
    assert year == 2025
    assert [item.score for item in found] == sorted((item.score for item in found), reverse=True)
    reasons = {reason.code: reason.met for reason in found[0].reasons}
    assert reasons["supply"] is None
    assert reasons["room"] is True
