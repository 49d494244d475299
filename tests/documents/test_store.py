"""The document store: same bytes, same place; nothing half, nothing foreign, nothing infected."""

from __future__ import annotations

import io
import os
import socketserver
import struct
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from koopkracht.audit.models import Event
from koopkracht.documents import api
from koopkracht.documents.errors import DocumentNotFound, FileRefused, HostileFile, InfectedFile, ScannerUnavailable
from koopkracht.documents.models import Document
from koopkracht.shared.guards import FileKind
from tests.accounts import factories
from tests.documents import hostile

pytestmark = pytest.mark.django_db

INVOICE = (hostile.INVOICE % "1").encode()


class Endless(io.RawIOBase):
    """A stream of zeroes that counts how much was asked of it."""

    def __init__(self, size: int) -> None:
        self.left = size
        self.given = 0

    def read(self, size: int = -1) -> bytes:
        chunk = min(size if size >= 0 else self.left, self.left)
        self.left -= chunk
        self.given += chunk
        return b"x" * chunk


def files_in(settings) -> list[Path]:
    return [path for path in Path(settings.DOCUMENTS_ROOT).rglob("*") if path.is_file()]


def test_file_is_kept_under_its_hash_and_read_back(settings) -> None:
    actor = factories.actor()
    ref = api.store(actor=actor, data=INVOICE, filename="C:\\map\\factuur\n.xml", purpose="invoices")
    assert (ref.size, ref.kind, ref.filename, ref.is_new) == (len(INVOICE), FileKind.XML, "factuur.xml", True)
    path = api.path_of(organisation_id=actor.organisation_id, sha256=ref.sha256)
    assert path.relative_to(settings.DOCUMENTS_ROOT).parts == (ref.sha256[:2], ref.sha256[2:4], ref.sha256)
    with api.open_document(organisation_id=actor.organisation_id, sha256=ref.sha256) as stream:
        assert stream.read() == INVOICE
    event = Event.objects.get(action="document.stored")
    assert ref.sha256 in str(event.data)


def test_same_bytes_twice_are_one_row_one_file_one_event(settings) -> None:
    actor = factories.actor()
    first = api.store(actor=actor, data=INVOICE, filename="a.xml", purpose="invoices")
    second = api.store(actor=actor, stream=io.BytesIO(INVOICE), filename="b.xml", purpose="invoices")
    assert (second.id, second.is_new) == (first.id, False)
    assert len(files_in(settings)) == 1
    assert Event.objects.filter(action="document.stored").count() == 1


def test_another_organisation_does_not_see_the_file(settings) -> None:
    ours, theirs = factories.actor(), factories.actor()
    ref = api.store(actor=ours, data=INVOICE, filename="a.xml", purpose="invoices")
    with pytest.raises(DocumentNotFound):
        api.open_document(organisation_id=theirs.organisation_id, sha256=ref.sha256)
    api.store(actor=theirs, data=INVOICE, filename="a.xml", purpose="invoices")
    assert Document.objects.count() == 2
    assert len(files_in(settings)) == 1


def test_a_file_above_the_limit_is_refused_before_it_is_read_whole(settings) -> None:
    settings.UPLOAD_LIMITS_MB = {"spend": 3}
    stream = Endless(2 << 30)
    with pytest.raises(HostileFile, match="hoogstens 3 MB") as refusal:
        api.store(actor=factories.actor(), stream=stream, filename="groot.csv", purpose="spend")
    assert refusal.value.code == "guard.too_large"
    assert stream.given <= 5 << 20
    assert files_in(settings) == []


@pytest.mark.parametrize(
    ("data", "purpose", "code"),
    [
        (b"", "invoices", "document-empty"),
        (b"a;b\n1;2\n", "invoices", "document-kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "spend", "document-kind"),
        (b"MZ\x90\x00\x03", "evidence", "document-kind"),
        (hostile.pdf(), "spend", "document-kind"),
    ],
)
def test_what_does_not_belong_here_is_refused(settings, data: bytes, purpose: str, code: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        api.store(actor=factories.actor(), data=data, filename="x.xml", purpose=purpose)
    assert refusal.value.code == code
    assert files_in(settings) == []
    assert not Document.objects.exists()


CORPUS = {
    **{f"xml-{name}": (*value, "invoices") for name, value in hostile.xml_files(Path("/nergens"), "http://x").items()},
    **{f"xlsx-{name}": (*value, "spend") for name, value in hostile.office_files(Path("/nergens")).items()},
    **{f"archive-{name}": (*value, "invoices") for name, value in hostile.archive_files().items()},
}


@pytest.mark.slow
@pytest.mark.parametrize("name", CORPUS)
def test_no_hostile_file_is_kept(settings, name: str) -> None:
    data, code, purpose = CORPUS[name]
    actor = factories.actor()
    if not code:
        assert api.store(actor=actor, data=data, filename=name, purpose=purpose).is_new
        return
    with pytest.raises((HostileFile, FileRefused)):
        api.store(actor=actor, data=data, filename=name, purpose=purpose)
    assert files_in(settings) == []
    assert not Document.objects.exists()


class FakeScanner(socketserver.BaseRequestHandler):
    """Speaks the INSTREAM conversation and knows one bad word."""

    def handle(self) -> None:
        reader = self.request.makefile("rb")
        assert reader.read(10) == b"zINSTREAM\0"
        data = b""
        while size := struct.unpack(">I", reader.read(4))[0]:
            data += reader.read(size)
        answer = b"Eicar FOUND" if b"EICAR" in data else b"OK"
        self.request.sendall(b"stream: " + answer + b"\0")


@pytest.fixture
def clamd(settings) -> Iterator[None]:
    with socketserver.TCPServer(("127.0.0.1", 0), FakeScanner) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        settings.CLAMD_SOCKET = f"127.0.0.1:{server.server_address[1]}"
        yield
        server.shutdown()
        thread.join()


@pytest.mark.usefixtures("clamd")
def test_virus_scanner_reads_everything_and_refuses_what_it_knows(settings) -> None:
    actor = factories.actor()
    api.store(actor=actor, data=INVOICE * 1 + b"\n" * 200_000, filename="a.xml", purpose="invoices")
    with pytest.raises(InfectedFile) as refusal:
        api.store(actor=actor, data=b"<a>EICAR</a>", filename="b.xml", purpose="invoices")
    assert refusal.value.details["found"] == "Eicar"
    assert len(files_in(settings)) == 1


def test_without_answer_of_the_scanner_nothing_is_accepted(settings, tmp_path: Path) -> None:
    settings.CLAMD_SOCKET = str(tmp_path / "geen.sock")
    with pytest.raises(ScannerUnavailable):
        api.store(actor=factories.actor(), data=INVOICE, filename="a.xml", purpose="invoices")
    assert files_in(settings) == []


def test_lost_bytes_are_said_to_be_lost() -> None:
    actor = factories.actor()
    ref = api.store(actor=actor, data=INVOICE, filename="a.xml", purpose="invoices")
    api.path_of(organisation_id=actor.organisation_id, sha256=ref.sha256).unlink()
    with pytest.raises(DocumentNotFound) as refusal:
        api.path_of(organisation_id=actor.organisation_id, sha256=ref.sha256)
    assert refusal.value.code == "document-lost"


def test_what_a_killed_upload_left_is_swept_and_what_is_under_way_is_not(settings) -> None:
    folder = Path(settings.DOCUMENTS_ROOT) / "tmp"
    folder.mkdir(parents=True)
    for name, age in (("left", 90_000), ("under way", 60)):
        (folder / name).write_bytes(b"x")
        os.utime(folder / name, (time.time() - age,) * 2)
    assert api.sweep() == 1
    assert [path.name for path in folder.iterdir()] == ["under way"]
