"""Run the benchmarks one after the other: ``python -m benchmarks [name …]``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
OTHERS = {"__main__", "__init__"}


def main() -> int:
    """Run the named benchmarks (all without names), each in a process of its own; 1 when one failed."""
    known = {path.stem: path for path in sorted(FOLDER.glob("*.py")) if path.stem not in OTHERS and path.stem[0] != "_"}
    wanted = sys.argv[1:] or list(known)
    unknown = [name for name in wanted if name not in known]
    if unknown:
        print(f"unknown: {', '.join(unknown)}; there are {', '.join(known)}", file=sys.stderr)
        return 2
    failed = []
    for name in wanted:
        print(f"\n=== {name}", flush=True)
        if subprocess.run([sys.executable, str(known[name])], cwd=FOLDER.parent, check=False).returncode:
            failed.append(name)
    print("\nfailed: " + ", ".join(failed) if failed else "\nall done")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
