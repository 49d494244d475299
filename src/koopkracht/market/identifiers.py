"""Company identifiers and names as files write them, brought to one form. Pure: no Django, no database.

Accounting exports, notices and registers write the same enterprise number in many ways: with dots, with a country
code, with the internal number of the e-procurement service behind an underscore, without its leading zero after
a trip through a spreadsheet. Everything here answers with the ten digits or with nothing; it never guesses a digit.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from stdnum.be import vat as belgian_vat
from stdnum.eu import vat as eu_vat

__all__ = [
    "CheckedNumber",
    "NumberStatus",
    "check_number",
    "format_kbo",
    "normalise_belgian",
    "normalise_name",
    "normalise_vat",
]


class NumberStatus(StrEnum):
    """What can be said about an identifier as it was written."""

    EMPTY = "empty"
    VALID = "valid"
    WRONG_CHECK_DIGIT = "wrong_check_digit"
    FOREIGN = "foreign"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class CheckedNumber:
    """An identifier as written, what it stands for, and how sure that is."""

    raw: str
    status: NumberStatus
    kbo: str = ""
    vat: str = ""


# Ten digits in the usual grouping, alone or behind letters, and before anything that is not one more digit
# (the e-procurement service adds "_720", its own number of the buyer).
_TEN_DIGITS = re.compile(r"(?<!\d)([01]\d{3})[ .\-/]?(\d{3})[ .\-/]?(\d{3})(?![\d])")
_BRACKETED_ZERO = re.compile(r"(?<!\d)\(0\)[ .\-/]?(?=\d{3})")
# Nine digits: the number from before 2005, or one that lost its zero in a spreadsheet.
_NINE_DIGITS = re.compile(r"(?<!\d)([2-9]\d{2})[ .\-/]?(\d{3})[ .\-/]?(\d{3})(?:\.0)?(?![\d])")
_COUNTRY = re.compile(r"^(?:BTW|TVA|VAT|MWST|UST)?[ \-:.]*([A-Z]{2})[ \-.]?(?=[\dA-Z]*\d)")
# Words that stand before an enterprise number; "NR" and "RP" would otherwise read as a country.
_LABELS = re.compile(r"^(?:KBO|BCE|CBE|RPR|RPM|ONDERNEMINGSNUMMER|ONDERNEMINGSNR|NUMMER|NR|N°|BTW|TVA|VAT)\b[ .:\-]*")
_PEPPOL_SCHEME = re.compile(r"^(?:0208|9956|0193)\s*:\s*")


def _clean(raw: str) -> str:
    """Upper case, plain digits, plain spaces, no Peppol scheme and no label in front."""
    text = unicodedata.normalize("NFKC", raw).upper().strip().strip("'\"=").strip()
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", text)
    text = _PEPPOL_SCHEME.sub("", text)
    previous = None
    while previous != text:
        previous, text = text, _LABELS.sub("", text)
    return text


def _country_of(text: str) -> str:
    match = _COUNTRY.match(text)
    return match.group(1) if match else ""


def _belgian_candidates(text: str) -> list[str]:
    """Return the ten-digit readings of a cleaned text, likeliest first."""
    joined = _BRACKETED_ZERO.sub("0", text)
    ten = ["".join(match) for match in _TEN_DIGITS.findall(joined)]
    nine = ["0" + "".join(match) for match in _NINE_DIGITS.findall(joined)]
    return ten or nine


@lru_cache(maxsize=65_536)
def check_number(raw: str | None) -> CheckedNumber:
    """Say what an identifier stands for: a Belgian enterprise number, a foreign VAT number, or nothing known.

    A Belgian number with a wrong check digit is reported as such and never repaired.
    """
    if raw is None or not raw.strip():
        return CheckedNumber(raw or "", NumberStatus.EMPTY)
    text = _clean(raw)
    country = _country_of(text)
    if country not in ("", "BE"):
        vat = normalise_vat(text)
        return CheckedNumber(raw, NumberStatus.FOREIGN if vat else NumberStatus.UNKNOWN, vat=vat or "")
    candidates = _belgian_candidates(text)
    for digits in candidates:
        if belgian_vat.is_valid(digits):
            return CheckedNumber(raw, NumberStatus.VALID, kbo=digits, vat=f"BE{digits}")
    return CheckedNumber(raw, NumberStatus.WRONG_CHECK_DIGIT if candidates else NumberStatus.UNKNOWN)


def normalise_belgian(raw: str | None) -> str | None:
    """Return the ten digits of a Belgian enterprise number, or ``None`` when the text holds no valid one."""
    return check_number(raw).kbo or None


@lru_cache(maxsize=16_384)
def normalise_vat(raw: str | None) -> str | None:
    """Return a checked EU VAT number with its country code and without separators, or ``None``."""
    if raw is None or not raw.strip():
        return None
    text = re.sub(r"[ .\-/]", "", _clean(raw))
    if not _country_of(text):
        return None
    try:
        return str(eu_vat.validate(text))
    except ValueError:  # python-stdnum's ValidationError is one
        return None


def format_kbo(kbo: str) -> str:
    """Write ten digits the way people read them: ``0207.500.123``."""
    return f"{kbo[:4]}.{kbo[4:7]}.{kbo[7:]}" if len(kbo) == 10 else kbo


_LEGAL_FORMS = frozenset(
    "bv bvba ebvba sprl sprlu srl nv sa vzw asbl ivzw aisbl cv cvba cvoa cvso scrl scrlfs scs sc coop gcv commv comma "
    "vof snc ebv stak ag gmbh sarl sas eurl kg ug se ltd limited plc llp llc inc corp bvso nvso cvbaso sprlfs".split()
)
# "Autonoom gemeentebedrijf" and the like say what a body is; they stay, for without them a name says too little.
_TWO_PART_FORMS = (("comm", "v"), ("comm", "va"), ("cvba", "so"), ("bv", "so"), ("cv", "so"), ("scrl", "fs"))
_ACCOUNT_SUFFIX = re.compile(r"\s*\*+\s*\w*\s*\**\s*$")
_DOTTED = re.compile(r"\b(?:\w\.){2,}(?:\w\b)?|\b\w(?:\.\w)+\b")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ß": "ss", "ł": "l", "đ": "d", "&": " en ", "+": " en "})


def _plain(text: str) -> str:
    """Lower case without accents; ligatures and the ampersand written out."""
    lowered = text.casefold().translate(_LIGATURES)
    if lowered.isascii():
        return lowered
    decomposed = unicodedata.normalize("NFKD", lowered)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _without_legal_form(words: list[str]) -> list[str]:
    """Drop legal forms at the end and at the beginning, where Flemish and Walloon names carry them."""
    kept = list(words)
    while len(kept) > 1:
        if len(kept) > 2 and tuple(kept[-2:]) in _TWO_PART_FORMS:
            del kept[-2:]
        elif kept[-1] in _LEGAL_FORMS:
            del kept[-1]
        elif kept[0] in _LEGAL_FORMS:
            del kept[0]
        else:
            break
    return kept


@lru_cache(maxsize=262_144)
def normalise_name(raw: str) -> str:
    """Bring a company name to the form in which two spellings of the same name are equal.

    Account suffixes (``*1614*``), legal forms, accents, case and punctuation go; the order of the words stays.
    A name of which nothing would be left is kept whole.
    """
    text = _plain(_ACCOUNT_SUFFIX.sub("", raw))
    text = _DOTTED.sub(lambda match: match.group(0).replace(".", ""), text)
    words = _NOT_WORD.sub(" ", text.replace("'", "")).split()
    kept = _without_legal_form(words)
    return " ".join(kept) or " ".join(_NOT_WORD.sub(" ", _plain(raw)).split())
