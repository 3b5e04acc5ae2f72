"""Random processes walked by the engine and by an interpreter that knows no tokens: both see the same work.

After every step only the bytes of the state survive, and they are restored onto another copy of the
definition. A walk that differs prints its seed and its diagram.
"""

from collections.abc import Mapping
from datetime import datetime
from itertools import cycle
from random import Random
from typing import Literal
from uuid import UUID

import pytest

from engine.clock import VIETNAM
from engine.workflow.bundle import BundleSource, Definition, compile_bundle, load_definition
from engine.workflow.instance import run
from engine.workflow.step import Action, Complete, Start, Step
from tests.differential.drawing import Drawing
from tests.differential.interpreter import Running
from tests.differential.models import CLASSES, Block, made

MODELS = 11  # of each class
WALKS = 2  # of each model: 154 walks in all
STEPS = 30  # of a walk; loops may go on for ever


class Ground:
    """The world of a process that has nothing but conditions."""

    def __init__(self, seed: int) -> None:
        self.dossier_id = UUID(int=seed)
        self.sequence = 0
        self.at = datetime(2026, 3, 2, 8, 0, tzinfo=VIETNAM)
        self.answers: dict[str, bool] = {}

    def scope(self) -> Mapping[str, object]:
        return self.answers

    def assign(self, name: str, value: object) -> None:
        raise AssertionError(f"nothing writes {name}")

    def handler_place(self, handler: str) -> Literal["inside", "outside"]:
        raise AssertionError(f"nobody calls {handler}")

    def call_inside(self, handler: str, inputs: Mapping[str, object], node: str) -> Mapping[str, object]:
        raise AssertionError(f"nobody calls {handler}")

    def milestone(self, name: str, node: str, attributes: Mapping[str, str]) -> None:
        raise AssertionError(f"nothing reaches {name}")

    def paper(self, name: str, node: str) -> None:
        raise AssertionError(f"nothing issues {name}")


def definitions(block: Block) -> tuple[Definition, Definition, bytes]:
    drawn = Drawing().process(block)
    bundle = compile_bundle(BundleSource(main="p.bpmn", files={"p.bpmn": drawn}))
    first, second = (load_definition(bundle.sha256, bundle.content) for _ in range(2))
    return first, second, drawn


def walk(seed: int, block: Block, names: list[str], copies: tuple[Definition, Definition]) -> str | None:
    """How the two differ, if they do."""
    random, ground, turn = Random(seed), Ground(seed), cycle(copies)

    def step(state: bytes | None, action: Action) -> Step:
        ground.sequence += 1
        return run(next(turn), state, action, ground)

    ground.answers = {name: random.random() < 0.5 for name in names}
    expected = Running(block, ground.answers)
    found = step(None, Start())
    for number in range(STEPS):
        opened = sorted(task.node for task in found.tasks)
        if opened != sorted(expected.open) or found.ended != expected.over:
            return f"step {number}: engine {opened}, blocks {sorted(expected.open)}"
        if found.ended:
            return None
        ground.answers = {name: random.random() < 0.5 for name in names}
        task = random.choice(sorted(found.tasks, key=lambda one: one.node))
        assert expected.finish(task.node, ground.answers)
        found = step(bytes(found.state), Complete(task.task_id))
    return None


@pytest.mark.parametrize("kinds", CLASSES)
def test_the_engine_opens_exactly_what_the_blocks_say(kinds: str) -> None:
    for seed in range(MODELS):
        block, names = made(Random(f"{kinds} {seed}"), CLASSES[kinds])
        *copies, drawn = definitions(block)
        for again in range(WALKS):
            difference = walk(seed * WALKS + again, block, names, (copies[0], copies[1]))
            assert difference is None, f"{kinds}, seed {seed}.{again}, {difference}\n{drawn.decode()}"


def test_the_same_walk_gives_the_same_bytes() -> None:
    block, names = made(Random("bytes e"), CLASSES["everything"])
    hashes = []
    for _ in range(2):
        first, second, _drawn = definitions(block)
        ground, turn = Ground(7), cycle((first, second))
        ground.answers = dict.fromkeys(names, False)
        found = run(next(turn), None, Start(), ground)
        seen = [found.state_hash]
        while found.tasks:
            ground.sequence += 1
            found = run(next(turn), bytes(found.state), Complete(found.tasks[0].task_id), ground)
            seen.append(found.state_hash)
        hashes.append(seen)
    assert hashes[0] == hashes[1]
    assert len(hashes[0]) > 10
