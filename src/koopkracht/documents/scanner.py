"""Optional virus scanner: the INSTREAM conversation with clamd. Off unless the installation names a socket."""

from __future__ import annotations

import socket
import struct
from pathlib import Path

from django.conf import settings

from koopkracht.documents.errors import InfectedFile, ScannerUnavailable

_CHUNK = 1 << 16
_TIMEOUT_SECONDS = 60.0


def scan(path: Path) -> None:
    """Let clamd read the file. Raises ``InfectedFile``, or ``ScannerUnavailable`` when it does not answer."""
    address = settings.CLAMD_SOCKET
    if not address:
        return
    try:
        answer = _ask(address, path)
    except OSError as error:
        raise ScannerUnavailable(
            "De virusscanner antwoordt niet, dus nemen we nu geen bestanden aan. "
            "Probeer het over enkele minuten opnieuw.",
            code="scanner-unavailable",
        ) from error
    if answer.endswith("FOUND"):
        raise InfectedFile(
            "De virusscanner herkent dit bestand als schadelijk. We hebben het niet bewaard.",
            code="file-infected",
            found=answer.partition(": ")[2].removesuffix(" FOUND"),
        )
    if not answer.endswith("OK"):
        raise ScannerUnavailable(
            "De virusscanner kon dit bestand niet nakijken. Probeer het opnieuw, of vraag het aan uw beheerder.",
            code="scanner-error",
            answer=answer[:200],
        )


def _ask(address: str, path: Path) -> str:
    with _connect(address) as connection, path.open("rb") as stream:
        connection.sendall(b"zINSTREAM\0")
        while chunk := stream.read(_CHUNK):
            connection.sendall(struct.pack(">I", len(chunk)) + chunk)
        connection.sendall(struct.pack(">I", 0))
        answer = b""
        while not answer.endswith(b"\0") and (received := connection.recv(4096)):
            answer += received
    return answer.rstrip(b"\0").decode("utf-8", "replace")


def _connect(address: str) -> socket.socket:
    host, _, port = address.rpartition(":")
    if port.isdigit() and host:
        return socket.create_connection((host, int(port)), timeout=_TIMEOUT_SECONDS)
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(_TIMEOUT_SECONDS)
    connection.connect(address)
    return connection
