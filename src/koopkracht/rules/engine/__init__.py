"""The evaluation itself: a pure function over facts, a day and tables."""
