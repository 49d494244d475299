"""Paper out: what people typed stays text, and each kind of file opens again with the right structure."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import docx
import pytest
from docx.oxml.ns import qn

from koopkracht.documents import api
from koopkracht.documents.errors import PaperFault
from koopkracht.documents.paper import templates
from koopkracht.documents.paper.model import Heading, Listed, Note, PageBreak, Paragraph, Run, Signatures, Table

FRONT = "---\ntitle: Proef van {{ name }}\nkind: proef\nsource: eigen werk\nvalid_from: 2026-01-01\n---\n"
ALL = """## Kop

Een **vet** en *cursief* [adres](https://example.org) en [gevaar](javascript:alert(1)).

- een
- twee
  - diep

1. eerst
2. dan

| Naam | Bedrag |
| --- | ---: |
| {{ name }} | {{ amount | euro }} |

> Let op.

---

```handtekening
Burgemeester | {{ name }}
```

1. opnieuw
"""
HOSTILE = (
    "# kop\n\n- punt * **vet** `code` [x](https://kwaad.example) <script>alert(1)</script> {{ 7*7 }} {% raw %} | cel |"
    "\n---\n```\n~~~ &amp; &#42; ]]> \x00\x07\x0b\ud800 \ue0000\ue001 \\ $x$ ![p](q) http://a.be 1. 2) +"
)


def made(body: str, **values: object):
    return templates.fill(templates.parse("proef", FRONT + body), {"name": "Naam", "amount": 1234, **values})


def text_of(runs: tuple[Run, ...]) -> str:
    return "".join(run.text for run in runs)


def opened(paper) -> docx.document.Document:
    return docx.Document(io.BytesIO(api.paper_docx(paper)))


def test_markdown_becomes_the_blocks_of_a_paper() -> None:
    paper = made(ALL)
    kinds = [type(block) for block in paper.blocks]
    assert kinds == [Heading, Paragraph, Listed, Listed, Table, Note, PageBreak, Signatures, Listed]
    assert paper.title == "Proef van Naam"
    runs = paper.blocks[1].runs
    assert Run("vet", bold=True) in runs
    assert Run("cursief", italic=True) in runs
    assert Run("adres", href="https://example.org") in runs
    assert all("javascript" not in run.href for run in runs)
    table = paper.blocks[4]
    assert [text_of(cell) for cell in table.rows[0]] == ["Naam", "€\u00a01.234,00"]
    assert table.numeric == (False, True)
    assert paper.blocks[7].parties == (("Burgemeester", "Naam"),)


def test_a_word_document_opens_with_real_styles() -> None:
    document = opened(made(ALL))
    styles = [(line.style.name, line.text) for line in document.paragraphs if line.text]
    assert styles[0] == ("Title", "Proef van Naam")
    assert ("Heading 1", "Kop") in styles
    assert ("List Bullet", "een") in styles
    assert ("List Bullet 2", "diep") in styles
    assert ("List Number", "eerst") in styles
    assert ("Quote", "Let op.") in styles
    (table,) = document.tables
    assert table.style.name == "Table Grid"
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [cell.text for cell in table.rows[1].cells] == ["Naam", "€\u00a01.234,00"]
    assert document.core_properties.title == "Proef van Naam"
    assert document.core_properties.language == "nl-BE"
    language = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "nl-BE"
    assert "PAGE" in document.sections[0].footer._element.xml


def test_every_numbered_list_begins_at_one() -> None:
    lines = [line for line in opened(made(ALL)).paragraphs if line.style.name == "List Number"]
    counts = [line._p.pPr.numPr.numId.val for line in lines]
    assert counts[0] == counts[1] != counts[2]


def test_the_same_paper_gives_the_same_bytes() -> None:
    first = api.paper_docx(made(ALL))
    assert first == api.paper_docx(made(ALL))
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


def test_what_a_person_typed_is_never_markup() -> None:
    body = "## {{ name }}\n\n{{ name }}\n\n- {{ name }}\n\n| A |\n| --- |\n| {{ name }} |\n\n**{{ name }}** [x](https://a.be)"
    paper = made(body, name=HOSTILE)
    assert isinstance(paper.blocks[0], Heading)
    assert not any(isinstance(block, PageBreak | Note) for block in paper.blocks)
    (table,) = [block for block in paper.blocks if isinstance(block, Table)]
    assert len(table.rows) == 1
    assert "**vet**" in text_of(table.rows[0][0])
    assert "{{ 7*7 }}" in text_of(paper.blocks[0].runs)
    html = api.paper_html(paper)
    assert "<script" not in html
    assert "kwaad.example</" not in html
    assert "&lt;script&gt;" in html
    text = "\n".join(line.text for line in opened(paper).paragraphs)
    assert "<script>alert(1)</script>" in text
    assert not set(text) & set("\x00\x07")
    assert api.paper_pdf(paper).startswith(b"%PDF")


def test_a_very_long_text_and_its_paragraphs_survive() -> None:
    long = "woord " * 3400
    paper = made("{{ name }}", name=f"{long}\n\nTweede alinea\nmet een nieuwe regel")
    assert len(paper.blocks) == 2
    assert text_of(paper.blocks[0].runs) == long.strip()
    assert opened(paper).paragraphs[-1].text == "Tweede alinea\nmet een nieuwe regel"


def test_what_is_empty_leaves_no_empty_line() -> None:
    assert made("{{ name }}\n\nNa", name="").blocks == (Paragraph((Run("Na"),)),)


@pytest.mark.parametrize("body", ["{{ missing }}", "{% if %}", "    code", "```python\nx\n```"])
def test_a_template_that_is_wrong_says_so(body) -> None:
    with pytest.raises(PaperFault):
        made(body)


def test_a_template_cannot_reach_into_the_program() -> None:
    with pytest.raises(PaperFault):
        made("{{ name.__class__.__mro__ }}")


@pytest.mark.parametrize("code", ["bestaat-niet", "../settings", "agreement-in-principle.md"])
def test_an_unknown_template_is_refused(code) -> None:
    with pytest.raises(PaperFault):
        api.paper(template=code, values={})


@pytest.mark.parametrize(
    "text", ["zonder begin", "---\ntitle: x\n---\n", FRONT.replace("kind: proef", "kind: a\nextra: b")]
)
def test_front_matter_is_complete_and_known(text) -> None:
    with pytest.raises(PaperFault):
        templates.parse("proef", text)


@pytest.mark.parametrize("code", api.paper_templates())
def test_every_template_of_the_content_can_be_made(code) -> None:
    paper = api.paper(template=code, values=api.paper_example(template=code), author="Test", date=dt.date(2026, 3, 2))
    assert paper.title
    assert paper.kind
    assert paper.source
    assert len(paper.blocks) >= 3
    document = opened(paper)
    assert document.core_properties.created.date() == dt.date(2026, 3, 2)
    assert document.core_properties.author == "Test"
    assert f"<h1>{paper.title}</h1>" in api.paper_html(paper)
    assert api.paper_fragment(paper).startswith("<h2>")


def test_a_pdf_is_tagged_and_fetches_nothing() -> None:
    content = api.paper_pdf(made(ALL))
    assert b"/MarkInfo" in content or b"/StructTreeRoot" in content or b"/ObjStm" in content
    with pytest.raises(ValueError, match="fetches nothing"):
        api.pdf(html='<img src="https://example.org/x.png" alt="x">')
