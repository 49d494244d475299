"""Rollups equal a recomputation from the lines, whatever happened before."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from koopkracht.accounts.models import Organisation
from koopkracht.lake import api as lake
from koopkracht.lake.types import SPEND_LINES
from koopkracht.market.models import Supplier
from koopkracht.market.types.suppliers import SupplierKind, SupplierSize
from koopkracht.monitoring import api, cells, storing
from koopkracht.monitoring.models import AssignmentRule, ManualAssignment, SpendState
from koopkracht.monitoring.types import RuleInput, WorkItem
from koopkracht.shared.money import from_cents
from tests.accounts.factories import bare_actor, organisation
from tests.monitoring import recompute
from tests.monitoring.factories import GROUPS, Line, batch, rebuild, supplier

pytestmark = pytest.mark.django_db

WORDS = (
    "Schoonmaakproducten",
    "Poetsen school 12",
    "Kopieerpapier A4",
    "Maaien van gras",
    "Diverse 2024/17",
    "gras",
    None,
)
ACCOUNTS = (
    ("61020", "Onderhoud gebouwen"),
    ("610351", "Groen"),
    ("6120", "Elektriciteit"),
    ("6999", None),
    (None, None),
)


class Town:
    """A town on which random things happen, always in a way a person could do them."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.of: Organisation = organisation()
        self.actor = bare_actor(self.of.pk)
        self.suppliers = [self._supplier() for _ in range(6)]

    def _supplier(self) -> int:
        return supplier(
            self.of, kind=self.random.choice(list(SupplierKind)), size=self.random.choice(list(SupplierSize))
        )

    def _line(self) -> Line:
        pick = self.random.choice
        account, name = pick(ACCOUNTS)
        return Line(
            amount_cents=self.random.randint(-90_000, 400_000),
            supplier_id=pick((None, *self.suppliers)),
            booking_date=dt.date(pick((2023, 2024, 2025)), self.random.randint(1, 12), 3),
            account_code=account,
            account_name=name,
            description=pick(WORDS),
            cpv=pick((None, None, "90910000", "30197630")),
            currency=pick(("EUR", "EUR", "EUR", "GBP")),
        )

    def import_batch(self) -> None:
        batch(self.of, [self._line() for _ in range(self.random.randint(1, 25))])

    def undo_batch(self) -> None:
        known = lake.batches(organisation_id=self.of.pk, table=SPEND_LINES)
        if len(known) > 1:
            lake.undo_batch(organisation_id=self.of.pk, batch_id=self.random.choice(known).id)

    def add_rule(self) -> None:
        pick = self.random.choice
        rule = RuleInput(
            product_group=pick(GROUPS).code,
            account_prefix=pick(("", "61", "6103")),
            supplier_id=pick((None, *self.suppliers)),
            words=pick(((), ("papier",), ("school", "gras maaien"))),
            cpv_prefix=pick(("", "", "9")),
        )
        if rule.account_prefix or rule.supplier_id or rule.words or rule.cpv_prefix:
            api.add_rule(actor=self.actor, rule=rule)

    def move_rule(self) -> None:
        rule = AssignmentRule.objects.of(self.of.pk).order_by("?").first()
        if rule:
            api.move_rule(actor=self.actor, rule_id=rule.pk, up=self.random.random() < 0.5)

    def remove_rule(self) -> None:
        rule = AssignmentRule.objects.of(self.of.pk).order_by("?").first()
        if rule:
            api.remove_rule(actor=self.actor, rule_id=rule.pk)

    def switch(self) -> None:
        api.switch_default(
            actor=self.actor, product_group=self.random.choice(GROUPS).code, enabled=self.random.random() < 0.5
        )

    def assign(self) -> None:
        line = self._line()
        item = WorkItem(
            supplier_id=line.supplier_id or 0, supplier_name="", account_code=line.account_code or "", account_name="",
            description_key=self.random.choice((None, recompute.key_of(line.description))), descriptions=(),
            description_count=1, amount=from_cents(0), lines=1,
        )  # fmt: skip
        api.assign(actor=self.actor, item=item, product_group=self.random.choice(GROUPS).code)

    def withdraw(self) -> None:
        row = ManualAssignment.objects.of(self.of.pk).order_by("?").first()
        if row:
            api.withdraw(actor=self.actor, decision_id=row.pk)

    def merge(self) -> None:
        low, high = sorted(self.random.sample(self.suppliers, 2))
        if not Supplier.objects.get(pk=high).merged_into_id:
            Supplier.objects.filter(pk=low).update(merged_into=high)
            api.on_spend_changed(organisation_id=self.of.pk)

    def separate(self) -> None:
        Supplier.objects.filter(pk=self.random.choice(self.suppliers)).update(merged_into=None)
        api.on_spend_changed(organisation_id=self.of.pk)

    def act(self) -> None:
        acts = (
            self.import_batch, self.undo_batch, self.add_rule, self.move_rule, self.remove_rule, self.switch,
            self.assign, self.withdraw, self.merge, self.separate,
        )  # fmt: skip
        self.random.choice(acts)()

    def check(self) -> None:
        expected = recompute.figures(self.of)
        for model in storing.KEYS:
            found = {key: values[1:] for key, values in storing.stored(model, self.of.pk).items()}
            assert found == expected[model], model.__name__


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_rollups_equal_recomputation(seed: int) -> None:
    town = Town(seed)
    town.import_batch()
    for _ in range(20):
        town.act()
        rebuild(town.of)
        town.check()


@pytest.mark.slow
@pytest.mark.parametrize("seed", [100, 101])
def test_rollups_equal_recomputation_after_many_operations(seed: int) -> None:
    town = Town(seed)
    town.import_batch()
    for step in range(1_000):
        town.act()
        if step % 25 == 24:
            rebuild(town.of)
            town.check()


def test_towns_do_not_touch_each_other() -> None:
    first, second = Town(10), Town(11)
    first.import_batch()
    second.import_batch()
    rebuild(first.of)
    rebuild(second.of)
    lake.undo_batch(
        organisation_id=first.of.pk, batch_id=lake.batches(organisation_id=first.of.pk, table=SPEND_LINES)[0].id
    )
    rebuild(first.of)
    first.check()
    second.check()
    assert not any(storing.stored(model, first.of.pk) for model in storing.KEYS)


def test_rebuilding_again_changes_nothing() -> None:
    town = Town(12)
    town.import_batch()
    assert rebuild(town.of).changed_rows > 0
    again = rebuild(town.of)
    assert again.skipped
    forced = rebuild(town.of, force=True)
    assert (forced.skipped, forced.changed_rows) == (False, 0)


def test_an_announced_change_is_built_even_without_new_lines() -> None:
    town = Town(13)
    town.import_batch()
    rebuild(town.of)
    api.on_spend_changed(organisation_id=town.of.pk)
    assert not rebuild(town.of).skipped
    state = SpendState.objects.get(organisation=town.of)
    assert state.built == state.wanted


def test_a_batch_that_nobody_announced_is_noticed() -> None:
    town = Town(14)
    town.import_batch()
    rebuild(town.of)
    town.import_batch()
    assert not rebuild(town.of).skipped
    town.check()


def test_derived_files_may_be_thrown_away() -> None:
    town = Town(15)
    town.import_batch()
    rebuild(town.of)
    for path in cells.folder_of(town.of.pk).iterdir():
        path.unlink()
    assert not rebuild(town.of).skipped
    town.check()


def test_old_generations_and_cells_of_undone_batches_are_cleaned_up() -> None:
    town = Town(16)
    for _ in range(3):
        town.import_batch()
        rebuild(town.of)
    town.undo_batch()
    rebuild(town.of)
    names = sorted(path.name.split("-")[0] for path in cells.folder_of(town.of.pk).iterdir())
    assert names == ["assigned", "assigned", "cells", "cells"]
