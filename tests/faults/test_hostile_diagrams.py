"""F37 and F38: diagrams made to do harm are refused soon and cheaply; a process without end ends itself."""

import json
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from api.sources import read_source
from engine.errors import MotcuaError
from engine.workflow.bundle import BundleSource, compile_bundle
from engine.workflow.errors import WorkflowFailed
from tests.bench.workload import W1
from tests.centre import Centre
from tests.faults.aftermath import require_whole
from tests.integration.observed import changed, everything, rows
from tests.unit.workflow.test_guarded_reading import HOSTILE

ROOT = Path(__file__).parents[2]
SECONDS, MEGABYTES = 1.0, 200
SLOW = 3.0  # how much slower a machine with other work may be

# Read in a process of its own, so that its memory can be told: seconds and megabytes of each file.
READER = """
import json, resource, sys, time
from engine.errors import MotcuaError
from engine.workflow.bundle import BundleSource, check_bundle
from tests.faults.test_hostile_diagrams import CORPUS
def megabytes():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
told = {}
for name in sorted(CORPUS):
    before, begun, refused = megabytes(), time.process_time(), False
    try:
        check_bundle(BundleSource(main="p.bpmn", files={"p.bpmn": CORPUS[name]}))
    except MotcuaError:
        refused = True
    told[name] = [time.process_time() - begun, megabytes() - before, refused]
print(json.dumps({"peak": megabytes(), "told": told}))
"""


def _process(inside: str) -> bytes:
    return (
        '<?xml version="1.0"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
        'targetNamespace="x" id="d"><process id="p" isExecutable="true">'
        + inside
        + "</process></definitions>"
    ).encode()


def _wide(count: int) -> bytes:
    flows = "".join(f'<sequenceFlow id="f{n}" sourceRef="g" targetRef="t{n}"/>' for n in range(count))
    tasks = "".join(f'<task id="t{n}"/>' for n in range(count))
    return _process(
        '<startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="g"/><parallelGateway id="g"/>'
        + flows
        + tasks
    )


def _ladder(rungs: int) -> bytes:
    """Gateway after gateway, each with two ways to the next: paths double at every rung."""
    parts = ['<startEvent id="s"/><sequenceFlow id="b" sourceRef="s" targetRef="g0"/>']
    for n in range(rungs):
        parts.append(f'<inclusiveGateway id="g{n}"/>')
        parts += [
            f'<sequenceFlow id="f{n}{side}" sourceRef="g{n}" targetRef="g{n + 1}"/>' for side in ("l", "r")
        ]
    parts.append(f'<inclusiveGateway id="g{rungs}"/>')
    return _process("".join(parts))


CORPUS: dict[str, bytes] = {
    **HOSTILE,
    "a script in Python": _process(
        '<scriptTask id="s"><script>__import__("os").system("id")</script></scriptTask>'
    ),
    "a hundred thousand attributes": b"<d " + b" ".join(b'a%d="1"' % n for n in range(100_000)) + b"/>",
    "deeply nested sub-processes": _process(
        "".join(f'<subProcess id="s{n}">' for n in range(200)) + "</subProcess>" * 200
    ),
    "a gateway with a thousand ways": _wide(1000),
    "a ladder of gateways": _ladder(300),
    "an expression that nests": _process(
        '<startEvent id="s"/><exclusiveGateway id="g"/><endEvent id="e"/>'
        '<sequenceFlow id="a" sourceRef="s" targetRef="g"/><sequenceFlow id="f" sourceRef="g" targetRef="e">'
        "<conditionExpression>" + "(" * 5000 + "1" + ")" * 5000 + "</conditionExpression></sequenceFlow>"
    ),
    "an include of another file": (
        b'<d xmlns:xi="http://www.w3.org/2001/XInclude">'
        b'<xi:include href="file:///etc/passwd" parse="text"/></d>'
    ),
}


def test_every_hostile_file_is_refused_within_a_second_and_two_hundred_megabytes() -> None:
    done = subprocess.run(
        [sys.executable, "-c", READER], cwd=ROOT, capture_output=True, check=False, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr[-2000:]
    said = json.loads(done.stdout)
    told = said["told"]
    assert set(told) == set(CORPUS)
    too_slow = {name: took for name, (took, _, _) in told.items() if took > SECONDS * SLOW}
    assert too_slow == {}
    assert max(memory for _, memory, _ in told.values()) < MEGABYTES
    assert all(refused for name, (_, _, refused) in told.items() if name in HOSTILE)


@pytest.mark.parametrize("name", sorted(set(CORPUS) - set(HOSTILE)))
def test_no_hostile_file_is_ever_deployed(name: str) -> None:
    with pytest.raises(MotcuaError):
        compile_bundle(BundleSource(main="p.bpmn", files={"p.bpmn": CORPUS[name]}), handlers=[])


# ---- F38: what only shows when it runs

LOOPS = {
    "a million instances at once": (
        "<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>1000000</bpmn:loopCardinality>"
        "</bpmn:multiInstanceLoopCharacteristics>"
    ),
    "a thousand instances, each of a thousand": (
        "<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>1000 * 1000</bpmn:loopCardinality>"
        "</bpmn:multiInstanceLoopCharacteristics>"
    ),
}


def deploy_with(centre: Centre, loop: str) -> None:
    """The procedure of the bench, in which the second step of the specialist is done far too often."""
    source = read_source(W1)
    drawn = source.files[source.main]
    begin = drawn.index(b'<bpmn:userTask id="rasoat"')
    end = drawn.index(b"</bpmn:userTask>", begin)
    changed = replace(source, files={**source.files, source.main: drawn[:end] + loop.encode() + drawn[end:]})
    centre.engine.procedures.deploy(changed, by="system:test", reason="QĐ 3/QĐ-UBND")


@pytest.mark.parametrize("what", LOOPS)
def test_a_process_that_explodes_is_rolled_back_and_leaves_an_incident(centre: Centre, what: str) -> None:
    deploy_with(centre, LOOPS[what])
    centre.submit("W1")
    centre.do("Kiểm tra hồ sơ", "receive", sheets=3)
    before, begun = everything(centre.engine.database, "incident"), time.process_time()
    with pytest.raises(WorkflowFailed):
        centre.do("Thẩm định")
    assert time.process_time() - begun < 30
    assert changed(before, everything(centre.engine.database, "incident")) == set()
    (incident,) = rows(centre, "incident")
    assert (incident["kind"], incident["closed_at"]) == ("command", None)
    require_whole(centre.engine)
    assert centre.task("Thẩm định"), "the step still waits, for when the diagram is mended"
