"""Which part of the counterpart is which part of the English article, with the evidence."""
