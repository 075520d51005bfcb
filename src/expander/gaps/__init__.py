"""Which passages English should gain, and where."""
