"""Pages about strategy: support, goals, indicators, product groups, working group."""
