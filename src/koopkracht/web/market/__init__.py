"""Pages about suppliers, social enterprises, registers and the purchasing plan."""
