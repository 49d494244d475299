"""From the collected values of a block to typed parts of the neutral records."""

from __future__ import annotations

from koopkracht.exchange.formats.eforms_tree import Block
from koopkracht.exchange.formats.notice_records import Money, PublishedDate, Quantity, Texts

__all__ = ["codes", "first", "money", "published_date", "quantity", "texts", "values"]


def values(block: Block, name: str) -> tuple[str, ...]:
    """Return all texts of a term on one line each, without empty ones; line breaks in them are layout."""
    return tuple(clean for text, _ in block.values.get(name, ()) if (clean := " ".join(text.split())))


def first(block: Block, name: str) -> str | None:
    """Return the first text of a term, or ``None``."""
    found = values(block, name)
    return found[0] if found else None


def codes(block: Block, name: str, list_name: str) -> tuple[str, ...]:
    """Return the codes of a term that belong to one code list."""
    return tuple(
        clean for text, listed in block.values.get(name, ()) if listed == list_name and (clean := text.strip())
    )


def texts(block: Block, name: str, *, keep_lines: bool = False) -> Texts:
    """Return the text per language; several in the same language are kept, one per line."""
    found: dict[str, str] = {}
    for text, language in block.values.get(name, ()):
        clean = text.strip() if keep_lines else " ".join(text.split())
        if not clean:
            continue
        known = found.get(language)
        found[language] = clean if known is None or known == clean else f"{known}\n{clean}"
    return found


def money(block: Block, name: str) -> Money | None:
    """Return an amount with its currency, or ``None``."""
    for text, currency in block.values.get(name, ()):
        if clean := text.strip():
            return Money(clean, currency)
    return None


def quantity(block: Block, name: str) -> Quantity | None:
    """Return a figure with its unit, or ``None``."""
    for text, unit in block.values.get(name, ()):
        if clean := text.strip():
            return Quantity(clean, unit)
    return None


def published_date(block: Block, name: str) -> PublishedDate | None:
    """Return a date with its zone, or ``None``."""
    text = first(block, name)
    return PublishedDate(text) if text else None
