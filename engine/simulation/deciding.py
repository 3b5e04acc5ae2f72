"""What people make of a dossier: how long they work, what they decide, when a citizen comes.

Every draw belongs to the dossier, the step and its visit, never to what officers or queues could change.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from engine.domain.calendar import WorkingCalendar
from engine.domain.message import SIGNAL
from engine.domain.procedure import NodeFacts
from engine.domain.record import OpenWork
from engine.scenario.words import key as alike
from engine.simulation.cases import Case
from engine.simulation.profile import MESSAGE, Profile
from engine.simulation.times import Length, chosen, share

_DAY = timedelta(hours=8)  # of work, as citizens count working days
_PATIENT = 3  # visits of a step after which it is decided as it should be: nobody goes in circles for ever
_CAUGHT = frozenset({"intermediateCatchEvent", "receiveTask"})
_BACK = frozenset({"supplement", "rework"})  # what is decided once: the law lets nobody be asked twice


class Mind:
    """The draws of a run."""

    def __init__(self, profile: Profile, run: int, calendar: WorkingCalendar, centre: str) -> None:
        self._profile, self._run = profile, run
        self._calendar, self._centre = calendar, centre

    def minutes(self, case: Case, work: OpenWork) -> float:
        """Minutes of work at a step."""
        length = self._profile.times.of(case.arrival.stream.code, case.node(work), work.role)
        return length.at(self._share(case, work.node, "minutes"))

    def decision(self, case: Case, node: NodeFacts) -> str | None:
        """How the step is decided; the first decision gets what no other one has."""
        values = [one.value for one in node.decisions]
        if len(values) < 2 or case.visits[node.id] >= _PATIENT:
            return values[0] if values else None
        said = self._profile.shares(case.arrival.stream.code, node)
        by_word = {alike(name): part for name, part in said.items()}
        weights = [
            by_word.get(alike(one.value), by_word.get(alike(one.label), 0.0)) for one in node.decisions
        ]
        again = case.visits[node.id] > 1
        weights = [0.0 if again and v in _BACK else w for v, w in zip(values, weights, strict=True)]
        weights[0] = max(0.0, 1 - sum(weights[1:]))
        # The rare ones lie at the low end, so that a higher share of one never makes another rarer there.
        options = [*zip(values[1:], weights[1:], strict=True), (values[0], weights[0])]
        return chosen(options, self._share(case, node.id, "decision"))

    def ready(self, case: Case, work: OpenWork, now: datetime) -> datetime | None:
        """When the citizen comes whom a step waits for; None for steps that wait for nobody."""
        milestone = case.node(work).milestone
        if milestone == "handed_over":
            return self._after(case, work.node, self._profile.citizens.collect, now)
        if milestone == "fee_paid" and self._profile.citizens.pay is not None:
            return self._after(case, work.node, self._profile.citizens.pay, now)
        return None

    def outside(self, case: Case, now: datetime) -> Iterator[tuple[str, datetime | None, str]]:
        """Messages that will come: what for, when (None: never), and the name."""
        for place in sorted(case.record.subscriptions):
            name = place.split("|", 1)[1]
            if place in case.expected or name.startswith(SIGNAL):
                continue
            length = self._length(case, place, name)
            if length is None:
                continue
            visit = f"{name}/{sum(one.endswith(f'|{name}') for one in case.expected)}"
            if name == "supplement" and self._share(case, visit, "never") < self._profile.citizens.never:
                yield place, None, name
            else:
                yield place, self._after(case, visit, length, now), name

    def _length(self, case: Case, place: str, name: str) -> Length | None:
        """How long a message takes; None for one that need not come."""
        citizens = self._profile.citizens
        if name == "supplement":
            return citizens.supplement if case.handling == "awaiting_supplement" else None
        if name in citizens.messages:
            return citizens.messages[name]
        node = case.definition.nodes.get(case.record.subscriptions[place])
        return MESSAGE if name != "withdraw" and node is not None and node.kind in _CAUGHT else None

    def _after(self, case: Case, what: str, length: Length, now: datetime) -> datetime:
        span = length.at(self._share(case, what, "outside")) * _DAY
        return self._calendar.add_working_time(now, span, self._centre)

    def _share(self, case: Case, what: str, of: str) -> float:
        return share(self._profile.seed, self._run, case.arrival.key, what, case.visits[what], of)
