"""What the centre's list names is scanned before the paper leaves the counter (TT 01/2023/TT-VPCP Điều 8)."""

from tests.centre import Centre
from tests.integration.stages import WORKS
from tests.integration.versions_of_works import deployed

SCAN, CARRY = "Quét, ký số bản số hóa", "Chuyển hồ sơ giấy đến cơ quan"


def listed(text: str) -> str:
    """The report on the finished works is on the list."""
    return text.replace('original="1" copy="1" electronic="true"', 'original="1" copy="1" digitise="true"', 1)


def open_steps(centre: Centre, **counts: int) -> list[str]:
    """What waits after reception at the counter with the report handed in like this."""
    centre.receive(WORKS, documents=[{"id": "bao-cao", **counts}])
    return [task.name for task in centre.view().tasks]


def test_the_original_is_scanned_looked_at_by_another_and_then_carried(centre: Centre) -> None:
    deployed(centre, listed)
    assert open_steps(centre, originals=1) == [SCAN]
    centre.do(SCAN)
    centre.do("Kiểm tra bản số hóa", "rework")
    centre.do(SCAN)
    assert centre.task("Kiểm tra bản số hóa").role == "head"
    centre.do("Kiểm tra bản số hóa", "approve")
    assert [task.name for task in centre.view().tasks] == [CARRY]


def test_what_was_scanned_at_the_counter_goes_on_at_once(sqlite_centre: Centre) -> None:
    deployed(sqlite_centre, listed)
    assert open_steps(sqlite_centre, originals=1, digital=1) == [CARRY]
    assert open_steps(sqlite_centre, copies=2) == [CARRY]


def test_without_a_list_nothing_is_scanned(sqlite_centre: Centre) -> None:
    assert open_steps(sqlite_centre, originals=1) == [CARRY]
