"""For the operator's machines: is it alive, and how busy is it."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django_prometheus.exports import ExportToDjangoView

from koopkracht import __version__


def health(_request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database answers, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "fout", "database": "antwoordt niet"}, status=503)
    return JsonResponse({"status": "goed", "version": __version__})


def metrics(request: HttpRequest) -> HttpResponse:
    """Answer the counters in Prometheus' format to whoever shows the operator's token; 404 for everybody else."""
    shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not secrets.compare_digest(shown, settings.METRICS_TOKEN):
        return HttpResponse(status=404)
    answer: HttpResponse = ExportToDjangoView(request)
    return answer


health.permission = metrics.permission = "public"  # type: ignore[attr-defined]
