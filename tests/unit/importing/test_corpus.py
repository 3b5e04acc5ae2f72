"""What other tools write comes in by the default answers, without a loss, and stays so the next time."""

import re
from pathlib import Path

import pytest

from engine.workflow.importing import import_drawing
from tests.unit.importing.drawings import ACCEPTED, ALL, REFUSED, named
from tests.unit.importing.losses import losses


@pytest.mark.parametrize("path", ACCEPTED, ids=named)
def test_a_file_comes_in_with_all_that_it_holds(path: Path) -> None:
    before = path.read_bytes()
    found = import_drawing(path.name, before)
    assert found.content is not None, [one.sentence("en") for one in found.of_kind("refused")]
    assert losses(before, found) == []


@pytest.mark.parametrize("path", ACCEPTED, ids=named)
def test_what_was_imported_is_imported_again_byte_for_byte(path: Path) -> None:
    once = import_drawing(path.name, path.read_bytes())
    assert once.content is not None
    again = import_drawing(path.name, once.content)
    assert again.content == once.content
    assert {one.outcome for one in again.entries} <= {"kept"}


@pytest.mark.parametrize("path", REFUSED, ids=named)
def test_what_cannot_come_in_without_a_loss_is_refused_with_its_element_and_a_remedy(path: Path) -> None:
    found = import_drawing(path.name, path.read_bytes())
    refused = found.of_kind("refused")
    assert found.content is None
    assert refused
    for one in refused:
        assert one.message_vi.strip()
        assert one.message_en.strip()
        assert one.message_vi != one.message_en


def test_there_are_at_least_forty_files_of_at_least_twelve_tools() -> None:
    tools = {path.parent.name for path in ALL} - {"refused", "miwg"}
    assert len(ALL) - len(REFUSED) >= 50
    assert len(tools) >= 12


def test_every_question_is_asked_in_both_languages_and_names_an_answer() -> None:
    for path in ACCEPTED:
        for one in import_drawing(path.name, path.read_bytes()).entries:
            if one.outcome in ("assumed", "changed"):
                assert one.answer, (path, one.rule)
                assert re.search(r"[àáạảãâăđêôơưếệộớứ]", one.message_vi), one.rule
