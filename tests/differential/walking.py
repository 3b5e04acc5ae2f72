"""A random walk through a process, led by a plan of numbers so that it can be shortened and done again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Protocol

from engine.workflow.instance import ENDLESS
from tests.differential.graph import Model
from tests.differential.trace import Act, Moment, Open, Seen

Plan = tuple[int, ...]  # one number for each step: it decides the answers and the action
QUESTIONS = tuple(f"q{number}" for number in range(1, 7))
CODES = ("E1", "E2")


class Side(Protocol):
    """Something that runs a process."""

    def act(self, act: Act, answers: Mapping[str, object]) -> Seen:
        """Put the answers into the document and do the action. May raise whatever the side raises."""
        ...


@dataclass(frozen=True, slots=True)
class Walk:
    moments: tuple[Moment, ...]
    broken: str | None = None  # what the side raised, when it did
    endless: tuple[Mapping[str, object], Act] | None = None  # the last action, when the side called it so


def plan(random: Random, steps: int) -> Plan:
    return tuple(random.getrandbits(32) for _ in range(steps))


def walk(side: Side, model: Model, steps: Plan) -> Walk:
    """Go until the process has ended, nothing is open, or the plan is at its end."""
    moments: list[Moment] = []
    for number in steps:
        random = Random(number)
        answers = {name: random.random() < 0.5 for name in QUESTIONS}
        if moments:
            possible = _possible(moments[-1].seen, random)
            if not possible:
                break
            act = random.choice(possible)
        else:
            act, answers = Act("start"), {**_document(model, random), **answers}
        try:
            moments.append(Moment(answers, act, side.act(act, answers)))
        except Exception as error:  # noqa: BLE001 - whatever is raised is the finding
            if ENDLESS[0] in str(error):
                return Walk(tuple(moments), endless=(answers, act))
            return Walk(tuple(moments), f"{act}: {type(error).__name__}: {error}")
    return Walk(tuple(moments))


def again(side: Side, done: Sequence[Moment]) -> None:
    """The same actions from the beginning."""
    for moment in done:
        side.act(moment.act, moment.answers)


def _document(model: Model, random: Random) -> dict[str, object]:
    """Counters of scripts, numbers and lists for instances."""
    document: dict[str, object] = {f"c_{one.id}": 0 for one in model.nodes.values() if one.adds}
    asked = [
        one.event.word or "" for one in model.nodes.values() if one.event and one.event.kind == "condition"
    ]
    document |= {word.split()[0]: 0 for word in asked if word.startswith("c_")}
    document |= {name: random.randint(0, 3) for name in ("n1", "n2")}
    return document | {name: random.sample((1, 2, 3), random.randint(0, 3)) for name in ("l1", "l2", "l3")}


def _possible(seen: Seen, random: Random) -> list[Act]:
    """What may be done next; work is done more often than events come."""
    if seen.ended:
        return []
    acts: dict[str, list[Act]] = {"work": [], "event": []}
    for one in sorted(seen.open, key=lambda one: (one.kind, one.name)):
        for act in _acts(one, random):
            acts["work" if one.kind in ("task", "job") else "event"].append(act)
    if acts["work"] and acts["event"]:
        return acts["work" if random.random() < 0.6 else "event"]
    return acts["work"] or acts["event"]


def _acts(one: Open, random: Random) -> list[Act]:
    if one.kind == "signal":
        return [Act("signal", None, one.name)]
    if one.kind == "job" and random.random() < 0.4:
        return [Act("fail", one, random.choice(CODES))]
    return [Act("complete" if one.kind in ("task", "job") else one.kind, one)]
