"""Guards for evidence that is only kept and shown: PDF without active content, images of a sane size."""

from __future__ import annotations

import re

from koopkracht.shared.guards.reasons import HostileFile

_ACTIVE_PDF = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA)(?=[\s/<(\[])")
_PIXELS = 100_000_000
_JPEG_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def check_pdf(data: bytes) -> None:
    """Refuse a PDF that runs something, carries other files, or is only named PDF."""
    if not data.startswith(b"%PDF-") or b"%%EOF" not in data[-2048:]:
        raise HostileFile("Deze PDF is onvolledig of beschadigd. Maak de PDF opnieuw.", code="guard.pdf.damaged")
    if found := _ACTIVE_PDF.search(data):
        raise HostileFile(
            "Deze PDF bevat een script, een opdracht of een ingesloten bestand. Druk het document af naar een gewone "
            "PDF en laad die op.",
            code="guard.pdf.active",
            found=found.group().decode("ascii"),
        )


def check_image(data: bytes) -> None:
    """Refuse an image whose header promises more than a hundred million pixels."""
    width, height = _png_size(data) if data.startswith(b"\x89PNG") else _jpeg_size(data)
    if not width or not height:
        raise HostileFile("Deze afbeelding is beschadigd. Bewaar ze opnieuw.", code="guard.image.damaged")
    if width * height > _PIXELS:
        raise HostileFile(
            f"Deze afbeelding meet {width} bij {height} beeldpunten. Verklein ze tot hoogstens 10.000 bij 10.000.",
            code="guard.image.pixels",
            width=width,
            height=height,
        )


def _png_size(data: bytes) -> tuple[int, int]:
    if data[12:16] != b"IHDR":
        return 0, 0
    return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")


def _jpeg_size(data: bytes) -> tuple[int, int]:
    position = 2
    while position + 9 < len(data) and data[position] == 0xFF:
        marker = data[position + 1]
        if marker in _JPEG_SIZES:
            height = int.from_bytes(data[position + 5 : position + 7], "big")
            return int.from_bytes(data[position + 7 : position + 9], "big"), height
        position += 2 + int.from_bytes(data[position + 2 : position + 4], "big")
    return 0, 0
