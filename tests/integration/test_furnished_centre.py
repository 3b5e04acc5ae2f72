"""The furnished centre that other tests stand in: it is whole on both databases."""

from pathlib import Path

import pytest

from api.furnishing import furnish_with_drafts
from tests.centre import Centre


@pytest.mark.parametrize("code", ["2.000635", "1.009794"])
def test_a_dossier_goes_from_the_counter_to_the_citizens_hand(centre: Centre, code: str) -> None:
    centre.submit(code)
    names = centre.walk()
    assert centre.view().line.handling == "handed_over", names
    assert not centre.engine.replays.of(centre.officer("auditor"), centre.number).faults


def test_the_whole_catalogue_is_the_library_and_a_draft_of_every_other_row(
    sqlite_centre: Centre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "catalogue.csv"
    head = "code,name,authority,channels,limit_counter,supplement,refusal,consultation,appraisal\n"
    drawn = "9.000001,Cấp giấy phép thử,Sở Tư pháp,counter,5 working_days,1,1,0,1\n"
    by_hand = "1.009794,Kiểm tra,Sở Xây dựng,counter,,,,,\n"
    table.write_text(head + drawn + by_hand, encoding="utf-8")
    monkeypatch.setattr("api.furnishing.CATALOGUE", table)
    told: list[tuple[int, int]] = []
    brought = furnish_with_drafts(sqlite_centre.engine, lambda *count: told.append(count))
    assert brought[-1] == "9.000001"
    assert "1.009794" not in brought, "what was made by hand stays"
    assert told[-1] == (1, 1)
    assert furnish_with_drafts(sqlite_centre.engine) == []
    sqlite_centre.receive("9.000001")
    assert [task.name for task in sqlite_centre.view().tasks] == ["Chuyển hồ sơ giấy đến cơ quan"]
