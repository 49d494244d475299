"""How Arrow behaves in our processes: without pandas, and giving memory back."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

import pyarrow as pa


class _WithoutPandas(MetaPathFinder):
    """Answers, while it is in place, that pandas is not there."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname == "pandas":
            raise ModuleNotFoundError(fullname, name=fullname)
        return None


def settle() -> None:
    """Make Arrow lean; called once when a process starts.

    At its first conversion Arrow looks whether pandas is there, to understand its columns. It is, because Ibis needs
    it, but nothing here hands over such columns: the look alone would cost every process a second and 50 MiB. Who does
    ask for pandas later still gets it.
    """
    pa.set_memory_pool(pa.system_memory_pool())
    if "pandas" not in sys.modules:
        finder = _WithoutPandas()
        sys.meta_path.insert(0, finder)
        try:
            pa.array([0])
        finally:
            sys.meta_path.remove(finder)
