"""``koopkracht rules``: check the legal content, load a release, ask a question, compare two releases."""

from __future__ import annotations

import argparse
import datetime as dt
import json
from pathlib import Path

from koopkracht.rules import api as rules
from koopkracht.shared import clock
from koopkracht.shared.errors import Rejected

ROOT = Path(__file__).resolve().parents[3]


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its subcommands."""
    command = subparsers.add_parser("rules", help="wettelijke regels: nakijken, laden, vragen, vergelijken")
    parts = command.add_subparsers(dest="rules_command", required=True, metavar="ONDERDEEL")

    check = parts.add_parser("check", help="kijk de wettelijke gegevens na")
    check.add_argument("--on", type=_day, default=None, help="datum van het nazicht (standaard vandaag)")
    check.set_defaults(run=run_check)

    load = parts.add_parser("load", help="maak van de gegevens een genummerde uitgave (toont alleen, tenzij --wet-run)")
    load.add_argument("--wet-run", action="store_true", help="schrijf de uitgave weg")
    load.add_argument("--note", default="", help="korte toelichting bij de uitgave")
    load.set_defaults(run=run_load)

    ask = parts.add_parser("ask", help="stel een vraag; het antwoord is JSON")
    ask.add_argument("facts", nargs="*", metavar="GEGEVEN=WAARDE")
    ask.add_argument("--on", type=_day, required=True, help="datum van bekendmaking of uitnodiging, JJJJ-MM-DD")
    ask.add_argument("--question", default=rules.PURCHASE, help="regelfamilie, regelcode of 'purchase'")
    ask.add_argument("--release", type=int, default=None, help="nummer van de uitgave (standaard de nieuwste)")
    ask.set_defaults(run=run_ask)

    compare = parts.add_parser("compare", help="welke bewaarde antwoorden verschillen tussen twee uitgaven")
    compare.add_argument("--from", dest="before", type=int, required=True)
    compare.add_argument("--to", dest="after", type=int, required=True)
    compare.set_defaults(run=run_compare)

    remind = parts.add_parser("remind", help="welke gegevens aflopen of lang niet nagekeken zijn")
    remind.add_argument("--on", type=_day, default=None)
    remind.set_defaults(run=run_remind)


def run_check(options: argparse.Namespace) -> int:
    """Print every problem; errors give exit code 1."""
    pages, cases = ROOT / "docs" / "rules", ROOT / "tests" / "rules" / "cases"
    problems = rules.check(
        on=options.on or clock.today(),
        pages=pages if pages.is_dir() else None,
        cases=cases if cases.is_dir() else None,
    )
    for problem in problems:
        sign = "FOUT" if problem.level == "error" else "let op"
        print(f"{sign}: {problem.where}: {problem.message}")
    errors = sum(problem.level == "error" for problem in problems)
    print(f"{errors} fouten, {len(problems) - errors} waarschuwingen.")
    return 1 if errors else 0


def run_load(options: argparse.Namespace) -> int:
    """Load a release, or say what would happen."""
    if not options.wet_run:
        code = run_check(argparse.Namespace(on=None))
        print("Er is niets weggeschreven. Voeg --wet-run toe om de uitgave te maken.")
        return code
    release = rules.load_release(note=options.note)
    print(f"Uitgave {release.number} met {release.parameters} gegevens ({release.content_hash[:12]}).")
    return 0


def run_ask(options: argparse.Namespace) -> int:
    """Answer one question as the API does."""
    facts: dict[str, str] = {}
    for text in options.facts:
        name, sign, value = text.partition("=")
        if not sign:
            raise Rejected(f"“{text}” is geen gegeven. Schrijf naam=waarde.", code="rules.bad-argument")
        facts[name] = value
    answer = rules.evaluate(question=options.question, facts=facts, on=options.on, release=options.release)
    print(json.dumps(rules.answer_json(answer), ensure_ascii=False, indent=2))
    return 0


def run_compare(options: argparse.Namespace) -> int:
    """Print the kept answers that differ: the release note for jurists."""
    found = rules.compare(before=options.before, after=options.after)
    for comparison in found:
        print(f"{comparison.title} ({comparison.on.isoformat()}, {comparison.evaluation_id})")
        if comparison.problem:
            print(f"  {comparison.problem}")
        for difference in comparison.differences:
            print(f"  {difference.rule} {difference.statement}")
            print(f"    was: {difference.before}")
            print(f"    nu:  {difference.after}")
    print(f"{len(found)} bewaarde antwoorden verschillen tussen uitgave {options.before} en {options.after}.")
    return 0


def run_remind(options: argparse.Namespace) -> int:
    """Print what a jurist should look at before the year starts."""
    found = rules.reminders(on=options.on or clock.today())
    for reminder in found:
        print(f"{reminder.day.isoformat()} {reminder.code}: {reminder.label}. {reminder.reason}")
    print(f"{len(found)} gegevens om na te kijken.")
    return 0


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("schrijf een datum als 2026-11-21") from None
