"""The components as one object: templates call ``ui.button(...)`` without importing anything."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment

FILES = ("actions", "structure", "feedback", "figures", "charts", "tables", "lists", "forms")
"""Template files below ``ui/`` that hold macros; the catalogue page walks the same list."""


class Kit:
    """Finds a macro by its name in the component files; the files are loaded at the first use."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._macros: dict[str, Any] = {}

    def macros(self) -> dict[str, Any]:
        """Return all macros by name; two files may not define the same name."""
        if not self._macros:
            found: dict[str, Any] = {}
            for file in FILES:
                module = self._environment.get_template(f"ui/{file}.html").module
                for name, macro in vars(module).items():
                    if name.startswith("_") or not callable(macro):
                        continue
                    if name in found:
                        raise ValueError(f"macro {name} is defined twice")
                    found[name] = macro
            self._macros = found
        return self._macros

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return self.macros()[name]
        except KeyError:
            raise AttributeError(f"there is no component {name}") from None
