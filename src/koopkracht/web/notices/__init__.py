"""Pages of the register of procurement: import of notices, and lists of notices, procedures, lots and contracts."""
