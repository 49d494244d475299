"""What every test may use: the reference data, an own data folder, organisations with people, and the tripwires."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CI = os.environ.get("CI", "").lower() in {"1", "true"}
ON_POSTGRES = os.environ.get("DATABASE_URL", "").startswith("postgres")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Choose the tests of this database: a test for the other one is not skipped but belongs to the other run."""
    other = "sqlite" if ON_POSTGRES else "postgres"
    elsewhere = [item for item in items if item.get_closest_marker(other)]
    if elsewhere:
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if not item.get_closest_marker(other)]


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """Name a parameter of bytes after its argument: archives hold the time they were made, and names must not."""
    return argname if isinstance(val, bytes) else None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    """In CI a skipped test is a failed test: what should run must run."""
    report = yield
    if CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped in CI: {report.longrepr}"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell how many of the legal cases a jurist can read have passed."""
    passed = (report.nodeid for report in terminalreporter.stats.get("passed", ()))
    legal = sum(nodeid.startswith("tests/rules/test_cases.py::test_case[") for nodeid in passed)
    if legal:
        terminalreporter.write_line(f"Legal cases that passed (tests/rules/cases): {legal}")


def reference_folder() -> Path:
    """Return where the reference data should be: named by the environment, else beside the checkout."""
    return Path(os.environ.get("KOOPKRACHT_REFERENCE_DATA", ROOT.parent / "shared" / "data"))


@pytest.fixture(scope="session")
def reference_data() -> Path:
    """Return the folder with real notices, spend and official rules; skip outside CI when it is not there."""
    folder = reference_folder()
    if not folder.is_dir():
        pytest.skip(f"no reference data at {folder} (set KOOPKRACHT_REFERENCE_DATA)")
    return folder


@pytest.fixture(autouse=True)
def _own_data_folder(settings, tmp_path: Path) -> None:
    """Give each test its own folders for documents and facts."""
    settings.DOCUMENTS_ROOT = tmp_path / "documents"
    settings.LAKE_ROOT = tmp_path / "lake"
    settings.DERIVED_ROOT = tmp_path / "derived"
    settings.ARTEFACTS_ROOT = tmp_path / "artefacts"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> None:
    """Let a test database be emptied after a test: its audit log is append-only otherwise.

    ``tests/audit`` proves the triggers on databases of its own.
    """
    from django.db import connection

    from koopkracht.audit import triggers

    with django_db_blocker.unblock():
        triggers.remove(connection)
