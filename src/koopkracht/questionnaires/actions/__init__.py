"""Use cases of question lists, one module per moment: editing, recipients, running, answering, sending, summary."""
