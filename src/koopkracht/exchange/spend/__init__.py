"""Spend files: plan, apply, undo."""
