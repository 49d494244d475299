"""Koopkracht: social procurement for local governments, from spend to proven impact."""

__version__ = "0.1.0"
