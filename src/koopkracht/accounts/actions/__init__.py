"""The use cases of accounts: one transaction, one permission, one entry in the log each."""
