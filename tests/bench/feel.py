"""What an expression costs: compiled once, a gateway's condition is asked for every dossier."""

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from engine.domain.feel import FeelEvaluationError, compile_expression, compile_script
from engine.domain.feel.limits import MAX_STEPS
from engine.workflow.reading.guard import parse_xml
from engine.workflow.reading.tables import read_tables
from tests.bench.figures import Figure, middle
from tests.bench.rounds import ROOT

GATEWAY = 'area > 500 and result = "approved"'
MOST = 5.0  # microseconds of a gateway's condition
SCOPE = {
    "area": 640,
    "result": "approved",
    "dossier": {"channel": "online"},
    "documents": [{"id": str(number), "ok": True} for number in range(10)],
}
CONDITIONS = (
    'if dossier.channel = "online" then working days(22) else working days(25)',
    "count(documents[ok = true]) = count(documents)",
)
TABLE = ROOT / "processes" / "skhcn" / "decisions" / "phi_x_quang.dmn"
HOSTILE = "for a in 1..9000, b in 1..9000 return a + b"


def speed(*, quick: bool) -> Iterator[Figure]:
    """Microseconds of processor time, medians; the last is what an expression can take at most, in ms."""
    times = 5 if quick else 15
    gateway = compile_expression(GATEWAY)
    asked = _microseconds(lambda: gateway.evaluate(SCOPE), times)
    yield Figure(name=f"FEEL {GATEWAY}", value=asked, unit="us", most=MOST)
    for source in CONDITIONS:
        expression = compile_expression(source)
        asked = _microseconds(lambda one=expression: one.evaluate(SCOPE), times)  # type: ignore[misc]
        yield Figure(name=f"FEEL {source[:50]}", value=asked, unit="us")
    yield Figure(name="FEEL compile the first of them", value=_compile(times), unit="us")
    yield _table(TABLE, times)
    spent = _microseconds(_refused, times, calls=1) / 1000
    yield Figure(name=f"FEEL refusal after {MAX_STEPS} steps", value=spent, unit="ms", most=50.0)


def _compile(times: int) -> float:
    number = iter(range(10_000_000))
    return _microseconds(lambda: compile_expression(f"{GATEWAY} and area > {next(number)}"), times, calls=100)


def _table(file: Path, times: int) -> Figure:
    read = read_tables(parse_xml(file.read_bytes(), file.name), file.name)
    table = next(iter(read.tables.values()))
    scope = {"device_kind": "general", "device_count": 3}
    asked = _microseconds(lambda: table.evaluate(scope), times, calls=500)
    return Figure(name=f"DMN table of {file.name}", value=asked, unit="us")


def _refused() -> None:
    with suppress(FeelEvaluationError):
        compile_script(f"x = {HOSTILE}").run({})


def _microseconds(work: Callable[[], object], times: int, *, calls: int = 5_000) -> float:
    spent = []
    for _ in range(times):
        began = time.thread_time()
        for _ in range(calls):
            work()
        spent.append((time.thread_time() - began) / calls * 1_000_000)
    return middle(spent)
