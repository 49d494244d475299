"""A large archive is taken over in the background, and the job can be run again."""

from __future__ import annotations

import io
import zipfile

import pytest

from koopkracht.accounts.permissions import Role
from koopkracht.dossiers.models import Notice
from koopkracht.exchange import api as exchange
from koopkracht.jobs import api as jobs
from tests.accounts import factories
from tests.exchange import notice_xml as xml


@pytest.mark.django_db
@pytest.mark.django_db(transaction=True)  # the worker opens connections of its own
def test_a_large_archive_goes_to_a_job(django_capture_on_commit_callbacks) -> None:
    actor = factories.actor(factories.organisation(), Role.BUYER)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as opened:
        for number in range(30):
            opened.writestr(f"{number}.xml", xml.award_notice(number=f"n-{number}"))
    received = exchange.receive_notices(actor=actor, filename="veel.zip", stream=io.BytesIO(made.getvalue()))
    exchange.plan_notices(actor=actor, receipt_id=received.id)
    with django_capture_on_commit_callbacks(execute=True):
        number = exchange.start_apply_notices(actor=actor, receipt_id=received.id)
    assert number is not None
    assert not Notice.objects.exists()
    jobs.run_until_idle()
    found = exchange.receipt(organisation_id=actor.organisation_id, receipt_id=received.id)
    assert (found.status, found.counts) == ("applied", {"create": 30})
    assert Notice.objects.count() == 30
    assert exchange.start_apply_notices(actor=actor, receipt_id=received.id) is None
