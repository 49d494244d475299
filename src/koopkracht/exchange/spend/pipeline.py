"""The stream from a spend file to lines: blocks parsed and converted by two threads, handed over in order.

Planning and applying use the same stream, so what the preview counts is what is taken over. At most a few blocks are
in memory, whatever the size of the file.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import BinaryIO

import pyarrow as pa

from koopkracht.exchange.formats import spend_rows, text_blocks
from koopkracht.exchange.formats.spend import AMOUNT_ROLES, DATE_ROLES, Role, SpendMapping
from koopkracht.exchange.formats.spend_rows import Converted
from koopkracht.exchange.formats.tabular import Layout
from koopkracht.exchange.formats.text_blocks import Block

_THREADS = 2
_AHEAD = 0
_MOSTLY_DISTINCT = 0.4
_TIDY_EVERY = 8


@dataclass(frozen=True, slots=True)
class Part:
    """The outcome of one block and how far in the file it ends (bytes of text)."""

    converted: Converted
    bytes_done: int


def stream(source: BinaryIO, layout: Layout, mapping: SpendMapping) -> Iterator[Part]:
    """Yield the converted blocks of a file in order."""
    wanted = sorted(set(mapping.columns.values()))
    dictionary: Sequence[int] | None = None
    waiting: deque[tuple[Future[Converted], int]] = deque()
    done = 0

    def work(block: Block, encoded: Sequence[int]) -> Converted:
        records = text_blocks.parse(block, layout, wanted=wanted, dictionary=encoded)
        return spend_rows.convert(records, layout, mapping)

    with ThreadPoolExecutor(max_workers=_THREADS, thread_name_prefix="spend") as pool:
        for number, block in enumerate(text_blocks.blocks(source, layout)):
            done += len(block.data)
            if number % _TIDY_EVERY == 0:
                # What the threads freed goes back to the system, else it piles up per thread.
                pa.default_memory_pool().release_unused()
            if dictionary is None:
                dictionary = _repetitive(block, layout, mapping, wanted)
            waiting.append((pool.submit(work, block, dictionary), done))
            if len(waiting) > _THREADS + _AHEAD:
                future, position = waiting.popleft()
                yield Part(future.result(), position)
        while waiting:
            future, position = waiting.popleft()
            yield Part(future.result(), position)


def _repetitive(block: Block, layout: Layout, mapping: SpendMapping, wanted: Sequence[int]) -> list[int]:
    """Return the columns worth a dictionary, judged on the start of the file: the values repeat."""
    start = Block(block.data[: block.data.rfind(b"\n", 0, 1 << 20) + 1] or block.data, block.first_line, block.clean)
    table = text_blocks.parse(start, layout, wanted=wanted, dictionary=wanted).table
    always = {mapping.columns[role] for role in DATE_ROLES if role in mapping.columns}
    never = {mapping.columns[role] for role in (*AMOUNT_ROLES, Role.VAT) if role in mapping.columns}
    return [n for n in wanted if n in always or (n not in never and _share_distinct(table, n) < _MOSTLY_DISTINCT)]


def _share_distinct(table: pa.Table, number: int) -> float:
    column = table.column(f"c{number}").combine_chunks()
    return len(column.unique()) / max(len(column), 1)
