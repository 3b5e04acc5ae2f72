"""Regular expressions in linear time. Python's backtrack: one line of an analyst could hang the centre."""
