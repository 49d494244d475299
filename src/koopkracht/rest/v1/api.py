"""Version 1 of the API: the same doors as the pages, answers as JSON, described at ``/api/v1/openapi.json``."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import ValidationError

from koopkracht.shared.errors import KoopkrachtError


class Problem(Schema):
    """Why a call was refused: ``code`` is stable, ``message`` is a Dutch sentence."""

    code: str
    message: str
    details: dict[str, Any] = {}


api = NinjaAPI(
    title="Koopkracht",
    version="1.0.0",
    description="Sociaal aankopen voor lokale besturen. Fouten hebben een vaste code en een Nederlandse zin.",
    urls_namespace="api-v1",
    docs_url=None,
)


@api.exception_handler(KoopkrachtError)
def refused(request: HttpRequest, error: Any) -> HttpResponse:
    """Answer our own errors with their status and code."""
    answer = {"code": error.code, "message": error.message, "details": error.details}
    return api.create_response(request, answer, status=error.status)


@api.exception_handler(ValidationError)
def malformed(request: HttpRequest, error: Any) -> HttpResponse:
    """Answer input of the wrong shape with the place of each fault."""
    faults = [
        {"where": ".".join(str(part) for part in fault["loc"][2:]), "what": fault["msg"]} for fault in error.errors
    ]
    answer = {
        "code": "malformed",
        "message": "De gegevens hebben niet de juiste vorm. Bij «details» staat wat er waar ontbreekt of fout is.",
        "details": {"faults": faults},
    }
    return api.create_response(request, answer, status=422)


api.add_router("/rules", "koopkracht.rest.v1.rules.router")
