"""Tests of the target planner."""
