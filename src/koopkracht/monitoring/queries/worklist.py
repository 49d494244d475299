"""The money that has no product group yet, biggest first, with what was learnt from earlier decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from koopkracht.market import api as market
from koopkracht.monitoring import cells, engine, words
from koopkracht.monitoring.learning import Learner
from koopkracht.monitoring.models import ManualAssignment, SpendState
from koopkracht.monitoring.types import DecisionView, Example, WorkItem, WorkList
from koopkracht.shared.money import from_cents

if TYPE_CHECKING:
    from ibis.expr.types import Table

PAGE_SIZE = 25
_EXAMPLES_LEARNT_FROM = 5_000
_DESCRIPTIONS_SHOWN = 4


def learner(organisation_id: int) -> Learner:
    """Learn from the latest decisions of people of the organisation."""
    decided = (
        ManualAssignment.objects.of(organisation_id)
        .order_by("-assigned_at", "pk")
        .values_list("supplier_id", "supplier_name", "account_code", "account_name", "words", "product_group")
    )
    return Learner.from_examples((Example(*row[:5]), row[5]) for row in decided[:_EXAMPLES_LEARNT_FROM])


def worklist(*, organisation_id: int, page: int, supplier_id: int | None, account_code: str | None) -> WorkList:
    """Return unassigned money per supplier and account, or with both given per description of that pair."""
    import ibis

    state = SpendState.objects.of(organisation_id).first()
    path = cells.assigned_path(organisation_id, state.generation) if state and state.generation else None
    if path is None or not path.exists():
        return WorkList((), 0, from_cents(0), from_cents(0), 1, 1)
    split = supplier_id is not None and account_code is not None
    with engine.parquet([path]) as table:
        total = engine.rows(table.agg(cents=table.cents.sum().cast("int64")))[0]["cents"] or 0
        open_ones = table.filter(table.product_group == "")
        if split:
            open_ones = open_ones.filter(
                open_ones.counted_supplier_id == supplier_id, open_ones.account_code == account_code
            )
        keys = ["counted_supplier_id", "account_code", *(["description_key"] if split else [])]
        found = open_ones.group_by(keys).agg(
            account_name=open_ones.account_name.max(),
            cents=open_ones.cents.sum().cast("int64"),
            lines=open_ones.lines.sum().cast("int64"),
            descriptions=open_ones.description_key.nunique(),
        )
        sums = engine.rows(found.agg(count=found.count(), cents=found.cents.sum().cast("int64")))[0]
        pages = max(1, -(-sums["count"] // PAGE_SIZE))
        page = min(max(1, page), pages)
        ordered = found.order_by([ibis.desc("cents"), *keys]).limit(PAGE_SIZE, offset=(page - 1) * PAGE_SIZE)
        rows = engine.rows(ordered)
        examples = _descriptions(open_ones, rows)
    items = _items(organisation_id, rows, examples, split=split)
    return WorkList(items, sums["count"], from_cents(sums["cents"] or 0), from_cents(total), page, pages)


def _descriptions(table: Table, rows: list[dict[str, Any]]) -> dict[tuple[int, str], list[str]]:
    """Return the descriptions with most money for each pair of supplier and account on this page."""
    import ibis

    suppliers = sorted({row["counted_supplier_id"] for row in rows})
    if not suppliers:
        return {}
    mine = table.filter(table.counted_supplier_id.isin(suppliers), table.description_key != "")
    per_key = mine.group_by(["counted_supplier_id", "account_code", "description_key"]).agg(
        cents=mine.cents.sum().cast("int64")
    )
    window = ibis.window(
        group_by=["counted_supplier_id", "account_code"], order_by=[ibis.desc("cents"), "description_key"]
    )
    ranked = per_key.mutate(place=ibis.row_number().over(window))
    found: dict[tuple[int, str], list[str]] = {}
    for row in engine.rows(
        ranked.filter(ranked.place < _DESCRIPTIONS_SHOWN).order_by(["counted_supplier_id", "place"])
    ):
        found.setdefault((row["counted_supplier_id"], row["account_code"]), []).append(row["description_key"])
    return found


def _items(
    organisation_id: int,
    rows: list[dict[str, Any]],
    examples: dict[tuple[int, str], list[str]],
    *,
    split: bool,
) -> tuple[WorkItem, ...]:
    names = market.suppliers_by_ids(
        organisation_id=organisation_id,
        supplier_ids=[row["counted_supplier_id"] for row in rows],
    )
    learnt = learner(organisation_id)
    items = []
    for row in rows:
        supplier = row["counted_supplier_id"]
        key: str | None = row["description_key"] if split else None
        shown = tuple(examples.get((supplier, row["account_code"]), ())) if key is None else (key,)
        name = names[supplier].name if supplier in names else words.no_supplier(supplier)
        example = Example(supplier, name, row["account_code"], row["account_name"], " ".join(shown))
        items.append(
            WorkItem(
                supplier_id=example.supplier_id,
                supplier_name=name,
                account_code=example.account_code,
                account_name=example.account_name,
                description_key=key,
                descriptions=shown,
                description_count=row["descriptions"],
                amount=from_cents(row["cents"]),
                lines=row["lines"],
                suggestion=learnt.suggest(example),
            )
        )
    return tuple(items)


def work_item(
    *, organisation_id: int, supplier_id: int, account_code: str, description_key: str | None
) -> WorkItem | None:
    """Return one combination as it stands in the figures, assigned or not; ``None`` when there is no such money."""
    import ibis

    state = SpendState.objects.of(organisation_id).first()
    path = cells.assigned_path(organisation_id, state.generation) if state and state.generation else None
    if path is None or not path.exists():
        return None
    with engine.parquet([path]) as table:
        mine = table.filter(table.counted_supplier_id == supplier_id, table.account_code == account_code)
        if description_key is not None:
            mine = mine.filter(mine.description_key == description_key)
        per_key = mine.group_by("description_key").agg(
            account_name=mine.account_name.max(),
            cents=mine.cents.sum().cast("int64"),
            lines=mine.lines.sum().cast("int64"),
        )
        rows = engine.rows(per_key.order_by([ibis.desc("cents"), "description_key"]))
    if not rows:
        return None
    names = market.suppliers_by_ids(organisation_id=organisation_id, supplier_ids=[supplier_id])
    return WorkItem(
        supplier_id=supplier_id,
        supplier_name=names[supplier_id].name if supplier_id in names else words.no_supplier(supplier_id),
        account_code=account_code,
        account_name=max(row["account_name"] for row in rows),
        description_key=description_key,
        descriptions=tuple(row["description_key"] for row in rows if row["description_key"])[:_DESCRIPTIONS_SHOWN],
        description_count=len(rows),
        amount=from_cents(sum(row["cents"] for row in rows)),
        lines=sum(row["lines"] for row in rows),
    )


def decisions(*, organisation_id: int, limit: int) -> tuple[DecisionView, ...]:
    """Return the latest decisions of people, newest first."""
    found = ManualAssignment.objects.of(organisation_id).order_by("-assigned_at", "pk")[:limit]
    return tuple(
        DecisionView(
            id=row.pk,
            product_group=row.product_group,
            supplier_id=row.supplier_id,
            supplier_name=row.supplier_name,
            account_code=row.account_code,
            account_name=row.account_name,
            description_key=None if row.any_description else row.description_key,
            assigned_at=row.assigned_at,
        )
        for row in found
    )
