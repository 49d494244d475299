"""One walk over the tree of a notice that collects every business term and notes what it did not understand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from koopkracht.exchange.formats.eforms_terms import GroupSpec, Steps, group_spec, prefixed

__all__ = ["Block", "Unread", "Value", "collect", "pointer", "unread"]

Value = tuple[str, str]
"""The text of an element with the attribute that qualifies it: language, currency, unit, list or scheme."""


class Block:
    """The values of one block (a lot, a tender, ...) and the blocks inside it."""

    __slots__ = ("blocks", "element", "spec", "values")

    def __init__(self, spec: GroupSpec, element: etree._Element) -> None:
        self.spec = spec
        self.element = element
        self.values: dict[str, list[Value]] = {}
        self.blocks: dict[str, list[Block]] = {}

    def first(self, name: str) -> str | None:
        """Return the first value of a term, or ``None``."""
        found = self.values.get(name)
        return found[0][0] if found else None

    def all(self, name: str) -> tuple[str, ...]:
        """Return the values of a term in document order."""
        return tuple(text for text, _ in self.values.get(name, ()))

    def inside(self, name: str) -> list[Block]:
        """Return the blocks of a name directly inside this one."""
        return self.blocks.get(name, [])

    def walk(self) -> Iterator[Block]:
        """Yield this block and all blocks inside it."""
        yield self
        for found in self.blocks.values():
            for block in found:
                yield from block.walk()


@dataclass(slots=True)
class Unread:
    """An element with text that no term describes: counted, shown, and safe in the raw document."""

    path: str
    count: int = 0
    samples: list[str] = field(default_factory=list)


def collect(root: etree._Element) -> tuple[Block, list[etree._Element]]:
    """Walk the tree once; return the blocks and the elements that the table does not know."""
    spec = group_spec("notice")
    notice = Block(spec, root)
    unknown: list[etree._Element] = []
    _walk(root, spec.steps, notice, unknown)
    return notice, unknown


def _walk(element: etree._Element, steps: Steps, block: Block, unknown: list[etree._Element]) -> None:
    values = block.values
    # A list made in one go is measurably cheaper than the child iterator; the stubs do not know slices.
    for child in element[:]:  # type: ignore[index]
        step = steps.get(child.tag)
        if step is None:
            unknown.append(child)
            continue
        deeper, name, attribute, group = step
        if not name:
            _walk(child, deeper, block, unknown)
        elif group is None:
            text = child.text
            if text is None:
                unknown.extend(child)
                continue
            value = (text, child.get(attribute, "") if attribute else "")
            if name in values:
                values[name].append(value)
            else:
                values[name] = [value]
        else:
            inner = Block(group, child)
            block.blocks.setdefault(name, []).append(inner)
            _walk(child, group.steps, inner, unknown)


def unread(unknown: list[etree._Element]) -> tuple[Unread, ...]:
    """List by path the texts below elements that the table does not know."""
    found: dict[str, Unread] = {}
    for top in unknown:
        for element in top.iter(etree.Element):
            text = (element.text or "").strip()
            if not text:
                continue
            path = _path(element)
            entry = found.setdefault(path, Unread(path))
            entry.count += 1
            if len(entry.samples) < 3:
                entry.samples.append(text[:200])
    return tuple(found.values())


def _path(element: etree._Element) -> str:
    steps = [prefixed(str(element.tag))]
    steps.extend(prefixed(str(above.tag)) for above in element.iterancestors())
    return "/" + "/".join(reversed(steps))


def pointer(element: etree._Element) -> str:
    """Return the XPath of an element with the usual prefixes and, where siblings share its name, its position."""
    steps: list[str] = []
    current: etree._Element | None = element
    while current is not None:
        above = current.getparent()
        name = prefixed(str(current.tag))
        steps.append(name if above is None else name + _position(current))
        current = above
    return "/" + "/".join(reversed(steps))


def _position(element: etree._Element) -> str:
    before = sum(1 for _ in element.itersiblings(element.tag, preceding=True))
    if not before and next(element.itersiblings(element.tag), None) is None:
        return ""
    return f"[{before + 1}]"
