"""The front page, help and the catalogue of components."""
