"""Official files of the operator: eForms SDK, invoice rules, UBL and OCDS schemas."""
