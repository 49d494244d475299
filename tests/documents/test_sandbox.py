"""Whatever a parse function does in the sandbox, the caller gets an answer or a clear refusal."""

from __future__ import annotations

import pickle
import textwrap
from pathlib import Path

import pytest

from koopkracht.documents import api, sandbox
from koopkracht.documents.api import SandboxLimits
from koopkracht.shared.guards import HostileFile

MISBEHAVIOUR = """
    import datetime, os, resource, time
    from decimal import Decimal
    from koopkracht.shared.errors import Rejected
    from koopkracht.shared.guards import Member

    def echo(value):
        return {"value": value, "day": datetime.date(2026, 11, 21), "amount": Decimal("1.10"), "set": {1},
                "record": Member("a", b"b")}
    def environment():
        return sorted(os.environ)
    def refuse():
        raise Rejected("Dit kan niet.", code="nee", line=3)
    def memory():
        return len(bytearray(4 << 30))
    def spin():
        while True: pass
    def sleep():
        time.sleep(60)
    def abort():
        os.abort()
    def leave():
        os._exit(3)
    def shout():
        return "x" * (5 << 20)
    def bug():
        return {}["ontbreekt"]
    def smuggle():
        return time.sleep
"""


@pytest.fixture(autouse=True)
def _misbehaviour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the functions where only the child finds them: in a package path that its environment names."""
    folder = tmp_path / "modules"
    folder.mkdir()
    (folder / "misbehaviour.py").write_text(textwrap.dedent(MISBEHAVIOUR))
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setattr(sandbox, "_OWN", ("misbehaviour", "koopkracht."))


def refusal(function: str, **limits: int) -> HostileFile:
    with pytest.raises(HostileFile) as caught:
        api.run_sandboxed(f"misbehaviour:{function}", arguments={}, limits=SandboxLimits(**limits))
    return caught.value


def test_plain_values_and_records_come_back() -> None:
    answer = api.run_sandboxed("misbehaviour:echo", arguments={"value": [1, "é"]})
    assert answer["value"] == [1, "é"]
    assert str(answer["amount"]) == "1.10"
    assert answer["record"].name == "a"


def test_child_has_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOOPKRACHT_SECRET_KEY", "geheim")
    names = api.run_sandboxed("misbehaviour:environment", arguments={})
    assert not [name for name in names if name.startswith(("KOOPKRACHT", "DATABASE"))]


def test_refusal_keeps_message_code_and_place() -> None:
    error = refusal("refuse")
    assert (error.message, error.code, error.details) == ("Dit kan niet.", "nee", {"line": 3})


@pytest.mark.parametrize(
    ("function", "limits", "code"),
    [
        ("memory", {}, "guard.memory"),
        ("memory", {"address_space": False}, "guard.memory"),
        ("spin", {"seconds": 1}, "guard.time"),
        ("abort", {}, "guard.crash"),
        ("leave", {}, "guard.crash"),
        ("shout", {"output": 1 << 20}, "guard.output"),
        ("bug", {}, "guard.unreadable"),
    ],
)
def test_misbehaviour_becomes_a_refusal(function: str, limits: dict[str, int], code: str) -> None:
    assert refusal(function, **limits).code == code


def test_a_child_that_waits_is_stopped_by_the_wall_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_GRACE_SECONDS", 0)
    assert refusal("sleep", seconds=1).code == "guard.time"


def test_only_plain_values_cross_the_border() -> None:
    with pytest.raises(pickle.UnpicklingError):
        api.run_sandboxed("misbehaviour:smuggle", arguments={})


def test_only_our_own_functions_run() -> None:
    with pytest.raises(ValueError, match="our own"):
        api.run_sandboxed("os:system", arguments={"command": "true"})
