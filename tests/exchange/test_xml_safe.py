"""No document may make the parser fetch, expand or swell."""

from __future__ import annotations

import pytest

from koopkracht.exchange.formats.xml_safe import HostileXml, XmlLimits, parse_xml
from koopkracht.shared.errors import Rejected

DOCTYPE = '<!DOCTYPE r [<!ENTITY x "y">]><r>&x;</r>'


@pytest.mark.parametrize(
    "data",
    [
        DOCTYPE.encode(),
        b"<?xml version='1.0'?><!-- a --><!DOCTYPE r SYSTEM 'http://127.0.0.1:9/x.dtd'><r/>",
        DOCTYPE.encode("utf-16"),
        DOCTYPE.encode("utf-16-le"),
        b"\xef\xbb\xbf" + DOCTYPE.encode(),
        ("<!-- " + "x" * 100_000 + " -->" + DOCTYPE).encode(),
    ],
    ids=["internal", "external", "utf-16", "utf-16-without-mark", "utf-8-mark", "behind-long-comment"],
)
def test_a_doctype_is_refused_in_every_encoding(data: bytes) -> None:
    with pytest.raises(HostileXml) as error:
        parse_xml(data)
    assert error.value.code == "guard.xml.doctype"


def test_a_flood_of_elements_is_refused_before_a_tree_is_built() -> None:
    with pytest.raises(HostileXml) as error:
        parse_xml(b"<r>" + b"<a/>" * 300_000 + b"</r>", XmlLimits(elements=200_000))
    assert error.value.code == "guard.xml.elements"


def test_depth_beyond_reason_is_refused() -> None:
    with pytest.raises(Rejected):
        parse_xml(b"<a>" * 5000 + b"</a>" * 5000)


@pytest.mark.parametrize(
    "data", [b"", b"   ", b"<r>", b"<r>\xff\xfe</r>", b"<r>a\x00b</r>", b"geen xml", b"<?xml", DOCTYPE.encode("utf-32")]
)
def test_broken_documents_get_a_dutch_message(data: bytes) -> None:
    with pytest.raises(Rejected) as error:
        parse_xml(data)
    assert error.value.message.endswith(".")


def test_xinclude_is_left_as_it_stands(tmp_path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("geheim")
    data = f'<r xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include parse="text" href="{secret.as_uri()}"/></r>'
    assert "geheim" not in "".join(parse_xml(data.encode()).itertext())


def test_ordinary_documents_in_several_encodings() -> None:
    for encoding in ("utf-8", "iso-8859-1", "utf-16"):
        data = f'<?xml version="1.0" encoding="{encoding}" standalone="no"?><!-- c --><r>één</r>'.encode(encoding)
        assert parse_xml(data).text == "één"
