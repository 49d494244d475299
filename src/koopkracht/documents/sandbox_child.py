"""The other side of the sandbox: set the limits, call one function, write its answer. Only ever started as a module."""

from __future__ import annotations

import importlib
import json
import os
import pickle
import resource
import signal
import sys
import traceback
from typing import Any


def main() -> None:
    """Read the request from standard input, answer on the file descriptor named by the first argument."""
    request = json.loads(sys.stdin.buffer.read())
    module, _, name = request["function"].partition(":")
    function = getattr(importlib.import_module(module), name)
    _limit(request)
    answer = _answer(function, request["arguments"])
    with os.fdopen(int(sys.argv[1]), "wb", closefd=False) as target:
        pickle.dump(answer, target, protocol=pickle.HIGHEST_PROTOCOL)


def _limit(request: dict[str, Any]) -> None:
    seconds = request["seconds"]
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # Python ignores it; too much output must end the child
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (request["output"], request["output"]))
    resource.setrlimit(resource.RLIMIT_DATA, (request["memory"], request["memory"]))
    if request["address_space"]:
        resource.setrlimit(resource.RLIMIT_AS, (request["memory"], request["memory"]))


def _answer(function: Any, arguments: dict[str, Any]) -> tuple[str, Any]:
    from koopkracht.shared.errors import Rejected

    try:
        return "result", function(**arguments)
    except Rejected as error:
        details = {key: value for key, value in error.details.items() if isinstance(value, str | int | None)}
        return "rejected", {"message": error.message, "code": error.code, "details": details}
    except MemoryError:
        return "rejected", {
            "message": "Dit bestand vraagt bij het lezen veel te veel geheugen; we zijn gestopt. Splits het in delen.",
            "code": "guard.memory",
            "details": {},
        }
    except BaseException:  # noqa: BLE001 - a library panics with its own exception types; the parent logs the trace
        return "failed", {
            "message": "Dit bestand is niet te lezen. Open het in uw eigen programma en bewaar het opnieuw.",
            "code": "guard.unreadable",
            "details": {"trace": traceback.format_exc()[-4000:]},
        }


if __name__ == "__main__":
    main()
