"""Page of the operator: which official files are loaded, and loading one."""
