"""``koopkracht demo``: the demonstration town, loaded through the real import path."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from django.conf import settings

from koopkracht.config.cli_serve import prepare, run_serve
from koopkracht.demo import api as demo
from koopkracht.shared.errors import Rejected


def register(commands: Any) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("demo", help="laad een voorbeeldbestuur om alles uit te proberen")
    parser.add_argument("--serve", action="store_true", help="start daarna de website")
    parser.add_argument("--data", type=Path, help="map met echte aankondigingen en uitgaven, om ook die in te lezen")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.set_defaults(run=run_demo, workers=1, without_worker=False)


def run_demo(options: argparse.Namespace) -> int:
    """Load the town once, say how to log in, and serve when asked."""
    if options.data and not options.data.is_dir():
        raise Rejected(f"De map {options.data} bestaat niet.", code="data-folder-missing")
    prepare()
    if demo.is_loaded():
        _say("Het voorbeeldbestuur is al geladen.")
    else:
        _keep_mails_in_a_folder()
        demo.load(say=_say)
    if options.data:
        from koopkracht.demo.reference import load_reference

        load_reference(options.data, say=_say)
    folder = Path(settings.HOME) / "voorbeeldbestanden"
    demo.write_example_files(folder)
    _say(f"\nAlle voorbeeldbestanden staan in {folder}. Meld u aan met het wachtwoord «{demo.PASSWORD}» als:")
    for person in demo.content("town")["people"]:
        _say(f"  {person['email']:34} {person['name']}")
    return run_serve(options) if options.serve else 0


def _keep_mails_in_a_folder() -> None:
    """Write the mails that the invented town sends to files: nobody is behind its addresses."""
    folder = Path(settings.HOME) / "uitgaande-mails"
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(folder)
    _say(f"Mails van het voorbeeldbestuur komen in {folder}, er gaat niets de deur uit.")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
