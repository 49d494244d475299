"""Every hidden connection in one file: which event makes which later phase do something, and what runs by itself."""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from koopkracht.audit import api as audit
from koopkracht.documents import api as documents
from koopkracht.jobs import api as jobs
from koopkracht.lake import api as lake
from koopkracht.lake.types import LakeChanged
from koopkracht.market.api import surveys
from koopkracht.market.types.suppliers import SuppliersChanged
from koopkracht.monitoring import api as monitoring
from koopkracht.obligations import api as obligations
from koopkracht.questionnaires import api as questionnaires
from koopkracht.questionnaires.types import QuestionnaireFinished
from koopkracht.shared import events


def connect() -> None:
    """Subscribe the later phases to the events of the earlier ones; called once at start-up."""
    events.subscribe(LakeChanged, _rebuild_figures)
    events.subscribe(SuppliersChanged, _rebuild_figures)
    events.subscribe(QuestionnaireFinished, surveys.announce_finished)
    jobs.periodic("questionnaires.close", every=dt.timedelta(minutes=15))(_close_questionnaires)
    jobs.periodic("audit.anchor", every=dt.timedelta(minutes=5))(_anchor)
    jobs.periodic("monitoring.freshen", every=dt.timedelta(minutes=15))(_freshen)
    jobs.periodic("monitoring.indicators", every=dt.timedelta(days=1))(_measure)
    jobs.periodic("lake.sweep", every=dt.timedelta(hours=6))(_sweep)
    jobs.periodic("documents.sweep", every=dt.timedelta(hours=6))(_sweep_received)
    jobs.periodic("obligations.remind", every=dt.timedelta(days=1))(_remind)
    jobs.periodic("jobs.prune", every=dt.timedelta(days=1))(_prune_jobs)


def _rebuild_figures(event: LakeChanged | SuppliersChanged) -> None:
    monitoring.on_spend_changed(organisation_id=event.organisation_id)


def _anchor() -> None:
    """Write the heads of the audit chains to a file outside the database."""
    audit.export_anchor(path=settings.AUDIT_ANCHORS)


def _freshen() -> None:
    """Rebuild the figures that an upgrade or a stopped worker left behind."""
    monitoring.rebuild_stale()


def _measure() -> None:
    """Compute the indicators, also where notices or contracts came in without new spend."""
    monitoring.refresh_all_indicators()


def _sweep() -> None:
    """Remove the files that an interrupted import left behind."""
    lake.sweep()


def _sweep_received() -> None:
    """Remove the files that an interrupted upload left behind."""
    documents.sweep()


def _remind() -> None:
    """Put the reminders of tasks in the queue, for every organisation."""
    obligations.enqueue_reminders()


def _prune_jobs() -> None:
    """Remove jobs that finished long ago."""
    jobs.prune()


def _close_questionnaires() -> None:
    """Close the question lists whose last day has passed."""
    questionnaires.close_due()
