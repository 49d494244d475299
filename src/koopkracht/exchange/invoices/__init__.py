"""Import of invoices: receive, judge, keep in the inbox."""
