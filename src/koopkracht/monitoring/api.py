"""The door of monitoring: figures about spend, and the assignment of spend to product groups. Stable, keep it small.

Figures are read by everyone who may see spend (``spend.view``); the views ask for that permission. What changes
something asks for its permission itself and raises ``NotAllowed``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from koopkracht.monitoring import groups as _groups
from koopkracht.monitoring import kpis
from koopkracht.monitoring import measures as _measures
from koopkracht.monitoring.actions import (
    add_rule,
    announce_change,
    assign,
    change_rule,
    move_rule,
    on_spend_changed,
    rebuild_stale,
    remove_rule,
    set_sharing,
    switch_default,
    withdraw,
)
from koopkracht.monitoring.indicators import (
    ORGANISATION,
    ask_refresh,
    check_parameters,
    create_ready,
    enter_part,
    measure_definition,
    measure_values,
    refresh_indicator,
)
from koopkracht.monitoring.indicators import refresh as refresh_indicators
from koopkracht.monitoring.indicators import refresh_all as refresh_all_indicators
from koopkracht.monitoring.queries import common as _common
from koopkracht.monitoring.queries import lines as _lines
from koopkracht.monitoring.queries import opportunities as _opportunities
from koopkracht.monitoring.queries import overview as _overview
from koopkracht.monitoring.queries import pages as _pages
from koopkracht.monitoring.queries import rules as _rules
from koopkracht.monitoring.queries import worklist as _worklist
from koopkracht.monitoring.rebuild import rebuild
from koopkracht.monitoring.types import (
    DecisionView,
    GroupPage,
    KpiDefinition,
    KpiValue,
    LineFilter,
    LinePage,
    MeasureDefinition,
    Opportunity,
    Overview,
    Provenance,
    RuleView,
    SourceLine,
    SupplierPage,
    WorkItem,
    WorkList,
)

__all__ = [
    "ORGANISATION",
    "add_rule",
    "announce_change",
    "ask_refresh",
    "assign",
    "change_rule",
    "check_parameters",
    "create_ready",
    "decisions",
    "enter_part",
    "group_page",
    "kpi_definitions",
    "kpi_values",
    "lines",
    "lines_for_export",
    "measure_definition",
    "measure_definitions",
    "measure_themes",
    "measure_values",
    "move_rule",
    "on_spend_changed",
    "opportunities",
    "overview",
    "own_rule",
    "own_rules",
    "product_group_choices",
    "product_group_names",
    "provenance",
    "ready_indicators",
    "rebuild",
    "rebuild_stale",
    "refresh_all_indicators",
    "refresh_indicator",
    "refresh_indicators",
    "remove_rule",
    "set_sharing",
    "standard_rules",
    "supplier_name",
    "supplier_page",
    "switch_default",
    "withdraw",
    "work_item",
    "worklist",
    "years",
]


def overview(*, organisation_id: int, year: int | None = None, compare: int | None = None) -> Overview:
    """Return the figures of a year (the newest one when not given), compared with another year or the one before."""
    return _overview.overview(organisation_id=organisation_id, year=year, compare=compare)


def kpi_definitions() -> tuple[KpiDefinition, ...]:
    """Return the words of all key figures."""
    return tuple(kpis.definitions().values())


def measure_definitions() -> tuple[MeasureDefinition, ...]:
    """Return the words of all measures that an indicator can follow."""
    return tuple(_measures.definitions().values())


def measure_themes() -> tuple[tuple[str, str, str], ...]:
    """Return the themes of reports: code, name, strategic goal."""
    return _measures.themes()


def ready_indicators() -> Mapping[str, Mapping[str, Any]]:
    """Return the ready indicators of the content by code."""
    return _measures.ready()


def kpi_values(*, overview: Overview) -> Mapping[str, KpiValue]:
    """Return the key figures of an overview by code."""
    return kpis.values(overview)


def group_page(*, organisation_id: int, code: str, year: int | None = None, compare: int | None = None) -> GroupPage:
    """Return everything about one product group. Raises ``UnknownProductGroup``."""
    return _pages.group_page(organisation_id=organisation_id, code=code, year=year, compare=compare)


def supplier_page(*, organisation_id: int, supplier_id: int, year: int | None = None) -> SupplierPage:
    """Return the spend with one supplier, merges applied. Raises ``SupplierNotFound`` of the market context."""
    return _pages.supplier_page(organisation_id=organisation_id, supplier_id=supplier_id, year=year)


def opportunities(
    *, organisation_id: int, year: int | None = None
) -> tuple[int, tuple[int, ...], tuple[Opportunity, ...]]:
    """Return the year (0 without spend), the known years, and the product groups with spend, most reasons first."""
    return _opportunities.opportunities(organisation_id=organisation_id, year=year)


def lines(*, organisation_id: int, chosen: LineFilter, page: int = 1) -> LinePage:
    """Return one page of source lines with count and total of all lines that pass the filter."""
    return _lines.lines(organisation_id=organisation_id, chosen=chosen, page=page)


def lines_for_export(*, organisation_id: int, chosen: LineFilter, limit: int) -> Iterator[SourceLine]:
    """Yield the source lines that pass the filter, largest first, at most ``limit``."""
    return _lines.all_lines(organisation_id=organisation_id, chosen=chosen, limit=limit)


def provenance(*, organisation_id: int) -> Provenance:
    """Return which imports the figures describe, and whether something changed since."""
    return _common.provenance(organisation_id)


def worklist(
    *, organisation_id: int, page: int = 1, supplier_id: int | None = None, account_code: str | None = None
) -> WorkList:
    """Return unassigned money per supplier and account; with both given, per description of that pair."""
    return _worklist.worklist(
        organisation_id=organisation_id, page=page, supplier_id=supplier_id, account_code=account_code
    )


def work_item(
    *, organisation_id: int, supplier_id: int, account_code: str, description_key: str | None
) -> WorkItem | None:
    """Return one combination as it stands in the figures, or ``None``."""
    return _worklist.work_item(
        organisation_id=organisation_id,
        supplier_id=supplier_id,
        account_code=account_code,
        description_key=description_key,
    )


def decisions(*, organisation_id: int, limit: int = 50) -> tuple[DecisionView, ...]:
    """Return the latest decisions of people about combinations, newest first."""
    return _worklist.decisions(organisation_id=organisation_id, limit=limit)


def own_rules(*, organisation_id: int) -> tuple[RuleView, ...]:
    """Return the rules of the organisation in the order in which they are tried."""
    return _rules.own_rules(organisation_id=organisation_id)


def own_rule(*, organisation_id: int, rule_id: int) -> RuleView:
    """Return one rule. Raises ``RuleNotFound``."""
    return _rules.own_rule(organisation_id=organisation_id, rule_id=rule_id)


def standard_rules(*, organisation_id: int) -> tuple[tuple[str, tuple[RuleView, ...]], ...]:
    """Return the standard rules per segment and product group, and whether the organisation uses them."""
    return _rules.standard_rules(organisation_id=organisation_id)


def product_group_names(*, codes: Iterable[str]) -> Mapping[str, str]:
    """Return the names of these product groups; the empty code is money that is not assigned."""
    return {code: _groups.name_of(code) for code in set(codes)}


def product_group_choices() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Return the product groups that can be chosen, per segment, for a list on the screen."""
    return _groups.choices()


def supplier_name(*, organisation_id: int, supplier_id: int) -> str:
    """Return the name of a supplier, or an empty text for one that is not known here."""
    return _pages.supplier_name(organisation_id, supplier_id)


def years(*, organisation_id: int) -> tuple[int, ...]:
    """Return the years with spend, newest first."""
    return _common.years(organisation_id)
