"""Pages of invoices: the inbox, one invoice, and the import."""
