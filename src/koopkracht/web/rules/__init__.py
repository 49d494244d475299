"""Wetswijzer: ask a legal question, read the answer with its reasons, and look up rules and parameters."""
