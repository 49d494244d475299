"""Structured logs: one event per line, without personal data.

What we log ourselves are fixed sentences with numbers and codes. What libraries log may hold anything, so their
messages are kept as templates without values, and an exception is kept as its type and its places in the code: its
message may quote a row of the database or what somebody typed.
"""

from __future__ import annotations

import logging
import logging.config
import re
import sys
import traceback
from typing import Any

import structlog

# Keys that may hold a person's data; their values never reach a log line.
PRIVATE_KEYS = frozenset(
    {"email", "login", "password", "name", "username", "token", "user_agent", "ip", "ip_address", "query", "filename"}
)
LEFT_OUT = "[weggelaten]"
_PATTERNS = (
    re.compile(r"[^\s@<>\"'/]+@[^\s@<>\"'/]+"),  # e-mail addresses
    re.compile(r"(?<![0-9A-Za-z_-])(?=[0-9A-Za-z_.:-]*[0-9A-Z])[0-9A-Za-z_.:-]{20,}(?![0-9A-Za-z_-])"),  # tokens
    re.compile(r"(?<!\d)(?:\d[ .-]?){9,}\d"),  # numbers of persons, enterprises, accounts and telephones
    re.compile(r"\b(?:\d{1,3}\.){3}\d{1,3}\b"),  # addresses of machines
)
# Made by ourselves or by the logging library: exact, and never about a person.
_SAFE_KEYS = frozenset({"timestamp", "level", "request_id", "logger", "exception"})


def drop_private_values(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Leave out the value of every private key, at any depth, and whatever looks like personal data elsewhere."""
    record = event.get("_record")
    if record is not None and record.args and not record.name.startswith("koopkracht"):
        event["event"] = record.msg
    for key in event.keys() - _SAFE_KEYS:
        if not key.startswith("_"):
            event[key] = _clean(key, event[key])
    return event


def _clean(key: str, value: Any) -> Any:
    if key in PRIVATE_KEYS and value is not None:
        return LEFT_OUT
    if isinstance(value, dict):
        return {name: _clean(str(name), inner) for name, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_clean("", inner) for inner in value]
    if isinstance(value, str | BaseException):
        return scrub(str(value) if isinstance(value, str) else type(value).__name__)
    return value


def scrub(text: str) -> str:
    """Return ``text`` without the query of an address and without what looks like personal data."""
    text = re.sub(r"\?\S*", "", text)
    for pattern in _PATTERNS:
        text = pattern.sub(LEFT_OUT, text)
    return text


def drop_starts(_logger: Any, _method: str, event: Any) -> Any:
    """Keep one line per request: the one that knows how it ended."""
    if event.get("event") == "request_started":
        raise structlog.DropEvent
    return event


def places_of_exception(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Replace an exception by its type and its places in the code, with the exceptions that led to it."""
    info = event.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    error = info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        event["exception"] = _places(error)
    return event


def _places(error: BaseException) -> str:
    lines: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        lines.append(f"{type(current).__module__}.{type(current).__qualname__}")
        frames = traceback.extract_tb(current.__traceback__)
        lines += [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        current = current.__cause__ or current.__context__
    return "\n".join(lines)


def configure(options: dict[str, Any]) -> None:
    """Set up logging; ``options["json"]`` chooses lines for machines over lines for people."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        places_of_exception,
        drop_private_values,
    ]
    renderer: Any = (
        structlog.processors.JSONRenderer() if options.get("json") else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        # First of all: a line that nobody will see must not cost the work of cleaning it.
        processors=[
            structlog.stdlib.filter_by_level,
            drop_starts,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "structured": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "foreign_pre_chain": shared,
                    "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
                }
            },
            "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "structured"}},
            "root": {"handlers": ["console"], "level": "WARNING"},
            "loggers": {
                "koopkracht": {"level": "INFO"},
                # One line per request, for machines only.
                "django_structlog": {"level": "INFO" if options.get("json") else "WARNING"},
                "django.server": {"level": "ERROR", "propagate": True},
            },
        }
    )
