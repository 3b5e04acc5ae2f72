"""Means of runs with 95 % confidence intervals, by Student's t; two series are compared run by run."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist, fmean, stdev

from engine.simulation.tally import Name, Run

_SURE = 0.95
_Z = NormalDist().inv_cdf((1 + _SURE) / 2)
# Two-sided 95 % of t with few degrees of freedom, where the expansion below is not exact enough.
_FEW = (
    12.706205, 4.302653, 3.182446, 2.776445, 2.570582, 2.446912, 2.364624, 2.306004, 2.262157, 2.228139,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean and how far from it the truth may lie; None: one run cannot tell."""

    mean: float
    half: float | None

    @property
    def low(self) -> float:
        return self.mean - (self.half or 0.0)

    @property
    def high(self) -> float:
        return self.mean + (self.half or 0.0)

    @property
    def sure(self) -> bool:
        """Whether it is told apart from nothing at all."""
        return self.half is not None and (self.low > 0 or self.high < 0)


def quantile(freedom: int) -> float:
    """What 95 % of Student's t stay below in size (Cornish and Fisher's expansion for larger freedoms)."""
    if freedom <= len(_FEW):
        return _FEW[freedom - 1]
    z, n = _Z, freedom
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
    )
    return z + terms[0] / n + terms[1] / n**2 + terms[2] / n**3


def interval(values: Sequence[float]) -> Interval:
    """Of at least one value."""
    if len(values) < 2:
        return Interval(fmean(values), None)
    return Interval(fmean(values), quantile(len(values) - 1) * stdev(values) / math.sqrt(len(values)))


def intervals(runs: Sequence[Run]) -> dict[Name, Interval]:
    """Every figure over the runs that have it; what is counted counts as 0 in the others."""
    return {name: interval(values) for name, values in _columns([one.figures for one in runs]).items()}


def differences(base: Sequence[Run], changed: Sequence[Run]) -> dict[Name, Interval]:
    """Every figure of the changed runs less that of the base, pair by pair."""
    pairs = [(one.figures, other.figures) for one, other in zip(base, changed, strict=True)]
    found = [
        {name: second[name] - first[name] for name in first if name in second} for first, second in pairs
    ]
    return {name: interval(values) for name, values in _columns(found).items()}


def _columns(rows: Sequence[Mapping[Name, float]]) -> dict[Name, list[float]]:
    return {
        name: [row.get(name, 0.0) if name[0] in _COUNTED else row[name] for row in rows if _has(row, name)]
        for name in _names(rows)
    }


_COUNTED = frozenset({"handling"})  # nobody refused is a figure too: none


def _has(row: Mapping[Name, float], name: Name) -> bool:
    return name in row or name[0] in _COUNTED


def _names(rows: Iterable[Mapping[Name, float]]) -> list[Name]:
    return sorted({name for row in rows for name in row})
