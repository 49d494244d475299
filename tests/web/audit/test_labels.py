"""The log speaks Dutch: every action and subject that the code records has its words."""

import ast
from collections.abc import Iterator
from pathlib import Path

import koopkracht
from koopkracht.web.audit.labels import ACTIONS, SUBJECTS

SOURCE = Path(koopkracht.__file__).parent


def test_every_recorded_action_and_subject_has_words():
    actions, subjects = set(), set()
    for record in _records():
        given = {one.arg: one.value for one in record.keywords}
        actions |= _texts(given["action"])
        subjects |= _texts(given["subject"])
    assert len(actions) > 30, "the calls were not found"
    assert sorted(actions - ACTIONS.keys()) == []
    assert sorted(subjects - SUBJECTS.keys()) == []


def test_words_are_not_codes():
    assert [code for code, words in {**ACTIONS, **SUBJECTS}.items() if str(words) == code] == []


def _records() -> Iterator[ast.Call]:
    """Yield each call that hands an action and its subject to the log."""
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and {"action", "subject"} <= {one.arg for one in node.keywords}:
                yield node


def _texts(value: ast.expr) -> set[str]:
    """Return the texts that an argument can be; a name is handed on from a call that is found by itself."""
    return {node.value for node in ast.walk(value) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
