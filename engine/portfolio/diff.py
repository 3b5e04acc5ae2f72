"""Two sets of files of a procedure held against each other, in words."""

from collections.abc import Sequence

from engine.domain.mapping import Difference, differences, suggest
from engine.workflow.bundle import BundleSource
from engine.workflow.errors import NO_PROCESS, XmlRefused
from engine.workflow.reading.closure import Closure, read_closure
from engine.workflow.structure import drawn_in


def compared(old: BundleSource, new: BundleSource) -> Sequence[Difference]:
    """What the new files add, leave out and change; neither need be fit to run. Raises XmlRefused."""
    before, after = (drawn_in(_closure(one)) for one in (old, new))
    return differences(before, after, suggest(before, after))


def _closure(source: BundleSource) -> Closure:
    closure = read_closure(source)
    if not closure.main_process:
        raise XmlRefused(source.main, *NO_PROCESS)
    return closure
