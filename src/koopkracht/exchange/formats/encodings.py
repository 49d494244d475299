"""Which character encoding a text file has, decided on the whole file. Pure."""

from __future__ import annotations

import codecs
from typing import BinaryIO

_BLOCK = 4 * 1024 * 1024
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What accounting packages on Windows, old DOS packages and old Macs write.
_SINGLE_BYTE = ("cp1252", "cp850", "mac_roman")
_USUAL = frozenset("éèëêïîöôüûàâäçñáíóúÉÈËÊÏÎÖÔÜÛÀÂÄÇ€’‘“”–—°²³")
_MANGLED_SHARE = 10
_CLEAR_LEAD = 3


def detect_encoding(source: BinaryIO) -> str:
    """Return the codec name for the bytes of ``source``, read from its current position to its end.

    Text that is almost wholly valid UTF-8 stays UTF-8, so that one damaged line does not mangle all others.
    """
    head = source.read(_BLOCK)
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name
    wide = _wide_without_mark(head[:4096])
    if wide:
        return wide
    block = head
    rest = b""
    while block:
        data = rest + block
        rest = b""
        if not data.isascii():
            verdict, rest = _utf8_or_not(data)
            if verdict:
                return verdict
        block = source.read(_BLOCK)
    return _single_byte(rest) if rest else "utf-8"


def _wide_without_mark(sample: bytes) -> str | None:
    """Recognise UTF-16 without a byte-order mark by its many zero bytes in every second place."""
    half = len(sample) // 2
    if half < 2:
        return None
    if sample[1::2].count(0) > 0.6 * half and sample[0::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if sample[0::2].count(0) > 0.6 * half and sample[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return None


def _utf8_or_not(data: bytes) -> tuple[str | None, bytes]:
    """Return (encoding when it is decided here, bytes of an unfinished character at the end)."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(data)
    except UnicodeDecodeError:
        text = data.decode("utf-8", errors="replace")
        damaged = text.count("\ufffd")
        sound = sum(1 for letter in text if letter > "\x7f") - damaged
        return ("utf-8" if sound > _MANGLED_SHARE * damaged else _single_byte(data)), b""
    return None, decoder.getstate()[0]


def _single_byte(data: bytes) -> str:
    """Choose the single-byte code page whose letters look most like ours; Windows unless another clearly leads."""
    high = bytes(byte for byte in data if byte >= 0x80)[:100_000]

    def score(name: str) -> int:
        # Capitals with accents are rare: another code page turns our small letters into them.
        letters = high.decode(name, errors="replace")
        return sum((2 if letter.islower() else 1) if letter in _USUAL else -1 for letter in letters)

    best = max(_SINGLE_BYTE, key=score)
    return best if score(best) >= score(_SINGLE_BYTE[0]) + _CLEAR_LEAD else _SINGLE_BYTE[0]
