"""Stable 64-bit hashes of whole columns of text, to recognise the same line in another file. Pure.

The hash is part of stored data (``line_hash`` in the lake): changing a constant here is a new schema version.
It recognises, it does not protect: whoever wants two lines with one hash can make them.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

__all__ = ["combine", "hash_numbers", "hash_text"]

Hashes = npt.NDArray[np.uint64]

_SEED = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)
_WORD = 8


def _mix(values: npt.NDArray[Any]) -> Hashes:
    """Spread every bit over the whole word (the finishing step of splitmix64)."""
    values = (values ^ (values >> np.uint64(30))) * _FIRST
    values = (values ^ (values >> np.uint64(27))) * _SECOND
    mixed: Hashes = values ^ (values >> np.uint64(31))
    return mixed


def hash_numbers(values: npt.NDArray[Any]) -> Hashes:
    """Return the hash of each whole number."""
    return _mix(values.astype(np.int64).view(np.uint64) + _SEED)


def combine(hashes: Hashes, more: Hashes) -> Hashes:
    """Return the hash of each pair; the order matters."""
    return _mix(hashes * np.uint64(31) + more + _SEED)


def hash_text(values: pa.Array) -> Hashes:
    """Return the hash of each text; a null counts as empty text."""
    if pa.types.is_dictionary(values.type):
        hashes = np.append(hash_text(values.dictionary), hash_text(pa.array([""])))
        indices = values.indices.fill_null(len(values.dictionary)).to_numpy(zero_copy_only=False)
        spread: Hashes = hashes[indices]
        return spread
    values = values.fill_null("")
    offsets = np.frombuffer(values.buffers()[1], dtype=np.int32)[values.offset : values.offset + len(values) + 1]
    starts, lengths = offsets[:-1].astype(np.int64), np.diff(offsets).astype(np.int64)
    data = values.buffers()[2]
    padded = (b"" if data is None else data.to_pybytes()) + bytes(_WORD)
    words = np.ndarray((len(padded) - _WORD + 1,), dtype="<u8", buffer=padded, strides=(1,))
    hashes = _mix(lengths.view(np.uint64) + _SEED)
    for start in range(0, int(lengths.max(initial=0)), _WORD):
        rows = np.flatnonzero(lengths > start)
        left = np.minimum(lengths[rows] - start, _WORD).astype(np.uint64)
        keep = np.uint64(0xFFFFFFFFFFFFFFFF) >> (np.uint64(64) - left * np.uint64(8))
        hashes[rows] = _mix(hashes[rows] ^ (words[starts[rows] + start] & keep))
    return hashes
