"""Compiles ``in`` and the unary tests of tables: ``< 5``, ``[1..3]``, ``"a", "b"``, ``? > limit``."""

from functools import partial

from engine.domain.feel.comparison import compare, member
from engine.domain.feel.compiler import Code, Compiler
from engine.domain.feel.frame import Frame
from engine.domain.feel.nodes import (
    Between,
    Compare,
    In,
    InstanceOf,
    Junction,
    Name,
    Node,
    Quantified,
    Test,
)
from engine.domain.feel.size import walk
from engine.domain.feel.values import FeelValue

CONDITIONS = (Compare, Between, In, InstanceOf, Junction, Quantified)


def membership(compiler: Compiler, node: In) -> Code:
    """Null when no test could say yes or no; negated by ``not(...)`` around the tests of a cell."""
    value = compiler.code(node.value)
    inner = compiler.inside("?")
    tests = tuple(_test(inner, test) for test in node.tests)
    negated = node.negated

    def run(frame: Frame) -> FeelValue:
        subject = value(frame)
        if type(subject) is list or type(subject) is dict:
            frame.meter.weigh(subject)
        place = frame.inner({"?": subject})
        answer: bool | None = None
        for test in tests:
            result = test(place)
            if result is True:
                return not negated
            if result is False:
                answer = False
        return None if answer is None else negated

    return run


def test_alone(compiler: Compiler, node: Test) -> Code:
    """``op operand`` about ``?``."""
    operator, operand = node.operator, compiler.code(node.operand)
    return lambda frame: compare(operator, frame.find("?"), operand(frame))


def _said(code: Code, frame: Frame) -> bool:
    """What a test that speaks of ``?`` itself says: yes, or a value or list that ``?`` may be."""
    answer = code(frame)
    if type(answer) is bool or answer is None:
        return answer is True
    frame.meter.weigh(answer)
    return member(frame.find("?"), answer) is True


def _test(compiler: Compiler, node: Node) -> Code:
    code = compiler.code(node)
    if isinstance(node, Test):
        return code
    if any(isinstance(n, Name) and n.name == "?" for n in walk(node)):
        return partial(_said, code)
    condition = isinstance(node, CONDITIONS)

    def run(frame: Frame) -> FeelValue:
        subject, expected = frame.find("?"), code(frame)
        if condition and type(subject) is not bool:
            return expected is True
        if type(expected) is list:
            frame.meter.weigh(expected)
        return member(subject, expected)

    return run
