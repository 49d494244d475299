"""Rebuilding the figures of one organisation after its lines, its rules or its suppliers changed.

The slow part (adding up lines, assigning combinations) happens outside any transaction and writes files that nobody
reads yet. One short transaction then makes the rollups and the state row, which says what they describe, visible
together.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

from django.db import transaction

from koopkracht.lake import api as lake
from koopkracht.lake.types import SPEND_LINES, BatchInfo
from koopkracht.market import api as market
from koopkracht.monitoring import cells, rollups, sources, storing
from koopkracht.monitoring.assignment import Assigner
from koopkracht.monitoring.models import ManualAssignment, SpendState
from koopkracht.monitoring.rulebook import release, rules_of
from koopkracht.monitoring.types import ManualDecision, RebuildReport
from koopkracht.shared import clock

Progress = Callable[[int, int | None, str], None]


def fingerprint(batches: Sequence[BatchInfo]) -> str:
    """Return what identifies a set of batches, how they were read and by which standard rules they were assigned."""
    content = "\n".join(sorted(f"{batch.id} {batch.rows} {batch.sum_cents}" for batch in batches))
    return hashlib.sha256(f"{cells.CELL_VERSION}\n{release()}\n{content}".encode()).hexdigest()


def decisions_of(organisation_id: int) -> list[ManualDecision]:
    """Return the decisions of people, oldest first, so that the latest one about a merged supplier wins."""
    return [
        ManualDecision(account, supplier, None if any_description else key, group)
        for account, supplier, any_description, key, group in ManualAssignment.objects.of(organisation_id)
        .order_by("assigned_at", "pk")
        .values_list("account_code", "supplier_id", "any_description", "description_key", "product_group")
    ]


def rebuild(*, organisation_id: int, progress: Progress, force: bool = False) -> RebuildReport:
    """Bring the figures of an organisation up to date; does nothing when they are."""
    state, _created = SpendState.objects.get_or_create(organisation_id=organisation_id)
    wanted = state.wanted
    batches = lake.batches(organisation_id=organisation_id, table=SPEND_LINES)
    mark = fingerprint(batches)
    if not force and _is_current(state, mark):
        return RebuildReport(organisation_id, state.lines, 0, 0, skipped=True)
    files = lake.files(organisation_ids=[organisation_id], table=SPEND_LINES)
    steps = len(files) + 3
    paths = []
    for step, file in enumerate(files):
        progress(step, steps, "De lijnen worden samengeteld.")
        paths.append(cells.ensure(file))
    progress(steps - 3, steps, "De uitgaven worden toegewezen aan productgroepen.")
    assigner = Assigner(
        rules=rules_of(organisation_id),
        decisions=decisions_of(organisation_id),
        canonical=market.canonical_ids(organisation_id=organisation_id),
    )
    generation, combinations = cells.assign(paths, organisation_id=organisation_id, assigner=assigner)
    progress(steps - 2, steps, "De cijfers worden berekend.")
    sums = rollups.add_up(paths, cells.assigned_path(organisation_id, generation))
    rows = rollups.tables(sums, sources.supplier_facts(organisation_id, sums))
    progress(steps - 1, steps, "De cijfers worden bewaard.")
    with transaction.atomic():
        state = SpendState.objects.of(organisation_id).select_for_update().get()
        if state.built > wanted:
            return RebuildReport(organisation_id, state.lines, combinations, 0, skipped=True)
        changed = sum(storing.replace(model, organisation_id, rows[model]) for model in storing.KEYS)
        _describe(state, batches=batches, mark=mark, generation=generation, built=wanted)
    cells.clean_up(organisation_id=organisation_id, generation=generation, batch_ids={batch.id for batch in batches})
    progress(steps, steps, "De cijfers zijn bijgewerkt.")
    return RebuildReport(organisation_id, sum(batch.rows for batch in batches), combinations, changed)


def is_up_to_date(state: SpendState) -> bool:
    """Tell whether the figures describe the batches and the standard rules of this moment."""
    batches = lake.batches(organisation_id=state.organisation_id, table=SPEND_LINES)
    return _is_current(state, fingerprint(batches))


def _is_current(state: SpendState, mark: str) -> bool:
    described = state.built >= state.wanted and state.fingerprint == mark
    return described and cells.assigned_path(state.organisation_id, state.generation).exists()


def _describe(state: SpendState, *, batches: Sequence[BatchInfo], mark: str, generation: str, built: int) -> None:
    """Say in the state row what the rollups now describe."""
    starts = [batch.period_start for batch in batches if batch.period_start]
    ends = [batch.period_end for batch in batches if batch.period_end]
    state.built = built
    state.fingerprint = mark
    state.generation = generation
    state.lines = sum(batch.rows for batch in batches)
    state.batches = len(batches)
    state.first_day = min(starts, default=None)
    state.last_day = max(ends, default=None)
    state.built_at = clock.now()
    # ``wanted`` is left alone: changes announced meanwhile still have to be built.
    state.save(
        update_fields=[
            "built", "fingerprint", "generation", "lines", "batches", "first_day", "last_day", "built_at",
        ]
    )  # fmt: skip
