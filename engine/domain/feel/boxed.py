"""Compiles what only the boxes of a decision model hold: tables among expressions, and typed values."""

from engine.domain.feel.compiler import Code, Compiler
from engine.domain.feel.frame import Frame, Seen
from engine.domain.feel.nodes import Checked, Embedded
from engine.domain.feel.values import FeelValue

LEVELS = 8  # of nested invocation: what is compiled for itself takes more of Python's stack than a node


def embedded(_compiler: Compiler, node: Embedded) -> Code:
    """A table sees all that is seen where it stands, and works on the same meter."""
    start = node.run

    def run(frame: Frame) -> FeelValue:
        meter = frame.meter
        meter.enter(LEVELS)
        value = start(Seen(frame), meter)
        meter.leave(LEVELS)
        return value

    return run


def checked(compiler: Compiler, node: Checked) -> Code:
    value, take = compiler.code(node.value), node.take

    def run(frame: Frame) -> FeelValue:
        found = value(frame)
        frame.meter.weigh(found)
        return take(found)

    return run
