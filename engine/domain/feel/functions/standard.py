"""The functions every expression may call."""

from engine.domain.feel.functions.booleans import booleans
from engine.domain.feel.functions.contexts import contexts
from engine.domain.feel.functions.conversion import conversion
from engine.domain.feel.functions.dates import dates
from engine.domain.feel.functions.intervals import intervals
from engine.domain.feel.functions.legal import legal
from engine.domain.feel.functions.lists import lists
from engine.domain.feel.functions.numbers import numbers
from engine.domain.feel.functions.patterns import patterns
from engine.domain.feel.functions.ranges import ranges
from engine.domain.feel.functions.registry import Registry
from engine.domain.feel.functions.statistics import statistics
from engine.domain.feel.functions.strings import strings

_ALL = (
    booleans,
    contexts,
    conversion,
    dates,
    intervals,
    legal,
    lists,
    numbers,
    patterns,
    ranges,
    statistics,
    strings,
)

STANDARD = Registry({name: builtin for library in _ALL for name, builtin in library.functions.items()})
