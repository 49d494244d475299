"""Tests of the pages about product groups."""
