"""Tell how many legal cases there are, at the end of each run that read them."""

from __future__ import annotations

import pytest

from tests.rules.case_files import all_cases


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the number of cases a jurist can read."""
    terminalreporter.write_line(f"Legal cases in tests/rules/cases: {len(all_cases())}")
