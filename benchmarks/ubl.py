"""Fields, totals and official rules of an invoice, against lxml parsing the same bytes and nothing more.

First the answers are checked: the rules must give the published verdict on every invoice. What is measured is what the
import does with one document: the guard and safe parse, the whole record with our own arithmetic, and the official
EN 16931 rules as loaded.
"""

from __future__ import annotations

import argparse
import csv
import os
import statistics
import sys
import tarfile
import time
from collections.abc import Callable
from pathlib import Path

from lxml import etree

from koopkracht.exchange.formats import schematron
from koopkracht.exchange.formats.ubl import read_invoice
from koopkracht.exchange.formats.ubl_arithmetic import recompute
from koopkracht.exchange.formats.xml_safe import parse_xml

RULES = "EN16931-UBL-validation-1.3.16-preprocessed.sch"


def main() -> int:
    """Measure and print; 1 when a verdict differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    default = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
    folder = Path(os.environ.get("KOOPKRACHT_REFERENCE_DATA", default)) / "ubl"
    if not folder.is_dir():
        print(f"no reference data at {folder}; set KOOPKRACHT_REFERENCE_DATA", file=sys.stderr)
        return 2
    invoices = load(folder / "invoices.tar.gz")
    cases: dict[str, Callable[[bytes], object]] = {
        "lxml parse only": etree.fromstring,
        "guard and safe parse": parse_xml,
        "record with every field": read_invoice,
        "record and own arithmetic": lambda data: recompute(read_invoice(data)),
    }
    if schematron.is_available():
        rules = schematron.compile_rules((folder / RULES).read_bytes())
        if differences := wrong_verdicts(folder, invoices, rules):
            print(f"verdicts differ: {differences}", file=sys.stderr)
            return 1
        cases[f"{rules.assertions} official rules"] = rules.judge
    measure(list(invoices.values()), cases, options.rounds)
    return 0


def load(path: Path) -> dict[str, bytes]:
    """Return the invoices of the archive by name."""
    with tarfile.open(path) as archive:
        return {
            Path(member.name).name: stream.read()
            for member in archive
            if member.isfile() and (stream := archive.extractfile(member))
        }


def wrong_verdicts(folder: Path, invoices: dict[str, bytes], rules: schematron.RuleSet) -> list[str]:
    """Return the invoices on which the rules give another verdict than the published one."""
    with (folder / "invoices-verdicts.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    return [
        row["file"]
        for row in rows
        if schematron.rule_ids(rules.judge(invoices[row["file"]]), fatal=True)
        != tuple(sorted(row["en16931_fatal"].split()))
    ]


def measure(invoices: list[bytes], cases: dict[str, Callable[[bytes], object]], rounds: int) -> None:
    """Run the cases in turns and print the median of each as a ratio to the first."""
    seconds: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(rounds):
        for name, work in cases.items():
            start = time.process_time()
            for data in invoices:
                work(data)
            seconds[name].append(time.process_time() - start)
    base = statistics.median(seconds[next(iter(cases))])
    print(f"{len(invoices)} invoices, mean {sum(map(len, invoices)) // len(invoices)} bytes, {rounds} rounds")
    for name, times in seconds.items():
        middle = statistics.median(times)
        print(f"{name:32} {len(invoices) / middle:10,.0f} invoices/s   ratio {middle / base:6.2f}")


if __name__ == "__main__":
    sys.exit(main())
