"""The cheapest way of one flow through a net: length, corners, and flows that it would cross."""

from dataclasses import dataclass, field
from heapq import heappop, heappush

from engine.workflow.drafting.layout.boxes import Point
from engine.workflow.drafting.layout.net import BEND, CROSSING, Door, Net, Pass

_ARRIVED = 4  # a direction that is none
_MOST = 60_000  # steps; a picture that needs more is not worth it
_PASSES = [[Pass.of((way + 2) % 4, turn) for turn in range(4)] for way in range(4)]


@dataclass(frozen=True, slots=True)
class Track:
    """What was found: doors, and how it goes through each crossing."""

    start: Door
    goal: Door
    taken: dict[int, Pass]
    corners: list[Point]


@dataclass(slots=True)
class Search:
    """One search; ``kin`` tells for each flow what both have in common."""

    net: Net
    kin: dict[str, int]
    starts: list[Door]
    goals: list[Door]
    best: dict[tuple[int, int], float] = field(default_factory=dict)
    came: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    queue: list[tuple[float, float, int, int]] = field(default_factory=list)
    aims: list[Point] = field(default_factory=list)
    rest: dict[int, float] = field(default_factory=dict)  # from a crossing to the nearest aim

    def run(self) -> Track | None:
        """None when there is no way."""
        doors = {(one.at, (one.side + 2) % 4): one for one in self.goals}
        self.aims = [self.net.points[one.at] for one in self.goals]
        for one in self.starts:
            (x, y), (a, b) = self.net.points[one.at], one.border
            self._offer(one.at, one.side, one.price + abs(x - a) + abs(y - b), None)
        for _ in range(_MOST):
            if not self.queue:
                return None
            _, price, at, way = heappop(self.queue)
            if way == _ARRIVED:
                return self._track(at, doors)
            if price <= self.best[at, way]:
                self._onwards(at, way, price, doors)
        return None

    def _onwards(self, at: int, way: int, price: float, doors: dict[tuple[int, int], Door]) -> None:
        users, links = self.net.users[at], self.net.links[at]
        for turn in (way, (way + 1) % 4, (way + 3) % 4):
            extra = price + (0.0 if turn == way else BEND)
            if users:
                extra += self._meeting(users, way, turn)
            door = doors.get((at, turn))
            if door is not None:
                self._offer(at, _ARRIVED, extra + door.price, (at, way * 4 + turn))
            link = links[turn]
            if link is not None and (not users or self._free(users, turn)):
                self._offer(link[0], turn, extra + link[1], (at, way))

    def _offer(self, at: int, way: int, price: float, before: tuple[int, int] | None) -> None:
        if price >= self.best.get((at, way), 1e18):
            return
        self.best[at, way] = price
        if before is not None:
            self.came[at, way] = before
        if (rest := self.rest.get(at)) is None:
            x, y = self.net.points[at]
            rest = self.rest[at] = min([abs(x - a) + abs(y - b) for a, b in self.aims], default=0.0)
        heappush(self.queue, (price + rest, price, at, way))

    def _free(self, users: dict[str, Pass], turn: int) -> bool:
        """Whether only flows that may run together use this arm."""
        return all(self.kin[one] or not other.arms >> turn & 1 for one, other in users.items())

    def _meeting(self, users: dict[str, Pass], way: int, turn: int) -> float:
        """What it costs to cross or touch flows."""
        mine = _PASSES[way][turn]
        return CROSSING * sum(mine.disturbs(other, self.kin[one]) for one, other in users.items())

    def _track(self, at: int, doors: dict[tuple[int, int], Door]) -> Track:
        last, coded = self.came[at, _ARRIVED]
        way, turn = divmod(coded, 4)
        states = [(last, way)]
        while (before := self.came.get(states[-1])) is not None:
            states.append(before)
        states.reverse()
        taken: dict[int, Pass] = {}
        for number, (place, came_by) in enumerate(states):
            leaves = states[number + 1][1] if number + 1 < len(states) else turn
            taken[place] = _PASSES[came_by][leaves]
        start = next(one for one in self.starts if (one.at, one.side) == states[0])
        return Track(start, doors[last, turn], taken, [self.net.points[one] for one, _ in states])
