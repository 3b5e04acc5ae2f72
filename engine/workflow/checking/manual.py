"""The page ``docs/bpmn-support.md``, written from what the code executes and refuses.

``python -m engine.workflow.checking.manual`` writes it to standard output.
"""

import sys
from collections.abc import Iterable, Iterator

from engine.workflow.checking.catalogue import CATALOGUE
from engine.workflow.checking.elements import EVENTS, STRUCTURE
from engine.workflow.checking.evidence import ELEMENT_TESTS, EVENT_TESTS
from engine.workflow.checking.support import (
    ATTRIBUTES,
    COLLABORATION,
    DATA,
    REPETITION,
    UNSUPPORTED,
    Support,
)
from engine.workflow.running.specs import ELEMENTS

TEST_FILES = {
    "guarded": "tests/unit/workflow/test_guarded_reading.py",
    "legal": "tests/unit/workflow/checking/legal.py",
    "playing": "tests/cli/test_playing.py",
}  # others lie in the constructs' folder
DEFINITIONS = (
    "none", "message", "timer", "signal", "conditional", "error", "escalation", "compensate", "cancel",
    "link", "terminate",
)  # fmt: skip
PLACES = {
    "startEvent": "start of a process",
    "subProcessStart": "start of a sub-process",
    "eventSubProcessStart": "start of an event sub-process",
    "intermediateCatchEvent": "intermediate catch",
    "intermediateThrowEvent": "intermediate throw",
    "boundaryEvent": "boundary",
    "endEvent": "end",
}

_HEAD = """# BPMN 2.0.2: what is executed, what is refused

Written by `python -m engine.workflow.checking.manual > docs/bpmn-support.md`; a test proves that it is up to
date. Whatever a diagram holds is either executed as the standard says, or refused when it is deployed, by a
rule that names the element, the reason and the remedy. *Drawn* means: kept in the file, shown, and without
effect on a dossier. The same rules answer on the command line (`motcua procedures check`), over HTTP and on
the page *Quy trình*. Each *executed* leads to a test that shows it.
"""

_EVENTS = """A cross is refused by `event-not-supported`. Error, compensation, cancel, terminate and link
stand alone; the other definitions may stand together in one event.
"""

_RULES = """Severity *error* refuses the bundle. For a file without `motcua:procedure` the rules of good style
(one way in and out, defaults, roles, forms, limits, plain ids) are warnings; what the standard forbids is an
error everywhere. Forms and decision tables have rules of their own. What has no error is tried out: random
walks on the real kernel with made-up answers, saved and loaded after each step (`dry-run-…`).
"""


def page() -> str:
    """The whole page, as Markdown."""
    parts = [
        _HEAD,
        "## Elements\n",
        *_table(("element", "becomes"), _elements()),
        "\n## Events\n",
        _EVENTS,
        *_table(("definition", *PLACES.values()), _events()),
    ]
    for title, rows in (
        ("Flows, attributes and markers", ATTRIBUTES),
        ("Repetition and ad-hoc sub-processes", REPETITION),
        ("Data", DATA),
        ("Pools, lanes and notes", COLLABORATION),
    ):
        parts += [f"\n## {title}\n", *_table(("construct", "becomes", "rules", "note"), _rows(rows))]
    parts += ["\n## Rules\n", _RULES, *_table(("rule", "demands that"), _rules())]
    return "\n".join(parts) + "\n"


def link(test: str, said: str = "executed") -> str:
    """A link to the file of a test, with the test's sentence."""
    module, _, name = test.partition("::")
    path = TEST_FILES.get(module, f"tests/unit/workflow/constructs/test_{module}.py")
    return f'[{said}](../{path} "{name.replace("_", " ")}")'


def _table(head: tuple[str, ...], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _elements() -> Iterator[tuple[str, str]]:
    for name in ELEMENTS:
        yield f"`{name}`", _links(ELEMENT_TESTS[name])
    for name in sorted(STRUCTURE):
        yield f"`{name}`", "read as part of what it stands in"
    for name in UNSUPPORTED:
        yield f"`{name}`", "refused by `element-not-supported`"


def _links(tests: Iterable[str]) -> str:
    return ", ".join(link(test, "executed" if not number else "more") for number, test in enumerate(tests))


def _events() -> Iterator[list[str]]:
    for kind in DEFINITIONS:
        definition = None if kind == "none" else f"{kind}EventDefinition"
        cells = [link(EVENT_TESTS[place, kind]) if definition in EVENTS[place] else "✗" for place in PLACES]
        yield [kind, *cells]


def _rows(rows: Iterable[Support]) -> Iterator[tuple[str, ...]]:
    for row in rows:
        what = _links(row.tests) if row.tests else row.what
        yield row.construct, what, ", ".join(f"`{rule}`" for rule in row.rules), row.note


def _rules() -> Iterator[tuple[str, str]]:
    return ((f"`{rule}`", demand) for rule, demand in CATALOGUE.items())


if __name__ == "__main__":
    sys.stdout.write(page())
