"""Names beside events, gateways and flows: where they find room that nothing else takes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from engine.workflow.drafting.layout.boxes import Box, Point

LETTER, LINE = 6.2, 14.0  # mean width of a letter, height of a line: 12 px type
NARROW, WIDE = 110.0, 150.0


def wrapped(text: str, width: float) -> int:
    """Lines that a text takes in a width, broken between words."""
    lines, room = 1, 0.0
    for word in text.split():
        needed = len(word) * LETTER
        if room and room + LETTER + needed > width:
            lines, room = lines + 1, needed
        else:
            room += needed + (LETTER if room else 0)
    return lines


@dataclass(slots=True)
class Labels:
    """Names that have been placed, and what the next ones must keep clear of."""

    shapes: list[Box]
    lines: list[tuple[Point, Point]]
    borders: list[float]  # of lanes
    placed: list[Box] = field(default_factory=list)
    poor: int = 0  # names for which there was no free room

    def put(self, candidates: Iterator[Box]) -> Box:
        """The first candidate that is free, else the first of all."""
        first = next(candidates)
        for box in (first, *candidates):
            if self._free(box):
                self.placed.append(box)
                return box
        self.poor += 1
        self.placed.append(first)
        return first

    def _free(self, box: Box) -> bool:
        return (
            not any(box.overlaps(one) for one in self.shapes)
            and not any(box.overlaps(one) for one in self.placed)
            and not any(box.crossed_by(a, b) for a, b in self.lines)
            and not any(box.top < y < box.bottom for y in self.borders)
        )


def sizes_of(text: str) -> list[tuple[float, float]]:
    """Width and height of a name: on as few lines as look well, then narrower."""
    whole = len(text) * LETTER + 4
    found = []
    for width in (NARROW, WIDE, 170.0, 90.0, 72.0):
        lines = wrapped(text, width)
        found.append((max(min(width, whole) if lines == 1 else width, whole / lines), lines * LINE))
    return sorted(dict.fromkeys(found), key=lambda one: (one[1] > 3 * LINE, one[1], one[0]))


def beside_event(text: str, centre: Point, half: float) -> Iterator[Box]:
    """Below an event, else above it, else at its side."""
    x, y = centre
    for width, height in sizes_of(text):
        yield Box(x - width / 2, y + half + 5, x + width / 2, y + half + 5 + height)
    for width, height in sizes_of(text):
        yield Box(x - width / 2, y - half - 4 - height, x + width / 2, y - half - 4)
    yield from beside_boundary(text, centre, half)


def beside_boundary(text: str, centre: Point, half: float) -> Iterator[Box]:
    """Left or right of the flow that leaves an event on a border, below the border."""
    x, y = centre
    for width, height in sizes_of(text):
        for lift in (4.0, 8.0, 14.0):
            yield Box(x - half - width, y + lift, x - half, y + lift + height)
            yield Box(x + half + 2, y + lift, x + half + 2 + width, y + lift + height)
        yield Box(x + 4, y + half + 4, x + 4 + width, y + half + 4 + height)
        yield Box(x - 4 - width, y + half + 4, x - 4, y + half + 4 + height)


def beside_gateway(text: str, centre: Point, half: float) -> Iterator[Box]:
    """Above a gateway, else below it, else beside its upper or lower corner."""
    x, y = centre
    for width, height in sizes_of(text):
        yield Box(x - width / 2, y - half - 4 - height, x + width / 2, y - half - 4)
        yield Box(x - width / 2, y + half + 4, x + width / 2, y + half + 4 + height)
    for width, height in sizes_of(text):
        for top in (y - half - 4 - height, y + half - 8, y - half - 10 - height, y + half + 4):
            yield Box(x - 8 - width, top, x - 8, top + height)
            yield Box(x + 8, top, x + 8 + width, top + height)


def beside_flow(text: str, points: list[Point], default: bool) -> Iterator[Box]:
    """Along the pieces of a flow, beginning at its source, clear of the mark of a default.

    A flow that leaves a gateway downwards and turns to the right has its name behind the corner: other flows
    may leave by the same line.
    """
    width, height = len(text) * LETTER + 8, LINE
    pieces = list(pairwise(points))
    if len(pieces) > 1 and pieces[0][0][0] == pieces[0][1][0] and pieces[1][1][0] - pieces[1][0][0] > width:
        (x, y), _ = pieces[1]
        left = x + (10 if default else 6)
        yield Box(left, y - 3 - height, left + width, y - 3)
        yield Box(left, y + 3, left + width, y + 3 + height)
    for number, (a, b) in enumerate(pieces):
        clear = 16.0 if number == 0 and default else 6.0
        if a[1] == b[1]:
            yield from _along(a, b, width, height, clear)
        else:
            yield from _down(a, b, width, height, clear)


def _along(a: Point, b: Point, width: float, height: float, clear: float) -> Iterator[Box]:
    reach = abs(b[0] - a[0])
    for start in (clear, clear + 12, clear + 40, max(clear, reach - width - 12)):
        left = a[0] + start if b[0] > a[0] else a[0] - start - width
        yield Box(left, a[1] - 3 - height, left + width, a[1] - 3)
        yield Box(left, a[1] + 3, left + width, a[1] + 3 + height)


def _down(a: Point, b: Point, width: float, height: float, clear: float) -> Iterator[Box]:
    reach = abs(b[1] - a[1])
    mark = clear > 8  # a default flow's
    for start in (clear - 2, clear + 12, clear + 30, reach / 2, max(0.0, reach - height - 4)):
        top = a[1] + start if b[1] > a[1] else a[1] - start - height
        away = 10.0 if mark else 5.0
        yield Box(a[0] + away, top, a[0] + away + width, top + height)
        yield Box(a[0] - away - width, top, a[0] - away, top + height)
