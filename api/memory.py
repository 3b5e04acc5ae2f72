"""How often a process looks for garbage that only the collector can find."""

import gc

# Allocations between two looks; Python's own 700 make it look several times during each command and cost a
# sixth of it. A command leaves some 80 objects in rings, so that hardly anything piles up between two looks.
_ALLOCATIONS, _YOUNG, _MIDDLE = 50_000, 10, 20


def collect_rarely() -> None:
    """For processes that carry out commands, so for all that load this package."""
    gc.set_threshold(_ALLOCATIONS, _YOUNG, _MIDDLE)
