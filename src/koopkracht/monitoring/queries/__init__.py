"""Reads of monitoring. Pages read rollups only; source lines come from the lake, a page at a time."""
