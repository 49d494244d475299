"""Lines become cells: the quick ways give the same keys and the same cells as the slow ones."""

from __future__ import annotations

import random

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from koopkracht.lake import api as lake
from koopkracht.lake.types import SPEND_LINES
from koopkracht.monitoring import cells, storing
from tests.accounts.factories import organisation
from tests.monitoring import recompute
from tests.monitoring.factories import Line, batch, rebuild, supplier

ODD = (
    None,
    "",
    "   ",
    "2024/17",
    "Factuur 12: POETSEN school",
    "Poetsen\tSCHOOL\n13",
    "ÉCOLE Élan – menüs œuvre €5",
    "ÀÖØ×÷ß Ĳ",
    "日本 Papier 東",
    "a" * 79 + " 9 bcd",
    "1a2b3c" * 40,
)


def test_keys_equal_the_naive_ones() -> None:
    numbers, keys = cells.keys_of(pa.array(ODD, pa.string()))
    assert keys.take(numbers).to_pylist() == [recompute.key_of(text) for text in ODD]


def test_keys_of_random_texts_equal_the_naive_ones() -> None:
    chance = random.Random(4)
    letters = "aAzZ09 -_.éÉ÷×ÿŸœß€\t\n"
    texts = ["".join(chance.choices(letters, k=chance.randrange(120))) for _ in range(2_000)]
    numbers, keys = cells.keys_of(pa.array(texts, pa.string()))
    assert keys.take(numbers).to_pylist() == [recompute.key_of(text) for text in texts]


def test_keys_of_a_part_of_an_array() -> None:
    part = pa.array(ODD, pa.string()).slice(4, 3)
    numbers, keys = cells.keys_of(part)
    assert keys.take(numbers).to_pylist() == [recompute.key_of(text) for text in ODD[4:7]]


def test_no_descriptions_give_no_keys() -> None:
    numbers, keys = cells.keys_of(pa.array([], pa.string()))
    assert (len(numbers), len(keys)) == (0, 0)


def test_texts_that_differ_in_numbers_only_share_a_key() -> None:
    numbers, keys = cells.keys_of(pa.array([f"Poetsen {number}" for number in range(1_000)], pa.string()))
    assert keys.to_pylist() == ["poetsen"]
    assert set(numbers.to_pylist()) == {0}


@pytest.mark.django_db
def test_a_batch_in_pieces_gives_the_same_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    town = organisation()
    who = supplier(town)
    lines = [
        Line(number, who, account_code="6102", account_name=f"Onderhoud {number % 7}", description="Poetsen 1")
        for number in range(1, 51)
    ]
    batch(town, lines)
    monkeypatch.setattr(cells, "_PIECE", 8)
    rebuild(town)
    expected = recompute.figures(town)
    for model in storing.KEYS:
        found = {key: values[1:] for key, values in storing.stored(model, town.pk).items()}
        assert found == expected[model], model.__name__
    file = lake.files(organisation_ids=[town.pk], table=SPEND_LINES)[0]
    kept = pq.read_table(cells.ensure(file)).to_pylist()
    assert len(kept) > 1
    assert sum(cell["cents"] for cell in kept) == sum(range(1, 51))
    assert max(cell["account_name"] for cell in kept) == "Onderhoud 6"
