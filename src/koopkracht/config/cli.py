"""The command line: the same use cases as the screens, for operators and scripts.

Exit codes: 0 done, 1 refused or something was found, 2 wrong use, 3 try again later, 4 mend the installation.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from koopkracht import __version__
from koopkracht.shared.errors import ConfigurationError, KoopkrachtError, TemporaryFailure

# Each module offers ``register(subparsers)``; a handler is set with ``set_defaults(run=...)`` and returns an exit code.
COMMAND_MODULES = (
    "koopkracht.config.cli_serve",
    "koopkracht.config.cli_setup",
    "koopkracht.config.cli_import",
    "koopkracht.config.cli_demo",
    "koopkracht.config.cli_diagnose",
    "koopkracht.config.cli_rules",
    "koopkracht.config.cli_artefacts",
    "koopkracht.config.cli_audit",
    "koopkracht.config.cli_operations",
)
DONE, REFUSED, TRY_LATER, NEEDS_ATTENTION = 0, 1, 3, 4


def parser() -> argparse.ArgumentParser:
    """Return the parser with every command registered."""
    made = argparse.ArgumentParser(
        prog="koopkracht", description="Sociaal aankopen voor lokale besturen: van uitgave tot bewezen resultaat."
    )
    made.add_argument("--version", action="version", version=f"koopkracht {__version__}")
    commands = made.add_subparsers(dest="command", required=True, metavar="OPDRACHT")
    for name in COMMAND_MODULES:
        importlib.import_module(name).register(commands)
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "koopkracht.config.settings")
    import django

    django.setup()
    options = parser().parse_args(arguments)
    try:
        return int(options.run(options) or DONE)
    except TemporaryFailure as error:
        return _complain(error, TRY_LATER)
    except ConfigurationError as error:
        return _complain(error, NEEDS_ATTENTION)
    except KoopkrachtError as error:
        return _complain(error, REFUSED)


def _complain(error: KoopkrachtError, code: int) -> int:
    print(f"{error.message} [{error.code}]", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
