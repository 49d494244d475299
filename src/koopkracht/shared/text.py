"""Dutch text analysis: one way to compare words, on every database.

Stems are made here and not in the database, because databases differ in how they stem Dutch. Compounds are split
against a list of known words: Dutch writes "schoonmaakproducten" as one word, and a rule about "schoonmaak" means it.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Collection, Iterable
from functools import lru_cache

import snowballstemmer

_WORD = re.compile(r"[a-z]{2,}")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ß": "ss", "ĳ": "ij"})
_SHORTEST_KNOWN = 4
_SHORTEST_REST = 3
_STEMMED_FROM = 4
_LINKS = ("en", "s", "e")
_local = threading.local()

STOP_WORDS = frozenset(
    "aan al als bij dan dat de der die dit door een en er het hun ik in is je met na naar niet nog of om onder "
    "onze ons ook op over per te ten ter tot uit uw van via voor was we werd wordt zijn zonder btw excl incl nr "
    "ref fact factuur facturen creditnota bestelling bestelbon levering jaar maand januari februari maart april "
    "mei juni juli augustus september oktober november december diverse overige varia kosten allerlei".split()
)
"""Words that say nothing about what was bought: function words and the vocabulary of invoices."""


def normalise(text: str) -> str:
    """Return ``text`` in lower case, without accents and with single spaces."""
    lowered = text.casefold().translate(_LIGATURES)
    if not lowered.isascii():
        lowered = "".join(char for char in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(char))
    return " ".join(lowered.split())


def words(text: str) -> tuple[str, ...]:
    """Return the words of ``text`` in order: letters only, at least two, without the stop words."""
    return tuple(word for word in _WORD.findall(normalise(text)) if word not in STOP_WORDS)


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Return the stem of one normalised word.

    Short words stay as they are, and what keeps less than half of a word is no stem: the stemmer would
    otherwise take "oven" and "overige" for the same.
    """
    if len(word) <= _STEMMED_FROM:
        return word
    # A stemmer keeps its state in itself, so every thread has its own.
    stemmer = getattr(_local, "stemmer", None)
    if stemmer is None:
        stemmer = _local.stemmer = snowballstemmer.stemmer("dutch")
    found = str(stemmer.stemWord(word))
    return found if 2 * len(found) >= len(word) else word


def compound_parts(word: str, known: Collection[str]) -> tuple[str, ...]:
    """Return the known words that a compound begins and ends with; empty when it is not such a compound.

    ``known`` holds normalised words. The last part says what the thing is ("kopieerpapier" is paper), the first what
    it is for. What remains must be long enough to be a word itself, without the linking letters between the parts.
    """
    head = _longest(word, known, at_end=True)
    first = _longest(word, known, at_end=False)
    found = []
    if first and _is_rest(word[len(first) :], at_start=True):
        found.append(first)
    if head and _is_rest(word[: -len(head)], at_start=False):
        found.append(head)
    return tuple(dict.fromkeys(found))


def stems(text: str, *, known: Collection[str] = ()) -> frozenset[str]:
    """Return the stems of the words of ``text``, and those of the known parts of its compounds."""
    found: set[str] = set()
    for word in words(text):
        found.add(stem(word))
        if known:
            found.update(stem(part) for part in compound_parts(word, known))
    return frozenset(found)


def phrase_stems(phrases: Iterable[str]) -> tuple[frozenset[str], ...]:
    """Return for each phrase the stems that must all be present; phrases without a telling word fall away."""
    return tuple(wanted for wanted in (stems(phrase) for phrase in phrases) if wanted)


def _longest(word: str, known: Collection[str], *, at_end: bool) -> str:
    for length in range(len(word) - _SHORTEST_REST, _SHORTEST_KNOWN - 1, -1):
        part = word[-length:] if at_end else word[:length]
        if part in known:
            return part
    return ""


def _is_rest(rest: str, *, at_start: bool) -> bool:
    """Tell whether what is left beside a known part can be a word of its own."""
    if at_start:
        for link in _LINKS:
            if rest.startswith(link) and len(rest) - len(link) >= _SHORTEST_REST:
                return True
    return len(rest) >= _SHORTEST_REST
