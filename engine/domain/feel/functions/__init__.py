"""The built-in functions of FEEL, by topic, and the legal ones of Motcua."""
