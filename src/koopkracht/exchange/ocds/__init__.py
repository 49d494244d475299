"""Import of OCDS packages into the register of notices."""
