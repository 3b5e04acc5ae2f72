"""Papers in a cell of a catalogue become the checklist of the draft, and are written out again."""

import pytest

from engine.workflow.drafting.catalogue.papers import papers_from, papers_text

CELL = "Đơn đề nghị (1 bản chính); Giấy khai sinh (1 bản chứng thực, 2 bản sao); Ảnh 3x4"


def test_names_and_counts_are_read() -> None:
    found = papers_from(CELL)
    assert [(one.name, one.original, one.certified, one.copy) for one in found] == [
        ("Đơn đề nghị", 1, 0, 0), ("Giấy khai sinh", 0, 1, 2), ("Ảnh 3x4", 1, 0, 0),
    ]  # fmt: skip
    assert len({one.id for one in found}) == 3


def test_what_is_written_is_read_as_the_same() -> None:
    found = papers_from(CELL)
    assert papers_from(papers_text(found)) == found


def test_brackets_that_are_part_of_a_name_stay_in_it() -> None:
    (found,) = papers_from("Đơn đề nghị (Mẫu số 19)")
    assert (found.name, found.original) == ("Đơn đề nghị (Mẫu số 19)", 1)


@pytest.mark.parametrize(
    "cell", ["Đơn (nhiều bản sao)", "(1 bản chính)", "Đơn (1 bản photo)", "Đơn (999 bản sao)"]
)
def test_a_count_that_nobody_understands_is_told(cell: str) -> None:
    with pytest.raises(ValueError, match="bản"):
        papers_from(f"Tờ khai; {cell}")


def test_an_empty_cell_lists_nothing() -> None:
    assert papers_from("") == papers_from(" ; ; ") == ()
