"""Every test of monitoring works with the same short tree of product groups."""

from __future__ import annotations

import pytest

from koopkracht.monitoring import groups
from tests.monitoring.factories import GROUPS


@pytest.fixture(autouse=True)
def short_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups, "all_groups", lambda: GROUPS)
