"""Pages of the import of OCDS packages."""
