"""One case: a process and a walk, done by the engine, held against the standard, done again."""

from collections import Counter
from dataclasses import dataclass, field
from random import Random

from engine.workflow.errors import BundleRefused
from tests.differential.drawing import draw
from tests.differential.engine_side import EngineSide, copies
from tests.differential.explaining import explain
from tests.differential.graph import Model
from tests.differential.laying import lay
from tests.differential.making import CLASSES, Maker
from tests.differential.shrinking import Case, shrink
from tests.differential.walking import Plan, Walk, again, plan, walk

WALKS = 4  # of each process
STEPS = 40  # of a walk; loops may go on for ever


@dataclass(slots=True)
class Tally:
    """What a number of walks came to."""

    processes: int = 0
    walks: int = 0
    steps: int = 0
    refused: Counter[str] = field(default_factory=Counter)  # processes that the check refuses, by rule
    deviations: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        self.processes += other.processes
        self.walks += other.walks
        self.steps += other.steps
        self.refused += other.refused
        self.deviations += other.deviations


def compare(kind: str, seed: str, *, shrinks: bool = True) -> Tally:
    """Make one process of a class and walk it several times."""
    random = Random(f"{kind} {seed}")
    process = Maker(random, CLASSES[kind]).process()
    bare = random.random() < 0.2
    model = lay(process, bare=bare)
    tally = Tally(processes=1)
    try:
        definitions = copies(draw(model))
    except BundleRefused as refused:
        tally.refused[_rule(refused)] += 1
        return tally
    for number in range(WALKS):
        steps = plan(Random(f"{kind} {seed} {number}"), STEPS)
        done, difference = _difference(model, definitions, steps)
        tally.walks += 1
        tally.steps += len(done.moments)
        if difference is not None:
            case = (process, steps)
            small = shrink(case, lambda one: _deviates(one, bare)) if shrinks else case
            tally.deviations.append(f"{kind}, seed {seed}.{number}\n{told(small, bare)}")
            break
    return tally


def _rule(refused: BundleRefused) -> str:
    return next(one.rule for one in refused.findings if one.severity == "error")


def _difference(model: Model, definitions: tuple, steps: Plan) -> tuple[Walk, str | None]:  # type: ignore[type-arg]
    """The engine's walk, and how it is not what the standard says or not the same twice."""
    side = EngineSide(definitions)
    done = walk(side, model, steps)
    found = explain(model, done.moments, done.endless)
    if found is not None or done.broken is not None:
        return done, found or done.broken
    second = EngineSide(definitions[::-1])
    again(second, done.moments)
    return done, None if side.hashes == second.hashes else "the same actions gave other states"


def _deviates(case: Case, bare: bool) -> bool:
    model = lay(case[0], bare=bare)
    try:
        definitions = copies(draw(model))
    except BundleRefused:
        return False
    return bool(case[1]) and _difference(model, definitions, case[1])[1] is not None


def told(case: Case, bare: bool) -> str:
    """A case for people: the diagram, the actions, the difference."""
    model = lay(case[0], bare=bare)
    drawn = draw(model)
    done, difference = _difference(model, copies(drawn), case[1])
    lines = [drawn]
    for number, moment in enumerate(done.moments):
        true = [name for name, said in moment.answers.items() if said is True]
        lines.append(f"{number}. {moment.act}; true: {', '.join(true)}")
    first = done.moments[0].answers if done.moments else {}
    lines.append(f"numbers: { {name: said for name, said in first.items() if not isinstance(said, bool)} }")
    return "\n".join([*lines, f"deviation: {difference}"])
