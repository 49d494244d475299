"""Tags for the few Django templates: those that a library brings."""
