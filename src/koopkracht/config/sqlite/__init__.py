"""Django's SQLite backend with a fair queue for writers (the engine name in the settings is this package)."""
