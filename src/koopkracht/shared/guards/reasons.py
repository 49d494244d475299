"""The one error all guards raise, and how sizes are said in Dutch."""

from __future__ import annotations

from koopkracht.shared.errors import Rejected


class HostileFile(Rejected):
    """The file is dangerous, damaged or far larger than its kind should be; it was not opened further."""


def readable_size(size: int) -> str:
    """Bytes as a reader says them: ``32 MB``, ``1,5 GB``."""
    amount = float(size)
    for unit in ("bytes", "kB", "MB", "GB"):
        if amount < 1024 or unit == "GB":
            break
        amount /= 1024
    text = f"{amount:.1f}".rstrip("0").rstrip(".").replace(".", ",")
    return f"{text} {unit}"


def too_large(size: int, limit: int, what: str) -> HostileFile:
    """Make the refusal for a file above its limit, with both sizes."""
    return HostileFile(
        f"{what} is {readable_size(size)} groot; hier past hoogstens {readable_size(limit)}. "
        "Splits het bestand in kleinere stukken en laad die na elkaar in.",
        code="guard.too_large",
        size=size,
        limit=limit,
    )
