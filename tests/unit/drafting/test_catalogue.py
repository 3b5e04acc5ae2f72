"""A catalogue comes as offices send it: every mistake is told with its row and column, nothing is guessed."""

import io
from collections.abc import Callable
from datetime import date

import pytest
from openpyxl import Workbook

from engine.workflow.drafting.catalogue import BadCatalogue, Row, read_catalogue
from engine.workflow.drafting.catalogue.limits import Limit, limit_feel, limit_from, limit_note

HEAD = "code,name,field,authority,channels,limit_counter,limit_online,supplement,refusal"
ROW = "1.000001,Cấp giấy phép thử,Hộ tịch,Sở Tư pháp,counter;online,5 working_days,3 working_days,1,0"
TEXT = f"{HEAD}\n{ROW}\n"


def rows(content: str | bytes, name: str = "danh-muc.csv") -> list[Row]:
    return read_catalogue(content.encode() if isinstance(content, str) else content, name)


def refused(content: str | bytes, name: str = "danh-muc.csv") -> str:
    with pytest.raises(BadCatalogue) as error:
        rows(content, name)
    return error.value.message()


def workbook(change: Callable[[Workbook], None] | None = None) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in TEXT.splitlines():
        sheet.append(line.split(","))
    if change:
        change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_row_says_what_it_knows_and_leaves_the_rest_unknown() -> None:
    (row,) = rows(TEXT)
    assert (row.code, row.channels, row.limits) == (
        "1.000001", ("counter", "online"),
        {"counter": Limit(5, "working_days"), "online": Limit(3, "working_days")},
    )  # fmt: skip
    assert (row.supplement, row.refusal, row.consultation) == (True, False, None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_encodings_of_unicode_are_told_apart(encoding: str) -> None:
    assert rows(TEXT.encode(encoding))[0].name == "Cấp giấy phép thử"


def test_windows_1258_becomes_composed_vietnamese() -> None:
    spelt = "Cấp giấy phép thử"
    old = (
        TEXT.replace(spelt, "Câ\u0301p giâ\u0301y phép thư\u0309")
        .replace("Sở", "Sơ\u0309")
        .replace("Hộ", "Hô\u0323")
    )
    old = old.replace("tịch", "ti\u0323ch")
    assert rows(old.encode("cp1258"))[0].name == spelt


def test_a_broken_character_is_told_with_row_and_column() -> None:
    broken = (
        (TEXT * 3)
        .replace("1.000001", "1.000002", 1)
        .encode()
        .replace("Hộ tịch".encode(), b"H\xe1 t\xe1\xbb\x8bch", 1)
    )
    said = refused(broken)
    assert "dòng 2" in said
    assert "cột 3" in said
    assert "CSV UTF-8" in said


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_semicolons_and_tabs_part_columns_too(delimiter: str) -> None:
    text = TEXT.replace(";", " , ").replace(",", delimiter).replace(f" {delimiter} ", ",")
    assert rows(text)[0].channels == ("counter", "online")


def test_columns_may_have_vietnamese_names() -> None:
    assert rows(
        "Mã thủ tục,Tên thủ tục,Cơ quan thực hiện,Cách thức thực hiện\n1.1,Thử,Sở Y tế,Trực tiếp;Trực tuyến\n"
    )


def test_missing_columns_are_named_beside_those_that_are_there() -> None:
    said = refused("code,ten\n1,Thử\n")
    assert "thiếu cột authority, channels" in said
    assert "code, ten" in said


def test_the_same_code_twice_names_both_rows() -> None:
    said = refused(f"{TEXT}{ROW}\n")
    assert "dòng 3, cột code: mã «1.000001» đã có ở dòng 2" in said


def test_all_mistakes_are_told_at_once() -> None:
    bad = ROW.replace("5 working_days", "nhanh").replace("counter;online", "fax").replace(",1,0", ",x,0")
    said = refused(f"{HEAD}\n{bad}\n{ROW}\n{ROW.replace('1.000001', '')}\n")
    for place in (
        "dòng 2, cột limit_counter",
        "dòng 2, cột channels",
        "dòng 2, cột supplement",
        "dòng 4, cột code",
    ):
        assert place in said


def test_rows_are_counted_where_they_begin_also_behind_cells_of_several_lines() -> None:
    long = ROW.replace("Cấp giấy phép thử", '"Cấp\ngiấy\nphép"')
    assert "dòng 5, cột code" in refused(f"{HEAD}\n{long}\n{ROW.replace('1.000001', '??')}\n")


def test_a_workbook_is_read_like_text() -> None:
    assert rows(workbook(), "danh-muc.xlsx") == rows(TEXT)


def test_a_date_in_a_cell_of_a_limit_is_told_with_its_cell() -> None:
    def change(book: Workbook) -> None:
        book.active["F2"] = date(2026, 5, 3)  # type: ignore[index]

    said = refused(workbook(change), "danh-muc.xlsx")
    assert "dòng 2, cột limit_counter: ô chứa ngày tháng" in said


def test_a_code_that_became_a_number_may_have_lost_a_zero() -> None:
    def change(book: Workbook) -> None:
        book.active["A2"] = 1.00111  # type: ignore[index]

    assert "dòng 2, cột code: mã là số «1.00111»" in refused(workbook(change), "danh-muc.xlsx")


def test_merged_cells_are_refused_with_their_area() -> None:
    def change(book: Workbook) -> None:
        book.active.append(["1.000002", "Thử"])  # type: ignore[union-attr]
        book.active.merge_cells("D2:D3")  # type: ignore[union-attr]

    assert "dòng 2, cột D: các ô D2:D3 bị gộp" in refused(workbook(change), "danh-muc.xlsx")


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (b"", "a.csv", "không có dòng nào"),
        (HEAD.encode(), "a.csv", "chỉ có dòng tiêu đề"),
        (b"PK\x03\x04 nothing of a workbook", "a.xlsx", "lưu lại dạng .xlsx"),
        (TEXT.encode(), "a.xlsx", "lưu lại dạng .xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xls", "đời cũ (.xls)"),
        (b"x" * 50_000_000, "a.csv", "lớn hơn 20 MB"),
        (TEXT.replace("Sở", '"Sở').encode(), "a.csv", "ngoặc kép"),
        (b"a\0b,c", "a.csv", "không phải văn bản CSV"),
    ],
)
def test_what_is_no_catalogue_is_refused_in_a_sentence(content: bytes, name: str, expected: str) -> None:
    assert expected in refused(content, name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5 working_days", Limit(5, "working_days")), ("5 ngày làm việc", Limit(5, "working_days")),
        ("30 days", Limit(30, "days")), ("30 ngày", Limit(30, "days")), ("2 tháng", Limit(2, "months")),
        ("8 giờ", Limit(8, "hours")), ("", None),
    ],
)  # fmt: skip
def test_limits_are_read_in_both_languages(text: str, expected: Limit | None) -> None:
    assert limit_from(text) == expected


@pytest.mark.parametrize("text", ["5", "ngày", "khoảng 5 ngày", "5 tuần", "5-7 days"])
def test_what_is_no_limit_is_not_guessed(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        limit_from(text)


def test_channels_with_different_limits_make_one_expression() -> None:
    limits = {"counter": Limit(5, "working_days"), "online": Limit(3, "working_days"), "postal": None}
    assert limit_feel(limits) == (
        'if dossier.channel = "online" then working days(3) else '
        'if dossier.channel = "postal" then null else working days(5)'
    )
    assert limit_note(limits) == "Trực tiếp 5 ngày làm việc; trực tuyến 3 ngày làm việc; bưu chính chưa rõ."


def test_equal_limits_need_no_question_of_the_channel() -> None:
    assert limit_feel({"counter": Limit(2, "months"), "online": Limit(2, "months")}) == "months(2)"
    assert limit_feel({"counter": None}) is None
