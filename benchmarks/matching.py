"""How fast and how well possible duplicates among suppliers are found.

Usage: ``python benchmarks/matching.py [number of records] [--json]``

The records are made with their truth known: entities with one to three spellings, a slip of the pen in two thirds of
them, postal code present in 90 %, enterprise number in 50 %, legal form in 80 %. The base is splitting and
comparing every pair within blocks on the exact normalised name; the ratio of one run says more than its seconds.
"""

from __future__ import annotations

import argparse
import json
import random
import time

from koopkracht.market.identifiers import normalise_name
from koopkracht.market.matching import Record, find_duplicates

SYLLABLES = "ba de li ro ma ver con sol tec bou gro ant wer lim den hol pro ser vi ce ka zo mi la ten bos".split()
LEGAL_FORMS = ["BV", "NV", "BVBA", "VZW", "CV", "SRL", "SA", "Coöp"]


def spelled(name: str, chance: random.Random) -> str:
    """Return the name as somebody may have typed it."""
    kind = chance.random()
    if kind < 0.35:
        return name
    if kind < 0.6:
        place = chance.randrange(len(name) - 1)
        return name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    if kind < 0.8:
        place = chance.randrange(len(name))
        return name[:place] + name[place + 1 :]
    return name.upper().replace(".", "")


def make(number: int, seed: int = 5) -> tuple[list[tuple[str, str, str]], list[int]]:
    """Return (name, postal code, enterprise number) per record, and the entity behind each."""
    chance = random.Random(seed)
    records: list[tuple[str, str, str]] = []
    entities: list[int] = []
    entity = 0
    while len(records) < number:
        words = range(chance.choice([1, 2, 2, 3]))
        parts = ["".join(chance.choice(SYLLABLES) for _ in range(chance.randrange(2, 5))).title() for _ in words]
        form, postal = chance.choice(LEGAL_FORMS), str(chance.randrange(1000, 9999))
        kbo = f"0{chance.randrange(200_000_000, 999_999_999)}"
        for _ in range(chance.choice([1, 1, 1, 2, 3])):
            name = spelled(" ".join(parts), chance) + (f" {form}" if chance.random() < 0.8 else "")
            records.append((name, postal if chance.random() < 0.9 else "", kbo if chance.random() < 0.5 else ""))
            entities.append(entity)
        entity += 1
    return records[:number], entities[:number]


def measure(number: int) -> dict[str, float]:
    """Run the matcher once and compare its answer with the truth."""
    raw, entities = make(number)
    sizes: dict[int, int] = {}
    for entity in entities:
        sizes[entity] = sizes.get(entity, 0) + 1
    truth = sum(size * (size - 1) // 2 for size in sizes.values())
    started = time.perf_counter()
    names = [normalise_name(name) for name, _, _ in raw]
    normalised = time.perf_counter()
    records = [Record(index, names[index], kbo, postal) for index, (_, postal, kbo) in enumerate(raw)]
    found = find_duplicates(records)
    ended = time.perf_counter()
    right = sum(entities[proposal.low] == entities[proposal.high] for proposal in found)
    precision, recall = right / max(1, len(found)), right / truth
    return {
        "records": number,
        "proposals": len(found),
        "normalise_seconds": round(normalised - started, 3),
        "match_seconds": round(ended - normalised, 3),
        "records_per_second": round(number / (ended - normalised)),
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * precision * recall / (precision + recall), 4),
    }


def main() -> None:
    """Print the figures as a table or as JSON."""
    parser = argparse.ArgumentParser(description="Measure the matching of suppliers.")
    parser.add_argument("records", type=int, nargs="?", default=100_000)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = measure(options.records)
    if options.json:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        print(f"{name:22}{value:>14,}")


if __name__ == "__main__":
    main()
