"""What a browser sends of a procedure: archives as people make them, and as nobody should."""

import unicodedata
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from api.sources import SourceTooLarge, placed_files, unzipped
from engine.errors import Invalid


def archive(*members: tuple[str, bytes]) -> list[tuple[str, bytes]]:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as made:
        for name, content in members:
            made.writestr(name, content)
    return [("bo.zip", stream.getvalue())]


def placed(*members: tuple[str, bytes]) -> dict[str, bytes]:
    return placed_files(unzipped(archive(*members)))


def test_two_files_of_one_name_are_told_and_neither_wins() -> None:
    with pytest.raises(Invalid, match=r"ky\.json» có hai lần"):
        placed(("a/ky.json", b"{}"), ("b/ky.json", b"[]"))
    assert placed(("a/ky.json", b"{}"), ("b/ky.json", b"{}")) == {"forms/ky.json": b"{}"}


def test_what_a_mac_puts_beside_each_file_is_left_out() -> None:
    sent = placed(("x/a.bpmn", b"<a/>"), ("__MACOSX/x/._a.bpmn", b"\0\5"), ("x/.DS_Store", b"\0"))
    assert sent == {"a.bpmn": b"<a/>"}


def test_a_name_is_the_same_however_its_marks_are_written() -> None:
    name = "thủ-tục.bpmn"
    assert list(placed((unicodedata.normalize("NFD", name), b"<a/>"))) == [name]


def test_many_files_that_swell_together_are_refused() -> None:
    with pytest.raises(SourceTooLarge):
        placed(*((f"{number}.json", b" " * 1_900_000) for number in range(20)))


def test_a_file_of_another_kind_is_named() -> None:
    with pytest.raises(Invalid, match=r"anh\.png» không phải"):
        placed(("anh.png", b"\x89PNG"))
