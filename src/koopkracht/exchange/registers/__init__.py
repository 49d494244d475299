"""Registers: suppliers, social enterprises and the purchasing plan, from tables."""
