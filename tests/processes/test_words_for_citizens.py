"""What a citizen reads in the twelve: whole words, composed letters, an example where a form has a format."""

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.domain.form import Field, read_form

from .test_catalogue import FILES
from .world import PROCESSES, Dossier, bundle

FORMS = sorted(PROCESSES.glob("*/forms/*.json"))
APPLICATIONS = [path for path in FORMS if path.stem.startswith("nop-")]
# Offices, agencies and things that people must not have to guess; numbers of laws keep their official symbol.
SHORT = re.compile(
    r"\b(BHYT|BHXH|UBND|HĐND|VH&TT|NN&PTNT|TN&MT|GTVT|KH&CN|CMND|CCCD|TTHC|ĐTM|LLTP|ĐKKD|CCHN|PL|CQ|CV|HS|TTHCC)\b"
)


def fields(path: Path) -> list[Field]:
    return list(read_form(json.loads(path.read_text(encoding="utf-8"))).each())


def words(file: str) -> Iterator[str]:
    """What pages and papers show of a procedure to everybody."""
    facts = bundle(file).procedure
    yield from (facts.name, facts.domain, facts.time_limit_note, *(fee.name for fee in facts.fees))
    yield from (one.name for one in facts.documents)
    yield facts.result.name if facts.result else ""
    for node in Dossier(file).definition.nodes.values():
        yield from (node.name, node.hint or "", *(one.label for one in node.decisions))


@pytest.mark.parametrize("file", FILES)
def test_nothing_shown_of_a_procedure_is_a_bare_abbreviation(file: str) -> None:
    assert [text for text in words(file) if SHORT.search(text)] == []


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_no_question_no_answer_and_no_hint_is_a_bare_abbreviation(path: Path) -> None:
    said = [text for one in fields(path) for text in (one.label, one.help, *(o.label for o in one.options))]
    assert [text for text in said if SHORT.search(text)] == []
    assert [text for text in said if text != unicodedata.normalize("NFC", text)] == []


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_every_hint_is_a_sentence_and_has_its_english(path: Path) -> None:
    for one in fields(path):
        if one.help:
            assert not one.help[0].islower(), one.help
            assert one.help.endswith("."), one.help
            assert one.help_en, one.key
            assert one.help_en != one.help, one.key


@pytest.mark.parametrize("path", APPLICATIONS, ids=lambda path: path.stem)
def test_a_citizen_sees_an_example_of_a_pattern_before_making_a_mistake(path: Path) -> None:
    raw = {
        one.get("key") or one.get("path"): one
        for one in json.loads(path.read_text(encoding="utf-8"))["components"]
    }
    patterned = [one for one in fields(path) if one.key and "pattern" in raw[one.key].get("validate", {})]
    assert [one.key for one in patterned if "ví dụ" not in one.help.lower()] == []
    dates = [one for one in fields(path) if one.kind == "datetime"]
    assert [one.key for one in dates if not re.search(r"\d\d/\d\d/\d{4}", one.help)] == []
