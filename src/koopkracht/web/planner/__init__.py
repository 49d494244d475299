"""Pages of the target planner."""
