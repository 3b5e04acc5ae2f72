"""How long things take: distributions that turn one random share into a length.

One share a length, and a larger share never gives a shorter length: two runs that draw the same shares differ
only by what was changed between them (common random numbers).
"""

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from statistics import NormalDist
from typing import Protocol, TypeVar

T = TypeVar("T")
_NORMAL = NormalDist()
_CERTAIN = 1e-12  # shares nearer to 0 or 1 than this would be endless in some distributions


def share(*parts: object) -> float:
    """The random share, in (0, 1), that belongs to these words: the same words, the same share."""
    drawn = blake2b("|".join(map(str, parts)).encode(), digest_size=8).digest()
    return min(max(int.from_bytes(drawn) / 2**64, _CERTAIN), 1 - _CERTAIN)


class Length(Protocol):
    """A distribution of lengths, all of them 0 or more."""

    def at(self, part: float) -> float:
        """The length that this share of all lengths does not exceed."""
        ...


@dataclass(frozen=True, slots=True)
class Fixed:
    """Always the same."""

    value: float

    def at(self, part: float) -> float:
        return self.value


@dataclass(frozen=True, slots=True)
class Triangular:
    """Between two bounds, most often near ``usual``."""

    least: float
    usual: float
    most: float

    def at(self, part: float) -> float:
        width = self.most - self.least
        if width == 0:
            return self.least
        turn = (self.usual - self.least) / width
        if part < turn:
            return self.least + math.sqrt(part * width * (self.usual - self.least))
        return self.most - math.sqrt((1 - part) * width * (self.most - self.usual))


@dataclass(frozen=True, slots=True)
class LogNormal:
    """Mostly near the mean, sometimes far longer: how work of specialists usually looks."""

    mean: float
    deviation: float

    def at(self, part: float) -> float:
        if self.mean == 0:
            return 0.0
        variance = math.log1p((self.deviation / self.mean) ** 2)
        middle = math.log(self.mean) - variance / 2
        return math.exp(middle + math.sqrt(variance) * _NORMAL.inv_cdf(part))


@dataclass(frozen=True, slots=True)
class Exponential:
    """Without memory: what queueing theory reckons with."""

    mean: float

    def at(self, part: float) -> float:
        return -self.mean * math.log1p(-part)


@dataclass(frozen=True, slots=True)
class Quantiles:
    """As observed: lengths at even steps of their share, straight lines between."""

    points: tuple[float, ...]  # in order, at least one

    def at(self, part: float) -> float:
        place = part * (len(self.points) - 1)
        low = min(int(place), len(self.points) - 1)
        high = min(low + 1, len(self.points) - 1)
        return self.points[low] + (self.points[high] - self.points[low]) * (place - low)


@dataclass(frozen=True, slots=True)
class Scaled:
    """Another distribution, longer or shorter by a factor."""

    length: Length
    factor: float

    def at(self, part: float) -> float:
        return self.length.at(part) * self.factor


def observed(lengths: Sequence[float], steps: int = 20) -> Length:
    """The distribution of what was observed, at least one length."""
    ordered = sorted(lengths)
    if ordered[0] == ordered[-1]:
        return Fixed(round(ordered[0], 2))
    places = (one * (len(ordered) - 1) / steps for one in range(steps + 1))
    return Quantiles(tuple(round(_between(ordered, place), 2) for place in places))


def _between(ordered: Sequence[float], place: float) -> float:
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def chosen(options: Sequence[tuple[T, float]], part: float) -> T:
    """The option at this share, each as wide as its weight; weights need not sum to 1."""
    sums, total = [], 0.0
    for _, weight in options:
        total += weight
        sums.append(total)
    return options[min(bisect_right(sums, part * total), len(options) - 1)][0]
