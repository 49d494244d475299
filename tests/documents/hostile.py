"""Files made to hurt a server, written on the spot: XML, office files, JSON, archives, PDF and images."""

from __future__ import annotations

import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

INVOICE = '<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"><ID>%s</ID></Invoice>'
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def _laughs() -> str:
    levels = "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 10))
    return f'<!DOCTYPE r [<!ENTITY l0 "lol">{levels}]>'


def xml_files(secret: Path, url: str) -> dict[str, tuple[bytes, str]]:
    """Name → (bytes, the code of the refusal, or an empty string where the file must be harmless)."""
    local = f'<!DOCTYPE r [<!ENTITY x SYSTEM "file://{secret}">]>'
    doctype, tag, broken = "guard.xml.doctype", "guard.xml.tag", "guard.xml.malformed"
    texts: dict[str, tuple[str | bytes, str]] = {
        "local_file": (local + INVOICE % "&x;", doctype),
        "local_file_utf16": (
            ('<?xml version="1.0" encoding="UTF-16"?>' + local + INVOICE % "&x;").encode("utf-16"),
            doctype,
        ),
        "remote_entity": (f'<!DOCTYPE r [<!ENTITY x SYSTEM "{url}/entity">]>' + INVOICE % "&x;", doctype),
        "remote_dtd": (f'<!DOCTYPE Invoice SYSTEM "{url}/dtd">' + INVOICE % "1", doctype),
        "public_dtd": (f'<!DOCTYPE r PUBLIC "-//x//y" "{url}/public"><r/>', doctype),
        "parameter_entity": (f'<!DOCTYPE r [<!ENTITY % p SYSTEM "{url}/parameter"> %p;]><r/>', doctype),
        "stylesheet_instruction": (f'<?xml-stylesheet href="{url}/style"?><r/>', ""),
        "schema_location": (
            f'<r xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:noNamespaceSchemaLocation="{url}/xsd"/>',
            "",
        ),
        "xinclude": (
            f'<r xmlns:x="http://www.w3.org/2001/XInclude"><x:include parse="text" href="file://{secret}"/></r>',
            "",
        ),
        "billion_laughs": (_laughs() + INVOICE % "&l9;", doctype),
        "laughs_in_attribute": (_laughs() + '<r a="&l9;"/>', doctype),
        "quadratic": (f'<!DOCTYPE r [<!ENTITY a "{"a" * 100_000}">]>' + INVOICE % ("&a;" * 20_000), doctype),
        "default_attributes": (
            f'<!DOCTYPE r [<!ATTLIST i a CDATA "{"a" * 50_000}">]><r>{"<i/>" * 40_000}</r>',
            doctype,
        ),
        "doctype_after_comment": ("<!-- x -->\n<!DOCTYPE r []><r/>", doctype),
        "deep": ("<a>" * 300_000 + "</a>" * 300_000, "guard.xml.depth"),
        "many_attributes": ("<r " + " ".join(f'a{n}="1"' for n in range(300_000)) + "/>", tag),
        "thousand_attributes": ("<r " + " ".join(f'a{n}="1"' for n in range(1_000)) + "/>", "guard.xml.attributes"),
        "many_namespaces": ("<r " + " ".join(f'xmlns:n{n}="u{n}"' for n in range(100_000)) + "/>", tag),
        "prefix_per_element": ("<r>" + "".join(f'<n{n}:a xmlns:n{n}="u"/>' for n in range(30_000)) + "</r>", ""),
        "long_name": ("<" + "n" * 5_000_000 + "/>", tag),
        "huge_text": ("<r>" + "x" * 40_000_000 + "</r>", "guard.too_large"),
        "many_elements": ("<r>" + "<a/>" * 1_500_000 + "</r>", "guard.xml.elements"),
        "truncated": (INVOICE[:60], broken),
        "bad_utf8": (b"<r>\xff\xfe\xfa</r>", broken),
        "nul": (b"<r>a\x00b</r>", broken),
        "unknown_encoding": ('<?xml version="1.0" encoding="klingon"?><r/>', "guard.xml.encoding"),
        "utf7": ('<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE r+AD4-<r/>', "guard.xml.encoding"),
        "two_roots": ("<a/><b/>", broken),
        "empty": ("", broken),
    }
    return {
        name: (content if isinstance(content, bytes) else content.encode(), code)
        for name, (content, code) in texts.items()
    }


def json_files() -> dict[str, tuple[bytes, str]]:
    """Name → (bytes, code of the refusal or an empty string)."""
    malformed = "guard.json.malformed"
    texts: dict[str, tuple[str | bytes, str]] = {
        "deep_arrays": ("[" * 500_000 + "]" * 500_000, "guard.json.depth"),
        "deep_objects": ('{"a":' * 100_000 + "1" + "}" * 100_000, "guard.json.depth"),
        "just_too_deep": ("[" * 65 + "]" * 65, "guard.json.depth"),
        "brackets_in_text": ('{"a":"' + "[" * 1_000 + '"}', ""),
        "escaped_quotes": ('{"a":"' + '\\"' * 100_000 + "[" * 100 + '"}', ""),
        "huge_number": ("9" * 1_000_000, "guard.json.number"),
        "huge_fraction": ("0." + "9" * 100_000, ""),
        "huge_exponent": ('{"a":1e400}', ""),
        "nan": ('{"a":NaN}', "guard.json.not_a_number"),
        "infinity": ("[-Infinity]", "guard.json.not_a_number"),
        "doubled_key": ('{"a":1,"a":2}', "guard.json.doubled_key"),
        "lone_surrogate": ('{"a":"\\ud800"}', "guard.json.surrogate"),
        "surrogate_pair": ('{"a":"\\ud83d\\ude00"}', ""),
        "many_keys": ("{" + ",".join(f'"k{n}":1' for n in range(300_000)) + "}", "guard.json.fields"),
        "many_values": ("[" + "[]," * 1_600_000 + "1]", "guard.json.values"),
        "bad_utf8": (b'{"a":"\xff"}', "guard.json.encoding"),
        "huge_text": ('"' + "x" * 40_000_000 + '"', "guard.too_large"),
        "truncated": ('{"a": [1, 2', malformed),
        "trailing": ('{"a":1} x', malformed),
        "empty": ("", malformed),
    }
    return {
        name: (content if isinstance(content, bytes) else content.encode(), code)
        for name, (content, code) in texts.items()
    }


SHEET = f'<worksheet {_MAIN}><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>'
TEXT_SHEET = SHEET.replace('r="A1"', 'r="A1" t="s"').replace("<v>1</v>", "<v>0</v>")
TEXTS = f"<sst {_MAIN}><si><t>a</t></si></sst>"


def workbook(
    sheet: str | Callable[[io.BufferedIOBase], None] = SHEET,
    texts: str = TEXTS,
    extra: tuple[tuple[str, bytes], ...] = (),
) -> bytes:
    """A minimal workbook with the given sheet, shared texts and further parts."""
    part = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    types = (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{part}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{part}.worksheet+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{part}.sharedStrings+xml"/></Types>'
    )
    links = f'<Relationships xmlns="{_PACKAGE}/relationships">%s</Relationships>'
    link = f'<Relationship Id="r%d" Type="{_RELATIONS}/%s" Target="%s"/>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("_rels/.rels", links % (link % (1, "officeDocument", "xl/workbook.xml")))
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook {_MAIN} xmlns:r="{_RELATIONS}"><sheets>'
            '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        parts = link % (1, "worksheet", "worksheets/sheet1.xml") + link % (2, "sharedStrings", "sharedStrings.xml")
        archive.writestr("xl/_rels/workbook.xml.rels", links % parts)
        if callable(sheet):
            with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as stream:
                sheet(stream)  # type: ignore[arg-type]
        else:
            archive.writestr("xl/worksheets/sheet1.xml", sheet)
        archive.writestr("xl/sharedStrings.xml", texts)
        for name, data in extra:
            archive.writestr(name, data)
    return buffer.getvalue()


def _spaces(stream: io.BufferedIOBase) -> None:
    stream.writelines([b" " * 1_000_000] * 300)


def _cells(stream: io.BufferedIOBase) -> None:
    rows = b"".join(b"<row>" + b"<c><v>1</v></c>" * 100 + b"</row>" for _ in range(1_000))
    stream.writelines([rows] * 170)


def office_files(secret: Path) -> dict[str, tuple[bytes, str]]:
    """Name → (bytes, code of the refusal or an empty string)."""
    far = SHEET.replace("</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')
    lie = SHEET.replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')
    leak = f'<!DOCTYPE r [<!ENTITY x SYSTEM "file://{secret}">]>'
    count = f'<sst {_MAIN} count="4000000000" uniqueCount="4000000000"><si><t>a</t></si></sst>'
    extent, doctype = "guard.office.extent", "guard.xml.doctype"
    return {
        "plain": (workbook(), ""),
        "laughs_in_texts": (workbook(TEXT_SHEET, _laughs() + TEXTS.replace(">a<", ">&l9;<")), doctype),
        "local_file_in_texts": (workbook(TEXT_SHEET, leak + TEXTS.replace(">a<", ">&x;<")), doctype),
        "doctype_in_sheet": (workbook(leak + SHEET), doctype),
        "utf16_part": (workbook(extra=(("xl/styles.xml", (leak + "<a/>").encode("utf-16")),)), "guard.office.encoding"),
        "last_cell": (workbook(far), extent),
        "last_cell_single_quotes": (workbook(far.replace('"', "'")), extent),
        "dimension_lie": (workbook(lie), extent),
        "text_count_lie": (workbook(texts=count), "guard.office.text_count"),
        "spaces": (workbook(_spaces), "guard.too_large"),
        "cells": (workbook(_cells), "guard.archive.bomb"),
        "many_parts": (
            workbook(extra=tuple((f"xl/media/{n}.bin", b"") for n in range(3_000))),
            "guard.archive.entries",
        ),
        "slip": (workbook(extra=(("../../../../evil.txt", b"x"),)), "guard.archive.path"),
        "macros": (workbook(extra=(("xl/vbaProject.bin", b"x"),)), "guard.office.macros"),
        "truncated": (workbook()[:-100], "guard.office.damaged"),
        "external_template": (
            workbook(
                extra=(
                    (
                        "word/_rels/settings.xml.rels",
                        b'<a><b Type="x/attachedTemplate" Target="http://x.invalid/t.dotm" TargetMode="External"/></a>',
                    ),
                )
            ),
            "guard.office.external_template",
        ),
    }


def _zip(*files: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return buffer.getvalue()


def _tar(*members: tuple[tarfile.TarInfo, bytes], mode: str = "w:gz") -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:  # type: ignore[call-overload]
        for info, data in members:
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def _tar_entry(name: str, kind: bytes = tarfile.REGTYPE, target: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


def overlapping_zip() -> bytes:
    """Two entries in the list of contents that point at the same packed bytes."""
    plain = bytearray(_zip(("a.xml", b"<a/>" * 50), ("b.xml", b"<a/>" * 50)))
    second = plain.rindex(b"PK\x01\x02")
    plain[second + 42 : second + 46] = struct.pack("<I", 0)
    name = plain.index(b"b.xml", second)
    plain[name : name + 5] = b"a.xml"
    return bytes(plain)


def lying_zip() -> bytes:
    """An entry that inflates to far more than the list of contents says."""
    plain = bytearray(_zip(("a.xml", b"x" * 500_000)))
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = plain.index(mark)
        plain[at + offset : at + offset + 4] = struct.pack("<I", 1_000)
    return bytes(plain)


def archive_files() -> dict[str, tuple[bytes, str]]:
    """Name → (bytes, code of the refusal or an empty string)."""
    link = zipfile.ZipInfo("link.xml")
    link.external_attr = 0o120777 << 16
    encrypted = bytearray(_zip(("a.xml", b"<a/>")))
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        encrypted[encrypted.index(mark) + offset] |= 1
    bomb = b"\0" * (30 << 20)
    return {
        "plain.zip": (_zip(("een/a.xml", b"<a/>"), ("b.xml", b"<b/>")), ""),
        "plain.tgz": (_tar((_tar_entry("a.xml"), b"<a/>")), ""),
        "plain.txz": (_tar((_tar_entry("a.xml"), b"<a/>"), mode="w:xz"), ""),
        "slip.zip": (_zip(("../../evil.xml", b"<a/>")), "guard.archive.path"),
        "absolute.zip": (_zip(("/etc/evil.xml", b"<a/>")), "guard.archive.path"),
        "drive.zip": (_zip(("C:/evil.xml", b"<a/>")), "guard.archive.path"),
        "backslash.zip": (_zip(("..\\evil.xml", b"<a/>")), "guard.archive.path"),
        "link.zip": (_zip((link, b"/etc/hostname")), "guard.archive.link"),
        "nested.zip": (_zip(("b.zip", _zip(("a.xml", b"<a/>")))), "guard.archive.nested"),
        "hidden_nested.zip": (_zip(("b.xml", _zip(("a.xml", b"<a/>")))), "guard.archive.nested"),
        "bomb.zip": (_zip(("a.xml", bomb)), "guard.archive.bomb"),
        "large_member.zip": (_zip(("a.xml", bomb + bomb)), "guard.too_large"),
        "overlap.zip": (overlapping_zip(), "guard.archive.overlap"),
        "lie.zip": (lying_zip(), "guard.archive.damaged"),
        "encrypted.zip": (bytes(encrypted), "guard.archive.encrypted"),
        "many.zip": (_zip(*((f"{n}.xml", b"") for n in range(20_001))), "guard.archive.entries"),
        "damaged.zip": (_zip(("a.xml", b"<a/>" * 100))[:-40], "guard.archive.damaged"),
        "slip.tgz": (_tar((_tar_entry("../evil.xml"), b"<a/>")), "guard.archive.path"),
        "link.tgz": (_tar((_tar_entry("a.xml", tarfile.SYMTYPE, "/etc/hostname"), b"")), "guard.archive.link"),
        "hardlink.tgz": (_tar((_tar_entry("a.xml", tarfile.LNKTYPE, "../x"), b"")), "guard.archive.link"),
        "device.tgz": (_tar((_tar_entry("a.xml", tarfile.CHRTYPE), b"")), "guard.archive.special_file"),
        "bomb.tgz": (_tar(*((_tar_entry(f"{n}.xml"), bomb) for n in range(5))), "guard.archive.bomb"),
        "gzip_of_text.tgz": (zlib.compress(b"geen tar", wbits=31), "guard.archive.damaged"),
    }


def pdf(extra: bytes = b"") -> bytes:
    """A minimal PDF, with something extra in its catalogue."""
    return b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog " + extra + b" >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def png(width: int, height: int) -> bytes:
    """The head of a PNG of the given size."""
    header = struct.pack(">II", width, height) + b"\x08\x02\x00\x00\x00"
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13)
        + b"IHDR"
        + header
        + struct.pack(">I", zlib.crc32(b"IHDR" + header))
    )


def jpeg(width: int, height: int) -> bytes:
    """The head of a JPEG of the given size."""
    return b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08" + struct.pack(">HH", height, width) + b"\x03" + b"\0" * 12
