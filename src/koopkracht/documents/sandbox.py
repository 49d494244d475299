"""Run one parse function in a child process with limits on memory, time and output.

The web worker must survive whatever a file does to a library: abort, endless loop, gigabytes. The child has no secrets
in its environment, gets its arguments as JSON, and answers with plain values or our own frozen records through a file
whose size the kernel limits.
"""

from __future__ import annotations

import json
import os
import pickle
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import IO, Any

import structlog

from koopkracht.shared.guards import HostileFile

log = structlog.get_logger()

_OWN = ("koopkracht.",)
_GRACE_SECONDS = 5
_KEPT_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "TZ", "TMPDIR", "SYSTEMROOT", "COVERAGE_PROCESS_START")
_PLAIN = {
    ("builtins", "set"),
    ("builtins", "frozenset"),
    ("datetime", "date"),
    ("datetime", "datetime"),
    ("datetime", "time"),
    ("datetime", "timedelta"),
    ("datetime", "timezone"),
    ("decimal", "Decimal"),
}


@dataclass(frozen=True, slots=True)
class SandboxLimits:
    """What the child may use; the interpreter itself takes about 100 MiB of the memory.

    ``address_space`` off is for a library that reserves gigabytes of addresses it never fills (Saxon): then only what
    is really written to is limited.
    """

    memory: int = 768 << 20
    seconds: int = 20
    output: int = 256 << 20
    address_space: bool = True


DEFAULT = SandboxLimits()


def run(function: str, /, *, arguments: Mapping[str, Any], limits: SandboxLimits = DEFAULT) -> Any:
    """Call ``package.module:name`` with keyword arguments (plain JSON) in a child process and return its result.

    A ``Rejected`` in the child is raised here again as ``HostileFile`` with the same code and message. Running out of
    memory or time, a crash and an unexpected error become ``HostileFile`` as well: the file is to blame until
    proven otherwise, and the log has the details.
    """
    if not function.startswith(_OWN):
        raise ValueError("only our own functions run in the sandbox")
    request = json.dumps(
        {
            "function": function,
            "arguments": dict(arguments),
            "memory": limits.memory,
            "seconds": limits.seconds,
            "output": limits.output,
            "address_space": limits.address_space,
        }
    )
    with tempfile.TemporaryFile() as answer:
        status, errors = _call(request, answer, limits)
        if status != 0:
            log.warning("sandbox.died", function=function, status=status, errors=errors[-2000:])
            raise _death(status)
        answer.seek(0)
        outcome, value = _PlainUnpickler(answer).load()
    if outcome == "result":
        return value
    if outcome == "failed":
        log.warning("sandbox.failed", function=function, errors=value["details"].pop("trace", ""))
    raise HostileFile(value["message"], code=value["code"], **value["details"])


def _call(request: str, answer: IO[bytes], limits: SandboxLimits) -> tuple[int, str]:
    environment = {name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ}
    environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    # The wall clock stops a child that waits; the processor limit in the child stops one that runs.
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter, our own module, no shell
            [sys.executable, "-B", "-m", "koopkracht.documents.sandbox_child", str(answer.fileno())],
            input=request.encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            pass_fds=(answer.fileno(),),
            env=environment,
            timeout=limits.seconds + _GRACE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return -signal.SIGXCPU, "wall clock"
    return done.returncode, done.stderr.decode("utf-8", "replace")


def _death(status: int) -> HostileFile:
    if status in (-signal.SIGXCPU, -signal.SIGKILL):
        return HostileFile(
            "Dit bestand lezen duurde te lang; we zijn gestopt. Splits het in kleinere bestanden, "
            "of vraag een nieuw bestand.",
            code="guard.time",
        )
    if status == -signal.SIGXFSZ:
        return HostileFile(
            "Dit bestand levert veel meer gegevens op dan het groot is; we zijn gestopt met lezen.", code="guard.output"
        )
    return HostileFile(
        "Dit bestand doet het programma dat het leest vastlopen. Open het in uw eigen programma en bewaar het opnieuw.",
        code="guard.crash",
    )


class _PlainUnpickler(pickle.Unpickler):
    """Reads plain values, dates, amounts and our own frozen records and enumerations; nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _PLAIN:
            return super().find_class(module, name)
        if module.startswith("koopkracht."):
            found = super().find_class(module, name)
            if isinstance(found, type) and (hasattr(found, "__dataclass_fields__") or issubclass(found, Enum)):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} does not cross the border of the sandbox")
