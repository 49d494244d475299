"""Structured logs: one event per line, without personal data."""

from __future__ import annotations

import logging
import logging.config
from typing import Any

import structlog

# Keys that may hold a person's data; their values never reach a log line.
PRIVATE_KEYS = frozenset({"email", "login", "password", "name", "token", "user_agent", "ip", "query"})


def drop_private_values(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Replace the value of every private key, and the query string of a request, by a mark."""
    for key in PRIVATE_KEYS & event.keys():
        event[key] = "[weggelaten]"
    if isinstance(event.get("request"), str):
        event["request"] = event["request"].split("?")[0]
    return event


def configure(options: dict[str, Any]) -> None:
    """Set up logging; ``options["json"]`` chooses lines for machines over lines for people."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        drop_private_values,
    ]
    renderer: Any = (
        structlog.processors.JSONRenderer() if options.get("json") else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
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
            "loggers": {"koopkracht": {"level": "INFO"}, "django.server": {"level": "ERROR", "propagate": True}},
        }
    )
