"""The dated tables in memory, and everything needed to read and check them; pure Python."""
