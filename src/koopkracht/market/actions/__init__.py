"""The use cases of the market context, one function each: one transaction, permission, audit entry."""
