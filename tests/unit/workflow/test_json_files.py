"""Forms are JSON, read strictly: what a reader would silently swallow is told with its line."""

from contextlib import suppress

import pytest

from engine.workflow.reading.json_file import NotJson, read_json


@pytest.mark.parametrize(
    ("text", "name", "line"),
    [
        ('{"id": "a",\n "components": [{"key": "x",\n "key": "y"}]}', "key", 3),
        ('{"nhãn": "Họ tên",\n "nhãn": "Tên"}', "nhãn", 2),
        ('{"a": [1],\n "a": [2]}', "a", 2),
        ('{"max": 5,\n\n "max": 6}', "max", 3),
    ],
)
def test_what_is_said_twice_is_told_and_not_the_last_kept(text: str, name: str, line: int) -> None:
    with pytest.raises(NotJson, match="twice") as told:
        read_json(text.encode())
    assert f"«{name}» ghi hai lần" in told.value.vi
    assert told.value.line == line


def test_the_same_name_in_different_objects_is_no_fault() -> None:
    assert read_json(b'\xef\xbb\xbf{"a": 1, "b": [{"a": 1}, {"a": 2}]}') == {
        "a": 1,
        "b": [{"a": 1}, {"a": 2}],
    }


@pytest.mark.parametrize(
    "text", ['{"a": ' + "1" * 5_000 + "}", '{"a": "\\ud800", "b": 1e999}', "[" * 900 + "]" * 900]
)
def test_what_other_readers_stumble_over_is_read_or_refused(text: str) -> None:
    with suppress(NotJson):  # anything else would be a page that breaks
        read_json(text.encode())
