"""The door of the demonstration: stable, keep it small."""

from __future__ import annotations

from koopkracht.demo.load import PASSWORD, import_bytes, is_loaded, load, write_example_files
from koopkracht.demo.town import content

__all__ = ["PASSWORD", "content", "import_bytes", "is_loaded", "load", "write_example_files"]
