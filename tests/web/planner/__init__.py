"""Tests of the pages of the target planner."""
