"""For the operator's machines: is it alive, and how busy is it."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django_prometheus.exports import ExportToDjangoView

from koopkracht import __version__
from koopkracht.jobs import api as jobs


def health(_request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database answers, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "fout", "database": "antwoordt niet"}, status=503)
    return JsonResponse({"status": "goed", "version": __version__})


def metrics(request: HttpRequest) -> HttpResponse:
    """Answer in Prometheus' format to whoever shows the operator's token; 404 for everybody else.

    The figures of this process (memory, processor time, open files) and the background jobs of the installation by
    state: a queue that grows or a failed import is what an operator must see.
    """
    shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not secrets.compare_digest(shown.encode(), settings.METRICS_TOKEN.encode()):
        return HttpResponse(status=404)
    answer: HttpResponse = ExportToDjangoView(request)
    answer.content += _jobs().encode()
    return answer


def _jobs() -> str:
    lines = [f'koopkracht_jobs{{state="{state}"}} {count}' for state, count in jobs.totals().items()]
    return "\n".join(
        ("# HELP koopkracht_jobs Background jobs by state.", "# TYPE koopkracht_jobs gauge", *lines, "")
    )  # fmt: skip


health.permission = metrics.permission = "public"  # type: ignore[attr-defined]
