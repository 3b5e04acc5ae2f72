"""The book of patterns is true: its outlines are what the patterns draw, its callers are sound."""

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

import handlers
from api.bootstrap import PROCESSES
from api.sources import files_in
from engine.domain.finding import Severity
from engine.workflow.bundle import BundleSource, check_bundle
from engine.workflow.drafting import Outline, drafted, read_outline
from engine.workflow.drafting.catalogue import Row
from engine.workflow.drafting.patterns import PATTERNS
from engine.workflow.drafting.patterns.ways import PROVINCE
from tests.analyst.reading import ANALYST, blocks

BOOK = (ANALYST / "patterns.md").read_text(encoding="utf-8")
OUTLINES = blocks(BOOK, "yaml")
HEAD = "code: 9.000001\nname: Mẫu\nagency: SXD\nlimit: working days(5)\nbasis: [Luật Xây dựng 2014]\n"
ROW = Row(number=2, code="9.000001", name="Mẫu", limits={}, supplement=True, refusal=True, appraisal=True)
SHARED = files_in(PROCESSES / "shared")
CALLED = sorted(re.findall(r'process id="(\w+)"', " ".join(map(bytes.decode, SHARED.values()))))
OF_THE_FRAME = {"shared_reception", "shared_result", "shared_result_ubnd"}  # nobody has to call them


def outline(name: str) -> Outline:
    return read_outline((HEAD + OUTLINES[name]).encode())


def said(one: Any) -> Any:
    """What an outline says, wherever in its file it says so."""
    if is_dataclass(one):
        return {field.name: said(getattr(one, field.name)) for field in fields(one) if field.name != "line"}
    return [said(each) for each in one] if isinstance(one, tuple) else one


@pytest.mark.parametrize("name", PATTERNS)
def test_the_outline_of_a_pattern_is_what_the_pattern_draws(name: str) -> None:
    pattern, read = PATTERNS[name], outline(name)
    wanted = pattern.steps(replace(ROW, consultation=pattern.consults))
    assert said(read.steps) == said(wanted)
    assert said(read.lanes) == said((PROVINCE,) if pattern.province else ())


@pytest.mark.parametrize("name", OUTLINES)
def test_every_outline_of_the_book_is_sound(name: str) -> None:
    draft = drafted(outline(name), SHARED)
    files = {**SHARED, **draft.files}
    found = check_bundle(BundleSource(main=draft.main, files=files), handlers=[h.name for h in handlers.ALL])
    assert [one.message_vi for one in found if one.severity == Severity.ERROR] == []


def test_the_book_tells_every_pattern_and_every_shared_process() -> None:
    assert set(OUTLINES) == {*PATTERNS, *(one for one in CALLED if one not in OF_THE_FRAME)}
    for name in (*PATTERNS, *CALLED):
        assert name in BOOK, name


def test_what_the_book_gives_as_an_example_is_in_the_library() -> None:
    for code in re.findall(r"Ví dụ(?: trong thư viện)?: (\S+)\.\n", BOOK):
        assert list(PROCESSES.glob(f"*/{code}.bpmn")), code
    for name, code in re.findall(r"\((shared_\w+)\)\n\n[^\n]*Ví dụ: (\S+)\.\n", BOOK):
        (diagram,) = PROCESSES.glob(f"*/{code}.bpmn")
        assert f'calledElement="{name}"' in diagram.read_text(encoding="utf-8"), (name, code)
