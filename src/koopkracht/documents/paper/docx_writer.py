"""A paper as a Word document: real styles, so that a reader, a screen reader and Word itself know what is what."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from koopkracht.documents.paper.model import (
    Block,
    Heading,
    Listed,
    Note,
    PageBreak,
    Paper,
    Paragraph,
    Run,
    Runs,
    Signatures,
    Table,
)

_BLUE, _INK = RGBColor(0x00, 0x48, 0xAD), RGBColor(0x2B, 0x2E, 0x33)
_FONT = "Calibri"
_HEAD_FILL = "EEF1F5"
_DEEPEST_LIST, _DEEPEST_HEADING = 3, 6
# The same paper must give the same bytes: the moment of making is not part of it.
_NO_MOMENT = dt.date(2020, 1, 1)


def docx(paper: Paper) -> bytes:
    """Return the paper as a DOCX; the same paper gives the same bytes."""
    writer = _Writer(paper)
    writer.write()
    made = io.BytesIO()
    writer.document.save(made)
    return _settled(made.getvalue())


def _settled(content: bytes) -> bytes:
    """Return the same archive with one moment for all its files."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            new.writestr(entry, old.read(name))
    return made.getvalue()


class _Writer:
    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.document = Document()
        self._depth = 0
        self._note = False
        self._blocks: dict[type, Callable[[Any], None]] = {
            Heading: self._heading,
            Paragraph: self._paragraph,
            Listed: self._list,
            Table: self._table,
            Note: self._write_note,
            Signatures: self._signatures,
            PageBreak: self._page_break,
        }

    def write(self) -> None:
        _style(self.document, self.paper.language)
        self._properties()
        self.document.add_paragraph(self.paper.title, style="Title")
        for label, text in self.paper.meta:
            line = self.document.add_paragraph()
            line.paragraph_format.space_after = Pt(0)
            line.add_run(f"{label}: ").bold = True
            line.add_run(text)
        self._footer()
        self._write(self.paper.blocks)

    def _write(self, blocks: tuple[Block, ...]) -> None:
        for block in blocks:
            self._blocks[type(block)](block)

    def _properties(self) -> None:
        day = self.paper.date or _NO_MOMENT
        moment = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
        properties = self.document.core_properties
        properties.title = self.paper.title[:255]
        properties.author = self.paper.author[:255] or "Koopkracht"
        properties.subject = self.paper.kind[:255]
        properties.language = self.paper.language
        properties.comments = ""
        properties.last_modified_by = properties.author
        properties.created = properties.modified = moment
        properties.revision = 1

    def _footer(self) -> None:
        line = self.document.sections[0].footer.paragraphs[0]
        line.add_run(f"{self.paper.title[:120]} · ")
        _field(line, "PAGE")
        line.add_run(" / ")
        _field(line, "NUMPAGES")
        for run in line.runs:
            run.font.size = Pt(8)

    def _heading(self, block: Heading) -> None:
        level = min(block.level, _DEEPEST_HEADING)
        self._fill(self.document.add_paragraph(style=f"Heading {level}"), block.runs)

    def _paragraph(self, block: Paragraph) -> None:
        style = "Quote" if self._note else "Normal"
        self._fill(self.document.add_paragraph(style=style), block.runs)

    def _list(self, block: Listed) -> None:
        self._depth += 1
        depth = min(self._depth, _DEEPEST_LIST)
        base = "List Number" if block.ordered else "List Bullet"
        style = base if depth == 1 else f"{base} {depth}"
        numbers = _restart(self.document, style) if block.ordered else None
        for item in block.items:
            self._item(item.blocks, style, depth, numbers)
        self._depth -= 1

    def _item(self, blocks: tuple[Block, ...], style: str, depth: int, numbers: int | None) -> None:
        first = True
        for block in blocks:
            if not isinstance(block, Paragraph):
                self._write((block,))
                continue
            line = self.document.add_paragraph(style=style if first else "List Continue")
            if first and numbers is not None:
                _number(line, numbers)
            if not first:
                line.paragraph_format.left_indent = Cm(0.63 * depth)
            self._fill(line, block.runs)
            first = False

    def _table(self, block: Table) -> None:
        table = self.document.add_table(rows=1, cols=len(block.head), style="Table Grid")
        _mark_head(table.rows[0])
        for index, runs in enumerate(block.head):
            cell = table.rows[0].cells[index]
            _shade(cell)
            self._cell(cell, tuple(Run(run.text, True, run.italic, run.href) for run in runs), block.numeric[index])
        for values in block.rows:
            row = table.add_row()
            _keep_together(row)
            # ``row.cells`` walks the table every time: once per row is enough.
            for cell, runs, numeric in zip(row.cells, values, block.numeric, strict=True):
                self._cell(cell, runs, numeric)
        self.document.add_paragraph().paragraph_format.space_after = Pt(0)

    def _cell(self, cell: Any, runs: Runs, numeric: bool) -> None:
        line = cell.paragraphs[0]
        line.paragraph_format.space_after = Pt(0)
        if numeric:
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        self._fill(line, runs)

    def _write_note(self, block: Note) -> None:
        self._note = True
        self._write(block.blocks)
        self._note = False

    def _signatures(self, block: Signatures) -> None:
        for capacity, name in block.parties:
            line = self.document.add_paragraph()
            line.paragraph_format.space_before = Pt(18)
            line.paragraph_format.keep_with_next = True
            line.add_run(capacity).bold = True
            if name:
                line.add_run().add_break()
                line.add_run(name)
            for label in ("Datum:", "Handtekening:"):
                self.document.add_paragraph(label).paragraph_format.keep_with_next = label == "Datum:"

    def _page_break(self, _block: PageBreak) -> None:
        self.document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def _fill(self, line: Any, runs: Runs) -> None:
        for run in runs:
            if run.href:
                _link(line, run)
            else:
                _look(line.add_run(run.text), run)


def _look(made: Any, run: Run) -> None:
    made.bold = run.bold or None
    made.italic = run.italic or None


def _style(document: Any, language: str) -> None:
    styles = document.styles
    defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(_element("w:lang", val=language, eastAsia=language, bidi=language))
    normal = styles["Normal"]
    _font(normal, 11, _INK)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.15
    _font(styles["Title"], 24, _BLUE)
    _font(styles["Quote"], 11, _INK)
    styles["Quote"].paragraph_format.left_indent = Cm(0.8)
    for level, size in enumerate((15, 12.5, 11, 11, 11, 11), start=1):
        _font(styles[f"Heading {level}"], size, _BLUE if level == 1 else _INK)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.3)


def _font(style: Any, size: float, colour: RGBColor) -> None:
    style.font.name, style.font.size, style.font.color.rgb = _FONT, Pt(size), colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)


def _element(tag: str, **attributes: str) -> Any:
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def _field(line: Any, instruction: str) -> None:
    for kind in ("begin", "instrText", "end"):
        run = line.add_run()._r
        if kind == "instrText":
            text = _element("w:instrText")
            text.text = instruction
            run.append(text)
        else:
            run.append(_element("w:fldChar", fldCharType=kind))


def _link(line: Any, run: Run) -> None:
    key = line.part.relate_to(run.href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), key)
    made = line.add_run(run.text)
    _look(made, run)
    made.font.underline, made.font.color.rgb = True, _BLUE
    link.append(made._r)
    line._p.append(link)


def _restart(document: Any, style: str) -> int:
    """Return a fresh count for a numbered list: without it Word goes on where the last list stopped."""
    numbering = document.part.numbering_part.element
    properties = document.styles[style].element.pPr.numPr
    base = numbering.num_having_numId(properties.numId.val)
    fresh = numbering.add_num(base.abstractNumId.val)
    fresh.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(fresh.numId)


def _number(line: Any, numbers: int) -> None:
    properties = line._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = numbers


def _mark_head(row: Any) -> None:
    _keep_together(row)
    row._tr.get_or_add_trPr().append(_element("w:tblHeader", val="true"))


def _keep_together(row: Any) -> None:
    row._tr.get_or_add_trPr().append(_element("w:cantSplit", val="true"))


def _shade(cell: Any) -> None:
    cell._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill=_HEAD_FILL))
