"""Something that fits into every field that must be filled in: as scenarios beside the model do it."""

from engine.scenario.samples import sample

__all__ = ["sample"]
