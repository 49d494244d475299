"""Declaring an operation of the API: who may call it. An operation without a declaration breaks the build."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from koopkracht.shared.errors import NotAllowed

PUBLIC = "public"
FunctionT = TypeVar("FunctionT", bound=Callable[..., Any])


def operation(permission: str) -> Callable[[FunctionT], FunctionT]:
    """Declare that an operation needs ``permission`` and check it before the operation runs."""

    def declare(function: FunctionT) -> FunctionT:
        @wraps(function)
        def wrapped(request: Any, *args: Any, **kwargs: Any) -> Any:
            if permission != PUBLIC:
                if request.actor is None:
                    raise NotAllowed("Meld u eerst aan.", code="not-logged-in")
                request.actor.require(permission)
            return function(request, *args, **kwargs)

        wrapped.permission = permission  # type: ignore[attr-defined]
        # ninja reads the parameters: their types are names in the module of the operation, not in this one.
        wrapped.__signature__ = inspect.signature(function, eval_str=True)  # type: ignore[attr-defined]
        return cast(FunctionT, wrapped)

    return declare
