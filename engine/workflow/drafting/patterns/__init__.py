"""Patterns of procedures: a row of a catalogue becomes the outline of a draft."""

from engine.workflow.drafting.patterns.rules import Rules
from engine.workflow.drafting.patterns.sketching import Sketched, sketched
from engine.workflow.drafting.patterns.ways import PATTERNS

__all__ = ["PATTERNS", "Rules", "Sketched", "sketched"]
