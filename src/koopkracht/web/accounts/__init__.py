"""Pages about people, roles, organisations and the own account."""
