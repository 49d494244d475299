"""Everything that must pass, in order of how quickly it fails. Nothing may be left out in CI.

Usage: run_tests.py [--fast]   (--fast: lint, types, contracts and the tests on SQLite only)
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from postgres import postgres

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CI = os.environ.get("CI", "").lower() in {"1", "true"}
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
LINT = (
    ["ruff", "check", "."],
    ["ruff", "format", "--check", "."],
    ["lint-imports"],
    ["djlint", "src/koopkracht/web/templates", "--lint", "--quiet"],
    ["mypy", "src/koopkracht"],
)


class Runner:
    """Runs the steps, keeps what failed and what was left out, and says so at the end."""

    def __init__(self) -> None:
        self.failed: list[str] = []
        self.left_out: list[str] = []

    def step(self, title: str, command: list[str], **environment: str) -> None:
        """Run one step and remember whether it failed."""
        print(f"\n=== {title}", flush=True)
        start = time.monotonic()
        done = subprocess.run(
            [str(BIN / command[0]), *command[1:]], cwd=ROOT, env={**os.environ, **environment}, check=False
        )
        print(f"--- {title}: {'failed' if done.returncode else 'ok'} in {time.monotonic() - start:.0f} s", flush=True)
        if done.returncode:
            self.failed.append(title)

    def leave_out(self, title: str, why: str) -> None:
        """Leave a step out, which is a failure in CI."""
        (self.failed if CI else self.left_out).append(f"{title} ({why})")

    def close(self) -> int:
        """Say loudly what failed and what did not run; return the exit code."""
        print("\n" + "=" * 78)
        for title in self.left_out:
            print(f"NOT RUN: {title}")
        for title in self.failed:
            print(f"FAILED: {title}")
        print("Everything that ran has passed." if not self.failed else f"{len(self.failed)} steps failed.")
        return 1 if self.failed else 0


def pytest_step(runner: Runner, title: str, *options: str, **environment: str) -> None:
    """Run a part of the test suite on both cores."""
    workers = environment.pop("workers", str(min(4, os.cpu_count() or 1)))
    runner.step(title, ["pytest", "-q", "-n", workers, "--dist", "loadfile", *options], **environment)


def main() -> int:
    """Run the steps and return the exit code."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--fast", action="store_true")
    fast = arguments.parse_args().fast
    runner = Runner()
    for command in LINT:
        runner.step(command[0] + (" " + command[1] if command[0] == "ruff" else ""), command)
    pytest_step(runner, "tests on SQLite", "-m", "not browser and not postgres")
    if not fast:
        with postgres() as url:
            if url is None:
                runner.leave_out("tests on PostgreSQL", "PostgreSQL is not installed on this machine")
            else:
                pytest_step(runner, "tests on PostgreSQL", "-m", "not browser and not sqlite", DATABASE_URL=url)
        if any(shutil.which(name) for name in CHROMIUM):
            pytest_step(runner, "tests in Chromium", "-m", "browser", workers="1")
        else:
            runner.leave_out("tests in Chromium", "no Chromium on this machine")
    else:
        runner.left_out += ["tests on PostgreSQL (--fast)", "tests in Chromium (--fast)"]
    return runner.close()


if __name__ == "__main__":
    sys.exit(main())
