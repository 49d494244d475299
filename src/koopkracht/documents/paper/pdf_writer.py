"""HTML to a tagged PDF (PDF/UA-1) in which nothing is fetched from anywhere."""

from __future__ import annotations

from typing import Any


def pdf(html: str) -> bytes:
    """Return a page of HTML as PDF. Raises ``ValueError`` when it asks for anything from anywhere."""
    # A large library that only this function needs.
    from weasyprint import HTML
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    class Refuse(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            raise FatalURLFetchingError(url)

    try:
        return bytes(HTML(string=html, url_fetcher=Refuse()).write_pdf(pdf_variant="pdf/ua-1"))
    except FatalURLFetchingError as error:
        raise ValueError(f"a paper holds everything itself and fetches nothing: {error}") from error
