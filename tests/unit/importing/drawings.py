"""Drawings for tests: small ones drawn in a few words, and the files of other tools."""

from pathlib import Path

from engine.workflow.bundle import BundleSource, compile_bundle, load_definition
from engine.workflow.importing import Answers, Imported, import_drawing
from engine.workflow.step import Start
from tests.unit.workflow.constructs.stage import Stage, _World

CONFORMANCE = Path(__file__).parents[2] / "conformance"
ALL = sorted([*(CONFORMANCE / "miwg").glob("*.bpmn"), *(CONFORMANCE / "vendors").glob("*/*.bpmn")])
REFUSED = [path for path in ALL if path.parent.name == "refused"]
ACCEPTED = [path for path in ALL if path.parent.name != "refused"]

_HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="D" targetNamespace="urn:x" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" '
    'xmlns:motcua="urn:motcua:bpmn:1">'
)


def named(path: Path) -> str:
    """A file as a test calls it."""
    return f"{path.parent.name}/{path.stem}"


def drawing(body: str, *, executable: str = "false", roots: str = "") -> bytes:
    """A file with one process."""
    process = f'<process id="p" name="Cấp phép" isExecutable="{executable}">{body}</process>'
    return f"{_HEAD}{roots}{process}</definitions>".encode()


def imported(content: bytes, answers: Answers | None = None, **beside: bytes) -> Imported:
    files = {name.replace("__", "/").replace("_bpmn", ".bpmn"): one for name, one in beside.items()}
    return import_drawing("p.bpmn", content, answers=answers, beside=files, handlers=("notify_applicant",))


def said(found: Imported) -> list[tuple[str, str, str | None, str]]:
    """Outcome, rule, element and answer of every entry, foreign words aside."""
    return [
        (str(one.outcome), one.rule, one.element_id, one.answer)
        for one in found.entries
        if one.rule not in ("foreign-words", "executable")
    ]


class Played(Stage):
    """What was imported, run on the real engine."""

    def __init__(self, found: Imported, **data: object) -> None:
        assert found.content is not None, [one.sentence("en") for one in found.of_kind("refused")]
        bundle = compile_bundle(BundleSource(main="p.bpmn", files={"p.bpmn": found.content}))
        self.definition = load_definition(bundle.sha256, bundle.content)
        self.world = _World(data)
        self.path = []
        self.state = None
        self.act(Start(None))
