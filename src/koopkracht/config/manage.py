"""Django's own commands for developers: ``python -m koopkracht.config.manage <command>``."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run one Django management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "koopkracht.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
