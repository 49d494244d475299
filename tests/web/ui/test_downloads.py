"""Downloads get a name that no system can misread."""

from __future__ import annotations

import pytest

from koopkracht.documents import api as documents
from koopkracht.shared.errors import NotFound
from koopkracht.web.ui.downloads import paper_download, safe_filename


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Principeakkoord één", "principeakkoord-een.docx"),
        ('../../x"; filename=evil.exe\r\nSet-Cookie: a', "x-filenameevilexe-set-cookie-a.docx"),
        ("漢字", "document.docx"),
        ("a" * 500, f"{'a' * 80}.docx"),
    ],
)
def test_a_file_name_holds_nothing_but_letters_digits_and_hyphens(name, expected) -> None:
    assert safe_filename(name, "docx") == expected


@pytest.mark.parametrize(("suffix", "start"), [("docx", b"PK"), ("pdf", b"%PDF")])
def test_a_paper_is_sent_as_a_file(suffix, start) -> None:
    paper = documents.paper(template="link-sheet", values=documents.paper_example(template="link-sheet"))
    answer = paper_download(paper, suffix=suffix)
    assert answer.content.startswith(start)
    assert answer["Content-Disposition"].endswith(f'.{suffix}"')


def test_another_kind_of_file_does_not_exist() -> None:
    paper = documents.paper(template="link-sheet", values=documents.paper_example(template="link-sheet"))
    with pytest.raises(NotFound):
        paper_download(paper, suffix="exe")
