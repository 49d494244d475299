"""Safe parse of notices with all business terms, against lxml parsing the same bytes and nothing more.

First the answer is checked: for a sample of terms an XPath over the plain tree must give the same values. Goal: at most
2.0 times the parse, on real notices. The examples of the standard (small, dense, indented) and the reading of the whole
record (lots, results, winners, issues) are shown beside it for orientation.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tarfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from lxml import etree

from koopkracht.exchange.formats.eforms import read_eforms
from koopkracht.exchange.formats.eforms_terms import NAMESPACES
from koopkracht.exchange.formats.eforms_tree import Block, collect
from koopkracht.exchange.formats.xml_safe import parse_xml

GOAL = 2.0
REAL, EXAMPLES = "notices-real.tar.gz", "sdk-examples-1.14.2.tar.gz"
CHECKED = {
    ("notice", "title"): "/*/cac:ProcurementProject/cbc:Name",
    ("lot", "id"): "/*/cac:ProcurementProjectLot/cbc:ID",
    ("lot", "main_cpv"): "/*/cac:ProcurementProjectLot/cac:ProcurementProject/cac:MainCommodityClassification"
    "/cbc:ItemClassificationCode",
    ("criterion", "type"): "//cac:SubordinateAwardingCriterion/cbc:AwardingCriterionTypeCode",
    ("party", "name"): "//efac:Organization/*/cac:PartyName/cbc:Name",
    ("tender", "value"): "//efac:NoticeResult/efac:LotTender/cac:LegalMonetaryTotal/cbc:PayableAmount",
    ("additional_type", "code"): "//cac:ProcurementAdditionalType/cbc:ProcurementTypeCode",
}


def main() -> int:
    """Measure and print; 1 when an answer differs or the goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    default = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
    folder = Path(os.environ.get("KOOPKRACHT_REFERENCE_DATA", default)) / "eforms"
    if not folder.is_dir():
        print(f"no reference data at {folder}; set KOOPKRACHT_REFERENCE_DATA", file=sys.stderr)
        return 2
    ratios = []
    for name in (REAL, EXAMPLES):
        notices = load(folder / name)
        check(notices)
        ratios.append(measure(name, notices, options.rounds))
    print(f"ratio on real notices {ratios[0]:.2f}; goal {GOAL}")
    return int(ratios[0] > GOAL)


def load(archive: Path) -> list[bytes]:
    """Return the documents of an archive."""
    with tarfile.open(archive) as opened:
        files = [opened.extractfile(member) for member in opened if member.name.endswith(".xml")]
        return [file.read() for file in files if file is not None]


def check(notices: Sequence[bytes]) -> None:
    """Stop when a term does not have the values that a plain XPath finds."""
    for data in notices:
        tree = etree.fromstring(data)
        block, _unknown = collect(parse_xml(data))
        for (kind, term), path in CHECKED.items():
            plain = [found.text.strip() for found in tree.xpath(path, namespaces=dict(NAMESPACES)) if found.text]
            ours = [text.strip() for part in blocks(block) if part.spec.name == kind for text in part.all(term)]
            if sorted(filter(None, plain)) != sorted(filter(None, ours)):
                raise SystemExit(f"{kind}/{term} differs: {plain[:3]} against {ours[:3]}")


def blocks(block: Block) -> list[Block]:
    """Return a block and all blocks in it."""
    return list(block.walk())


def measure(name: str, notices: Sequence[bytes], rounds: int) -> float:
    """Print CPU time per notice of each case, in interleaved rounds, and return the ratio that counts."""
    plain = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    cases: dict[str, Callable[[bytes], object]] = {
        "lxml parse only": lambda data: etree.fromstring(data, plain),
        "safe parse": parse_xml,
        "safe parse and all terms": lambda data: collect(parse_xml(data)),
        "whole record with issues": read_eforms,
    }
    times: dict[str, list[float]] = {case: [] for case in cases}
    for _ in range(rounds):
        for case, work in cases.items():
            start = time.process_time()
            for data in notices:
                work(data)
            times[case].append(time.process_time() - start)
    middle = {case: statistics.median(found) for case, found in times.items()}
    base = middle["lxml parse only"]
    print(f"{name}: {len(notices)} notices, mean {sum(map(len, notices)) / len(notices) / 1000:.1f} kB")
    for case, seconds in middle.items():
        print(f"  {case:26} {seconds / len(notices) * 1e6:8.0f} µs a notice   {seconds / base:5.2f} x")
    return middle["safe parse and all terms"] / base


if __name__ == "__main__":
    sys.exit(main())
