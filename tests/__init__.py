"""The tests of Koopkracht."""
