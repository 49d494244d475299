"""Reminders: each goes out once, in one mail per person, and a turn that was cut off goes on where it stopped."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from koopkracht.accounts import api as accounts
from koopkracht.obligations.models import Obligation, Reminder
from koopkracht.obligations.types import WITH_OWNER, ReminderReport, ReminderRule
from koopkracht.shared import clock, mail

_BATCH = 500
Progress = Callable[[int, int | None, str], None]


@lru_cache(maxsize=1)
def rules() -> tuple[ReminderRule, ...]:
    """Return when to remind, the earliest first, from ``content/terms/reminders.yaml``."""
    content = yaml.safe_load((files("koopkracht.content") / "terms" / "reminders.yaml").read_text(encoding="utf-8"))
    found = (ReminderRule(**row) for row in content["reminders"])
    return tuple(sorted(found, key=lambda rule: rule.days))


def rule_for(due: dt.date, agreed_on: dt.date, on: dt.date) -> ReminderRule | None:
    """Return the last reminder whose day has come; none whose day had passed when the task was agreed on."""
    reached = [rule for rule in rules() if agreed_on <= due + dt.timedelta(days=rule.days) <= on]
    return reached[-1] if reached else None


def remind(*, organisation_id: int, on: dt.date, progress: Progress) -> ReminderReport:
    """Send the reminders of one organisation that are due on a day.

    First all reminders are written down, then each person gets one mail and the rows are marked. A process that is
    killed in between leaves rows without a moment of sending, and the next turn sends just those. A task that is done
    by then needs no reminder. A mail that the server refused stays open for the next turn.
    """
    _note(organisation_id, on)
    waiting = _waiting(organisation_id)
    emails = {one.id: one for one in accounts.colleagues(organisation_id=organisation_id)}
    sent = failed = obligations = 0
    for number, (owner_id, rows) in enumerate(waiting.items()):
        progress(number, len(waiting), _("Herinneringen worden verstuurd."))
        person = emails.get(owner_id)
        if person is None:  # left the organisation: a colleague sees the task on the list of what is late
            continue
        if not _send(person.email, person.label, rows, on):
            failed += 1
            continue
        Reminder.objects.of(organisation_id).filter(pk__in=[row.pk for row in rows]).update(sent_at=clock.now())
        sent += 1
        obligations += len(rows)
    return ReminderReport(mails=sent, obligations=obligations, failed=failed)


def _note(organisation_id: int, on: dt.date) -> None:
    """Write down which reminders are due; what is there already stays as it is."""
    last = max(rule.days for rule in rules())
    first = min(rule.days for rule in rules())
    rows = Obligation.objects.of(organisation_id).filter(
        state__in=WITH_OWNER, due__gte=on - dt.timedelta(days=last + 365), due__lte=on - dt.timedelta(days=first)
    )
    noted: list[Reminder] = []
    for row in rows.order_by("id").values("id", "due", "created_on").iterator():
        rule = rule_for(row["due"], row["created_on"], on)
        if rule is not None:
            noted.append(
                Reminder(
                    organisation_id=organisation_id, obligation_id=row["id"], rule=rule.code, due=row["due"]
                )
            )  # fmt: skip
    Reminder.objects.bulk_create(noted, batch_size=_BATCH, ignore_conflicts=True)


def _waiting(organisation_id: int) -> dict[int, list[Reminder]]:
    """Return per owner the reminders to send, of tasks that still wait for that owner; one per task."""
    rows = (
        Reminder.objects.of(organisation_id)
        .filter(sent_at__isnull=True, obligation__state__in=WITH_OWNER)
        .select_related("obligation")
        .order_by("obligation__due", "obligation_id", "id")
    )
    found: dict[int, list[Reminder]] = defaultdict(list)
    for row in rows:
        if row.due == row.obligation.due:  # the day was moved meanwhile: that reminder is no longer true
            found[row.obligation.owner_id].append(row)
    return found


def _send(to: str, name: str, rows: Sequence[Reminder], on: dt.date) -> bool:
    by_rule: dict[str, list[Reminder]] = defaultdict(list)
    latest: dict[int, Reminder] = {row.obligation_id: row for row in rows}
    for row in latest.values():
        by_rule[row.rule].append(row)
    parts = [_part(rule, by_rule[rule.code]) for rule in reversed(rules()) if rule.code in by_rule]
    count = len(latest)
    subject = ngettext("Herinnering: %(count)s taak", "Herinnering: %(count)s taken", count) % {"count": count}
    body = _(
        "Dag %(name)s\n\n"
        "%(parts)s\n"
        "Meld u aan in Koopkracht en open “Mijn taken” om een taak af te werken of in te dienen.\n\n"
        "U krijgt deze mail omdat deze taken op uw naam staan. Stand van %(day)s.\n"
    ) % {"name": name, "parts": "\n".join(parts), "day": date_format(on, "j F Y")}
    return mail.send(to=to, subject=subject, body=body, about="obligation reminders")


def _part(rule: ReminderRule, rows: Sequence[Any]) -> str:
    lines = [f"{rule.heading}\n{rule.text}"]
    for row in rows:
        day = date_format(row.obligation.due, "j F Y")
        lines.append(_("- %(title)s (uiterlijk %(day)s)") % {"title": row.obligation.title, "day": day})
    return "\n".join(lines) + "\n"
