"""What a check costs: the rules, the sketch of tokens and the dry run of a diagram of thirty elements."""

from collections.abc import Iterator

from engine.workflow.bundle import BundleSource, check_bundle
from tests.bench.cold import milliseconds
from tests.bench.figures import Figure

MOST = 300.0  # milliseconds for thirty elements, the dry run included (engine.md, section 10)
BLOCKS = 5


def speed(*, quick: bool) -> Iterator[Figure]:
    """Milliseconds, medians."""
    source = BundleSource(main="p.bpmn", files={"p.bpmn": drawing(BLOCKS)})
    found = check_bundle(source)
    assert not [one for one in found if one.severity == "error"], found
    yield Figure(
        name=f"check a diagram of {6 * BLOCKS + 2} elements and try it out",
        value=milliseconds(lambda: check_bundle(source), 5 if quick else 15),
        unit="ms",
        most=MOST,
    )


def drawing(blocks: int) -> bytes:
    """Blocks of two opinions beside each other, after each of which a person decides whether to go back."""
    nodes, flows, before = '<startEvent id="s"/><endEvent id="e"/>', "", "s"
    for n in range(blocks):
        nodes += (
            f'<exclusiveGateway id="m{n}"/><parallelGateway id="f{n}"/><userTask id="a{n}"/>'
            f'<userTask id="b{n}"/>'
            f'<parallelGateway id="j{n}"/><exclusiveGateway id="x{n}" default="on{n}"/>'
        )
        after = f"m{n + 1}" if n + 1 < blocks else "e"
        ways = [(before, f"m{n}"), (f"m{n}", f"f{n}"), (f"f{n}", f"a{n}"), (f"f{n}", f"b{n}")]
        ways += [(f"a{n}", f"j{n}"), (f"b{n}", f"j{n}"), (f"j{n}", f"x{n}")]
        ways = ways if n == 0 else ways[1:]
        flows += "".join(f'<sequenceFlow id="{a}_{b}" sourceRef="{a}" targetRef="{b}"/>' for a, b in ways)
        flows += f'<sequenceFlow id="on{n}" sourceRef="x{n}" targetRef="{after}"/>'
        flows += (
            f'<sequenceFlow id="back{n}" sourceRef="x{n}" targetRef="m{n}"><conditionExpression>'
            f'opinion = "no"</conditionExpression></sequenceFlow>'
        )
    return (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="urn:x">'
        f'<process id="p" isExecutable="true">{nodes}{flows}</process></definitions>'
    ).encode()
