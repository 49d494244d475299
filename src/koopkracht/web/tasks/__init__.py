"""Pages about what one must do and when: my tasks, the calendar and its feed."""
