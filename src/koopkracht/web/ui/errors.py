"""The error pages: what happened, in words, and what the person can do now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from koopkracht.shared.errors import KoopkrachtError
from koopkracht.web.ui.page import render


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """The words of one error page."""

    title: str
    what: str
    steps: Sequence[str]


def words(status: int) -> ErrorPage:
    """Return the words for a status; an unknown status gets those of 500."""
    pages = {
        400: ErrorPage(
            _("We begrijpen deze vraag niet"),
            _("Het adres of het formulier bevat iets dat we niet kunnen lezen."),
            [
                _("Ga terug en vul het formulier opnieuw in."),
                _("Kwam u hier via een link? Begin dan bij de startpagina."),
            ],
        ),
        403: ErrorPage(
            _("U hebt geen toegang tot deze pagina"),
            _("Uw rol in deze organisatie geeft geen recht op wat u vroeg."),
            [
                _("Kijk bovenaan of u bij de juiste organisatie bent."),
                _("Vraag de beheerder van uw organisatie om een rol met dit recht."),
            ],
        ),
        404: ErrorPage(
            _("We vinden deze pagina niet"),
            _("De pagina bestaat niet, is verplaatst, of hoort bij een andere organisatie."),
            [_("Kijk na of het adres juist is."), _("Zoek de pagina via het menu bovenaan.")],
        ),
        409: ErrorPage(
            _("Iemand anders was u net voor"),
            _("Deze gegevens zijn veranderd sinds u de pagina opende. We hebben niets overschreven."),
            [
                _("Ga terug en laad de pagina opnieuw."),
                _("Kijk wat veranderd is en beslis dan of u nog iets wilt wijzigen."),
            ],
        ),
        413: ErrorPage(
            _("Dit bestand is te groot"),
            _("Het bestand is groter dan we voor deze soort kunnen aannemen."),
            [
                _("Splits het bestand, bijvoorbeeld per jaar, en laad de delen apart in."),
                _("Vraag de beheerder van de toepassing om de grens te verhogen."),
            ],
        ),
        422: ErrorPage(
            _("Dit kunnen we niet aannemen"),
            _("De gegevens kloppen niet."),
            [_("Ga terug, verbeter de gegevens en probeer opnieuw.")],
        ),
        429: ErrorPage(
            _("Even geduld"),
            _("U vroeg deze pagina heel vaak in korte tijd."),
            [_("Wacht een minuut en probeer het opnieuw.")],
        ),
        500: ErrorPage(
            _("Er ging iets mis bij ons"),
            _("Het ligt niet aan u. Wat u net deed, is niet bewaard."),
            [_("Probeer het over enkele minuten opnieuw."), _("Blijft het mislukken? Meld het met de code hieronder.")],
        ),
        503: ErrorPage(
            _("Dit lukt nu even niet"),
            _("Een onderdeel van de toepassing is tijdelijk niet beschikbaar."),
            [_("Wacht een minuut en probeer het opnieuw. U hoeft niets te veranderen.")],
        ),
    }
    return pages.get(status, pages[500])


def error_page(request: HttpRequest, status: int, error: KoopkrachtError | None = None) -> HttpResponse:
    """Render the page for ``status``; the message of an error raised on purpose takes the place of our own words."""
    page = words(status)
    if error is not None:
        page = ErrorPage(page.title, error.message, page.steps)
    code = error.code if error else str(getattr(request, "id", "")) if status >= 500 else ""
    return render(request, "ui/error.html", {"page": page, "status": status, "code": code}, status=status)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Answer 400, or 413 when the form was larger than the limit."""
    return error_page(request, 413 if type(exception).__name__ == "RequestDataTooBig" else 400)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Answer 403."""
    return error_page(request, 403)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Answer 404."""
    return error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500; also when the database is away, so nothing here may need it."""
    request.actor = None  # type: ignore[attr-defined]
    return error_page(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose security code is too old or missing."""
    error = KoopkrachtError(
        _("De pagina stond te lang open, of uw browser bewaart geen cookies. We hebben niets bewaard."),
        code="form-expired",
    )
    page = ErrorPage(
        _("Dit formulier is verlopen"),
        error.message,
        [
            _("Ga terug, laad de pagina opnieuw en vul het formulier nog eens in."),
            _("Sta cookies toe voor deze website."),
        ],
    )
    return render(request, "ui/error.html", {"page": page, "status": 403, "code": error.code}, status=403)
