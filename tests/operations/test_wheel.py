"""The built package runs outside the checkout: styles and tables inside, data in one folder, killed without loss."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import sysconfig
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.slow, pytest.mark.sqlite]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel and install it in an environment of its own; the libraries come from this environment."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    place = folder / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(place)], check=True)
    uv = [
        str(Path(sys.executable).parent / "uv"),
        "pip",
        "install",
        "-q",
        "--no-deps",
        "--python",
        str(place / "bin/python"),
    ]
    subprocess.run([*uv, str(wheel)], check=True)
    (site,) = place.glob("lib/python*/site-packages")
    # Appended at the end of the path, after the installed package itself.
    (site / "libraries.pth").write_text(sysconfig.get_paths()["purelib"] + "\n", encoding="utf-8")
    return place


@pytest.fixture
def server(installed: Path, tmp_path: Path) -> Iterator[str]:
    port = _free_port()
    clean = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("KOOPKRACHT_", "DATABASE_URL", "DJANGO_"))
    }
    process = subprocess.Popen(
        [str(installed / "bin/koopkracht"), "serve", "--port", str(port)],
        cwd=tmp_path,
        env={**clean, "KOOPKRACHT_HOME": str(tmp_path / "home")},
        start_new_session=True,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{address}/gezond", timeout=2).read()
                break
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                assert process.poll() is None, "the server stopped"
                time.sleep(0.25)
        yield address
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=20)


def test_the_installed_package_serves_its_pages_and_styles(installed: Path, server: str) -> None:
    where = [str(installed / "bin/python"), "-c", "import koopkracht; print(koopkracht.__file__)"]
    assert str(installed) in subprocess.run(where, check=True, capture_output=True, text=True, cwd="/").stdout
    page = urllib.request.urlopen(f"{server}/accounts/login/", timeout=10).read().decode()
    sheets = re.findall(r'href="(/static/[^"]+\.css)"', page)
    assert sheets
    for sheet in sheets:
        answer = urllib.request.urlopen(server + sheet, timeout=10)
        assert answer.status == 200
        assert len(answer.read()) > 100


def test_check_explains_the_state_of_an_empty_installation(installed: Path, tmp_path: Path) -> None:
    run = subprocess.run(
        [str(installed / "bin/koopkracht"), "check"],
        cwd=tmp_path,
        env={**os.environ, "KOOPKRACHT_HOME": str(tmp_path / "leeg")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 4
    assert "koopkracht serve" in run.stdout
