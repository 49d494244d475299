"""Tests of the market context."""
