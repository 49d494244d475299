"""Pages about product groups."""
