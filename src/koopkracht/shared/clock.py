"""The one clock: code that decides by date asks here or receives the date as an argument."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

BRUSSELS = ZoneInfo("Europe/Brussels")


def now() -> dt.datetime:
    """Return the current moment as an aware datetime in UTC."""
    return dt.datetime.now(tz=dt.UTC)  # noqa: TID251 - this is the one place that may read the machine's clock


def today() -> dt.date:
    """Return today's date in Belgium, where deadlines are counted."""
    return now().astimezone(BRUSSELS).date()
