"""Every address of the product: its name, what it declares, and an address to call."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from koopkracht.web.ui.middleware import is_library_view

FILLERS = {
    "int": "{key}",
    "str": "{key}",
    "slug": "{key}",
    "path": "{key}",
    "uuid": "00000000-0000-0000-0000-{key:0>12}",
}


@dataclass(frozen=True)
class Route:
    """One URL pattern."""

    name: str
    template: str
    view: Any

    @property
    def permission(self) -> str | None:
        """Return what the view declares."""
        return getattr(self.view, "permission", None)

    @property
    def is_library(self) -> bool:
        """Tell whether a library answers, under its own rules."""
        return self.permission is None and is_library_view(self.view)

    @property
    def has_parameters(self) -> bool:
        """Tell whether the address names an object."""
        return "<" in self.template

    def address(self, key: int) -> str:
        """Return the address with ``key`` in every parameter."""
        text = re.sub(r"<(\w+):\w+>", lambda found: FILLERS[found[1]].format(key=key), self.template)
        return "/" + re.sub(r"\(\?P<\w+>[^)]*\)|<\w+>", str(key), text)


def routes() -> list[Route]:
    """Return every route, ours and the libraries'."""
    return list(_walk(get_resolver(), "", ""))


def _walk(resolver: Any, prefix: str, namespace: str) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern, prefix + str(pattern.pattern).replace("^", ""), inner)
        elif isinstance(pattern, URLPattern):
            template = prefix + str(pattern.pattern).replace("$", "")
            yield Route(f"{namespace}{pattern.name or template}", template, pattern.callback)
