"""Tests of the pages about suppliers, registers and the purchasing plan."""
