"""Pages about knowledge: the glossary and success stories."""
