"""An analyst finds every step that a sentence or a condition speaks of, and sees how it was understood."""

from pathlib import Path

import pytest

from engine.portfolio.grammar import understood
from engine.portfolio.index import Index
from engine.portfolio.lint import Checked, by_rule
from engine.portfolio.query import BadQuery
from engine.portfolio.questions import open_questions
from engine.portfolio.search import search
from engine.portfolio.shelf import FolderShelf
from tests.unit.portfolio.diagrams import AGENCIES, BOTH, BUILDING, JUSTICE, diagram, shelf, step, table

SENTENCES = {
    "bước trên 5 ngày làm việc ở Sở Tư pháp": 'step.limit > 5 and step.agency = "STP"',
    "every step over 5 working days in Justice": 'step.limit > 5 and step.agency = "STP"',
    "bước của lãnh đạo dưới 4 giờ làm việc": 'step.role = "leader" and step.limit < 0.5',
    "thủ tục từ 10 đến 20 ngày làm việc": "procedure.limit in [10..20]",
    "thủ tục 20 ngày trở lên": "procedure.limit_days >= 20",
    "bước không có căn cứ pháp lý": "count(step.basis) = 0",
    "thủ tục Sở Xây dựng nộp trực tuyến": (
        'procedure.agency = "SXD" and list contains(procedure.channels, "online")'
    ),
    "bước theo Nghị định 61/2018": ('(some b in step.basis satisfies starts with(b.law, "61/2018"))'),
    "bước thẩm định của thủ tục xây dựng": (
        'contains(step.words, "tham") and contains(step.words, "dinh") and '
        'contains(procedure.words, "xay") and contains(procedure.words, "dung")'
    ),
    "đất đai": 'contains(words, "dat") and contains(words, "dai")',
}


@pytest.mark.parametrize(("sentence", "feel"), SENTENCES.items())
def test_a_sentence_is_understood_as_a_condition(sentence: str, feel: str) -> None:
    query = understood(sentence, AGENCIES)
    assert query.feel == feel
    assert understood(query.feel, AGENCIES).rows == query.rows


@pytest.mark.parametrize(
    ("asked", "word"),
    [
        ("bước trên 5 quả", "tren 5 qua"),
        ("bước ở Sở Bánh kẹo", "so banh keo"),
        ("step.limitt > 5", "step.limitt"),
        ("thủ tục của lãnh đạo", "thu tuc cua lanh dao"),
        ("  ", "  "),
        ("step.limit > dossier.due", "dossier"),
    ],
)
def test_what_is_half_understood_is_refused_by_name(asked: str, word: str) -> None:
    with pytest.raises(BadQuery) as refused:
        understood(asked, AGENCIES)
    assert refused.value.details["word"] == word


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("bước trên 5 ngày làm việc", ["xac_minh", "tham_dinh"]),
        ("every step over 5 working days in Justice", ["xac_minh"]),
        ("step.limit_days >= 10", ["hien_truong"]),
        ("step.limit < 1", ["nhan"]),
        ("xac minh ly lich", ["xac_minh"]),
        ("count(procedure.documents[original > 0]) = 1", [None]),
        ('step.role = "leader" and procedure.agency = "STP"', ["ky"]),
        ('contains(words, "hien truong")', ["hien_truong"]),
        ("thủ tục còn câu hỏi", [None]),
        ('date(step.name) = date("2026-01-01")', []),
    ],
)
def test_steps_and_procedures_are_found(tmp_path: Path, asked: str, found: list[str | None]) -> None:
    hits = search(table(tmp_path, BOTH), understood(asked, AGENCIES))
    assert [one.step for one in hits] == found


def test_a_result_says_why_it_is_one(tmp_path: Path) -> None:
    (hit,) = search(table(tmp_path, BOTH), understood("bước trên 5 ngày làm việc ở STP", AGENCIES))
    assert (hit.code, hit.step_name) == ("1.000001", "Xác minh lý lịch")
    assert hit.why == {"step.limit": 7, "step.agency": "STP"}


def test_only_files_that_changed_are_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = shelf(tmp_path, BOTH)
    read: list[str] = []
    original = FolderShelf.read
    monkeypatch.setattr(FolderShelf, "read", lambda self, name: read.append(name) or original(self, name))
    for _ in range(2):
        Index(tmp_path / "var", FolderShelf(folder), centre="TTHCC").table()
    assert read == list(BOTH)
    (folder / "sxd/1.000002.bpmn").write_bytes(BUILDING.replace(b"working days(9)", b"working days(11)"))
    fresh = Index(tmp_path / "var", FolderShelf(folder), centre="TTHCC").table()
    assert read == [*BOTH, "sxd/1.000002.bpmn"]
    assert [one.step for one in search(fresh, understood("step.limit > 10"))] == ["tham_dinh"]
    assert not list(folder.rglob("*.index.json")), "nothing is written among the processes"


def test_a_broken_file_hides_no_other_one(tmp_path: Path) -> None:
    found = table(tmp_path, {**BOTH, "stp/hong.bpmn": b"<a><b></a>"})
    assert [name for name, _, _ in found.problems] == ["stp/hong.bpmn"]
    assert found.files == 2


def test_an_index_that_was_cut_off_is_made_anew(tmp_path: Path) -> None:
    table(tmp_path, BOTH)
    for kept in (tmp_path / "var" / "catalogue").iterdir():
        kept.write_bytes(kept.read_bytes()[:50])
    assert table(tmp_path, BOTH).files == 2


def test_open_questions_are_counted_by_procedure(tmp_path: Path) -> None:
    (one,) = open_questions(table(tmp_path, BOTH))
    assert (one.code, one.questions) == ("1.000001", ("Mức phí?", "Ai ký?"))


def test_the_steps_of_a_shared_process_are_found_but_it_is_no_procedure(tmp_path: Path) -> None:
    shared = diagram("x", "", step("ban_giao", "Bàn giao", "working days(1)")).replace(
        b'<motcua:procedure code="x" agency="" name="x" />', b""
    )
    found = table(tmp_path, {"stp/1.000001.bpmn": JUSTICE, "shared/x.bpmn": shared})
    hits = search(found, understood("bàn giao"))
    assert [(one.code, one.step, one.own) for one in hits] == [("p_x", "ban_giao", False)]
    assert [one.code for one in search(found, understood("thủ tục"))] == ["1.000001"]


def test_a_file_that_cannot_be_read_does_not_pass() -> None:
    refused = Checked(file="x.bpmn", refused=("hỏng", "broken"))
    assert not refused.passed
    assert by_rule([refused]) == []
