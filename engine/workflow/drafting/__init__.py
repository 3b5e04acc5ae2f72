"""Procedures written as outlines become diagrams: semantics, picture and forms, ready for the check."""
