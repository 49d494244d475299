"""Every file of the hostile corpus is refused for the stated reason, or proves harmless."""

from __future__ import annotations

from pathlib import Path

import pytest

from koopkracht.shared.guards import (
    ArchiveLimits,
    FileKind,
    HostileFile,
    JsonLimits,
    XmlLimits,
    check_archive,
    check_image,
    check_office,
    check_pdf,
    check_xml,
    check_xml_before_parse,
    iterate_files,
    load_json,
    sniff,
)
from tests.documents import hostile

NOWHERE = Path("/nergens/geheim.txt")
XML = hostile.xml_files(NOWHERE, "http://127.0.0.1:9")
JSON = hostile.json_files()
OFFICE = hostile.office_files(NOWHERE)
ARCHIVES = hostile.archive_files()


def verdict(check: object, *args: object) -> str:
    """The code of the refusal, or an empty string."""
    try:
        check(*args)  # type: ignore[operator]
    except HostileFile as error:
        refusal = error
    else:
        return ""
    assert refusal.message[0] == "“" or refusal.message[0].isupper()
    assert refusal.message[-1] == "."
    return refusal.code


@pytest.mark.parametrize("name", XML)
def test_xml(name: str) -> None:
    data, code = XML[name]
    assert verdict(check_xml, data) == code


@pytest.mark.parametrize("name", XML)
def test_quick_look_never_lets_a_dangerous_document_through(name: str) -> None:
    """What the quick look leaves to the tree parser is only what that parser refuses by itself: bad form and depth."""
    data, code = XML[name]
    quick = verdict(check_xml_before_parse, data)
    assert quick == code or (quick == "" and code in ("guard.xml.malformed", "guard.xml.attributes"))


@pytest.mark.parametrize("name", JSON)
def test_json(name: str) -> None:
    data, code = JSON[name]
    assert verdict(load_json, data) == code


def test_json_keeps_every_digit_of_money() -> None:
    assert str(load_json(b'{"amount": 12345678901234567.10}')["amount"]) == "12345678901234567.10"


@pytest.mark.parametrize("name", OFFICE)
def test_office(name: str, tmp_path: Path) -> None:
    data, code = OFFICE[name]
    path = tmp_path / "bestand.xlsx"
    path.write_bytes(data)
    assert verdict(check_office, path) == code


@pytest.mark.parametrize("name", ARCHIVES)
def test_archive(name: str, tmp_path: Path) -> None:
    data, code = ARCHIVES[name]
    path = tmp_path / name
    path.write_bytes(data)
    assert verdict(check_archive, path) == code
    assert sorted(each.name for each in tmp_path.rglob("*")) == [name]


def test_archive_gives_its_files_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "plain.zip"
    path.write_bytes(ARCHIVES["plain.zip"][0])
    assert [(each.name, each.data) for each in iterate_files(path, "plain.zip")] == [
        ("een/a.xml", b"<a/>"),
        ("b.xml", b"<b/>"),
    ]


def test_a_single_file_is_its_own_archive(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"<a/>")
    assert [each.name for each in iterate_files(path, "factuur.xml")] == ["factuur.xml"]
    with pytest.raises(HostileFile, match=r"hoogstens 2 bytes"):
        list(iterate_files(path, "factuur.xml", ArchiveLimits(member=2)))


def test_limits_can_be_tightened_by_the_caller() -> None:
    assert verdict(check_xml, b"<a><b/></a>", XmlLimits(depth=1)) == "guard.xml.depth"
    assert verdict(load_json, b"[[1]]", JsonLimits(depth=1)) == "guard.json.depth"


def test_a_base64_attachment_of_many_megabytes_is_no_reason_to_refuse() -> None:
    check_xml(b"<a>" + b"QUJD" * 5_000_000 + b"</a>")


@pytest.mark.parametrize(
    ("extra", "code"),
    [
        (b"", ""),
        (b"/OpenAction << /S /JavaScript /JS (app.alert) >>", "guard.pdf.active"),
        (b"/AA << /O << /S /Launch /F (cmd.exe) >> >>", "guard.pdf.active"),
        (b"/Names << /EmbeddedFiles 3 0 R >>", "guard.pdf.active"),
    ],
)
def test_pdf(extra: bytes, code: str) -> None:
    assert verdict(check_pdf, hostile.pdf(extra)) == code


def test_damaged_pdf() -> None:
    assert verdict(check_pdf, hostile.pdf()[:-8]) == "guard.pdf.damaged"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (hostile.png(800, 600), ""),
        (hostile.jpeg(800, 600), ""),
        (hostile.png(60_000, 60_000), "guard.image.pixels"),
        (hostile.jpeg(65_000, 65_000), "guard.image.pixels"),
        (hostile.png(0, 5), "guard.image.damaged"),
        (b"\xff\xd8\xff\xe0", "guard.image.damaged"),
    ],
)
def test_image(data: bytes, code: str) -> None:
    assert verdict(check_image, data) == code


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"\xef\xbb\xbf  <?xml version='1.0'?><a/>", "factuur.txt", FileKind.XML),
        ("<a/>".encode("utf-16"), "a.xml", FileKind.XML),
        (b' {"a": 1}', "a.csv", FileKind.JSON),
        (b"Datum;Bedrag\n", "a.xml", FileKind.TEXT),
        (b"a\x00b", "a.csv", FileKind.UNKNOWN),
        (b"", "a.csv", FileKind.UNKNOWN),
        (hostile.pdf(), "a.docx", FileKind.PDF),
        (hostile.workbook(), "a.zip", FileKind.XLSX),
        (ARCHIVES["plain.zip"][0], "a.xlsx", FileKind.ZIP),
        (ARCHIVES["plain.tgz"][0], "a.zip", FileKind.GZIP),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "a.xlsx", FileKind.OLD_OFFICE),
    ],
)
def test_kind_is_told_by_content_not_by_name(data: bytes, name: str, kind: FileKind) -> None:
    assert sniff(data, name) is kind
