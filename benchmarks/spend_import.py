"""Import of a large spend file against DuckDB's bare CSV scan plus Parquet write, in one interleaved run.

usage: python benchmarks/spend_import.py [--lines 10000000] [--rounds 3] [--folder DIR]

Each case is a process of its own; wall time, processor time and peak memory come from the operating system. The answer
is checked first: both must give the same number of lines and the same sum to the cent. The goal is a ratio of at
most 2.0 and at most 400 MiB.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

GOAL_RATIO, GOAL_MEMORY = 2.0, 400
HEADER = (
    "Stuknummer;Boekdatum;Leveranciersnummer;Naam leverancier;Ondernemingsnummer;Bedrag excl. btw;"
    "Algemene rekening;Omschrijving rekening;Beleidsveld;Omschrijving\n"
)
_PART = 500_000


def generate(lines: int, target: Path) -> None:
    """Write a file as a Flemish package exports it: semicolons, decimal comma, day first, skewed suppliers."""
    import datetime as dt

    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    dice = np.random.default_rng(20260101)
    suppliers, accounts = 20_000, 400
    words = (
        "levering onderhoud groenaanleg poetsdienst maaltijden werkkledij kantoor catering textiel signalisatie".split()
    )
    days = [f"{dt.date(2016, 1, 1) + dt.timedelta(days=n):%d/%m/%Y}" for n in range(3652)]

    def pick(values: list[str], places: Any) -> pa.Array:
        return pa.array(values).take(pa.array(places))

    def text(values: Any) -> pa.Array:
        return pa.array(values).cast(pa.string())

    with target.open("wb") as stream:
        stream.write(HEADER.encode())
        for start in range(0, lines, _PART):
            size = min(_PART, lines - start)
            supplier = np.minimum((dice.pareto(0.9, size) * 40).astype(np.int64), suppliers - 1)
            account = dice.integers(0, accounts, size)
            cents = np.maximum((np.exp(dice.normal(5.5, 1.6, size)) * 100).astype(np.int64), 1)
            sign = pick(["", "-"], (dice.random(size) < 0.03).astype(np.int8))
            amount = pc.binary_join_element_wise(
                pc.binary_join_element_wise(sign, text(cents // 100), ""), pc.utf8_lpad(text(cents % 100), 2, "0"), ","
            )
            number = np.arange(start, start + size)
            columns = [
                pc.binary_join_element_wise(pick(["S"], np.zeros(size, np.int8)), text(number), ""),
                pick(days, dice.integers(0, len(days), size)),
                text(supplier + 100_000),
                pc.binary_join_element_wise(pick(["Leverancier"], np.zeros(size, np.int8)), text(supplier), " "),
                text(supplier * 97 + 400_000_000),
                amount,
                text(account + 610_000),
                pc.binary_join_element_wise(pick(["Rekening"], np.zeros(size, np.int8)), text(account), " "),
                text(dice.integers(100, 250, size)),
                pc.binary_join_element_wise(pick(words, dice.integers(0, len(words), size)), text(number // 3), " "),
            ]
            stream.write(("\n".join(pc.binary_join_element_wise(*columns, ";").to_pylist()) + "\n").encode())


def duckdb_case(source: Path, folder: Path) -> dict[str, int]:
    """Scan the file and write Parquet, nothing more."""
    import duckdb

    target = folder / "duckdb.parquet"
    database = duckdb.connect()
    database.execute("SET threads = 2")
    scan = f"read_csv('{source}', delim=';', header=true, decimal_separator=',')"
    database.execute(f"COPY (SELECT * FROM {scan}) TO '{target}' (FORMAT parquet)")
    answer = f"SELECT count(*), CAST(sum(round(\"Bedrag excl. btw\" * 100)) AS BIGINT) FROM '{target}'"
    rows, cents = database.execute(answer).fetchone() or (0, 0)
    return {"rows": rows, "cents": cents}


def prepare(source: Path) -> None:
    """Make a database with one organisation and plan the file."""
    api, actor = _started()
    with source.open("rb") as stream:
        (receipt,) = api.receive_spend(actor=actor, filename=source.name, stream=stream)
    api.plan_spend(actor=actor, receipt_id=receipt.id)


def koopkracht_case() -> dict[str, int]:
    """Take the planned file over: lines in the lake, suppliers in the register, everything committed."""
    api, actor = _started()
    (receipt,) = api.receipts(organisation_id=actor.organisation_id, kind="spend")
    counts = api.apply_spend(actor=actor, receipt_id=receipt.id).counts
    return {"rows": counts["rows"], "cents": counts["cents"]["EUR"]}


def undo() -> None:
    """Make the next round start where the first did."""
    api, actor = _started()
    (receipt,) = api.receipts(organisation_id=actor.organisation_id, kind="spend")
    api.undo_spend(actor=actor, receipt_id=receipt.id)
    api.plan_spend(actor=actor, receipt_id=receipt.id)


@cache
def _started() -> Any:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "koopkracht.config.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from koopkracht.accounts.models import Organisation
    from koopkracht.accounts.permissions import Role, permissions_of
    from koopkracht.exchange import api
    from koopkracht.shared.actor import Actor

    call_command("migrate", verbosity=0)
    town, _ = Organisation.objects.get_or_create(slug="benchmark", defaults={"name": "Meting", "kind": "municipality"})
    roles = frozenset({str(Role.ADMINISTRATOR)})
    return api, Actor(organisation_id=town.pk, roles=roles, permissions=permissions_of(roles), label="benchmark")


def child(case: str, source: Path, folder: Path) -> None:
    """Run one case in this process and print what it took, the start of Python and Django left out.

    An import runs in a worker that is there already; the time of DuckDB starts after its import as well.
    """
    if case == "duckdb":
        import_module("duckdb")
    else:
        _started()
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
    steps = {
        "duckdb": lambda: duckdb_case(source, folder),
        "koopkracht": koopkracht_case,
        "prepare": lambda: prepare(source),
        "undo": undo,
    }
    answer = steps[case]()
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(
        json.dumps(
            {
                "answer": answer,
                "wall": time.perf_counter() - start,
                "cpu": used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime,
                "mib": used.ru_maxrss / 1024,
            }
        )
    )


def measured(case: str, source: Path, folder: Path) -> dict[str, Any]:
    """Run one case in a process of its own."""
    environment = {**os.environ, "KOOPKRACHT_HOME": str(folder / "home")}
    command = [sys.executable, __file__, "--case", case, "--source", str(source), "--folder", str(folder)]
    output = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
    found: dict[str, Any] = json.loads(output.splitlines()[-1])
    return found


def report(results: dict[str, list[dict[str, Any]]], lines: int) -> None:
    """Print medians and the ratios between them."""
    middle = {
        case: {key: statistics.median(run[key] for run in runs) for key in ("wall", "cpu", "mib")}
        for case, runs in results.items()
    }
    print(f"{lines:,} lines, medians of {len(results['duckdb'])} rounds")
    for case, found in middle.items():
        print(f"{case:12} wall {found['wall']:7.2f} s   cpu {found['cpu']:7.2f} s   peak {found['mib']:6.0f} MiB")
    ratio = {key: middle["koopkracht"][key] / middle["duckdb"][key] for key in ("wall", "cpu")}
    met = ratio["wall"] <= GOAL_RATIO and middle["koopkracht"]["mib"] <= GOAL_MEMORY
    print(
        f"ratio: wall {ratio['wall']:.2f}, cpu {ratio['cpu']:.2f} (goal <= {GOAL_RATIO}, <= {GOAL_MEMORY} MiB): {met}"
    )


def main() -> None:
    """Parse the options; without ``--case`` run everything."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--lines", type=int, default=10_000_000)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--folder", type=Path, default=None)
    options.add_argument("--case", default="")
    options.add_argument("--source", type=Path, default=None)
    given = options.parse_args()
    if given.case:
        child(given.case, given.source, given.folder)
        return
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        folder = Path(name)
        source = folder / "lines.csv"
        generate(given.lines, source)
        measured("prepare", source, folder)
        results: dict[str, list[dict[str, Any]]] = {"duckdb": [], "koopkracht": []}
        for number in range(given.rounds):
            for case, runs in results.items():
                runs.append(measured(case, source, folder))
            if number + 1 < given.rounds:
                measured("undo", source, folder)
        answers = {json.dumps(run["answer"], sort_keys=True) for runs in results.values() for run in runs}
        if len(answers) > 1:
            sys.exit(f"the answers differ: {answers}")
        report(results, given.lines)


if __name__ == "__main__":
    main()
