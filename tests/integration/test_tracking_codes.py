"""Guessing tracking codes: wrong and absent are the same, and who guesses has to wait."""

import pytest

from engine.errors import NotFound
from engine.tracking import TooManyMisses
from tests.centre import Centre

HOME, CAFE = "203.0.113.7", "198.51.100.9"


def _miss(centre: Centre, code: str, address: str = HOME) -> NotFound:
    with pytest.raises(NotFound) as refused:
        centre.engine.tracking.by_code(code, address=address)
    return refused.value


def test_a_code_may_be_typed_in_small_letters_with_hyphens_and_spaces(centre: Centre) -> None:
    code = centre.submit("1.009397").tracking_code
    typed = f"  {code[:4]}-{code[4:8]} {code[8:]} ".lower()
    assert centre.engine.tracking.by_code(typed, address=HOME).tracking_code == code


def test_wrong_absent_and_the_number_of_a_dossier_are_answered_alike(centre: Centre) -> None:
    view = centre.submit("1.009397")
    code = view.tracking_code
    wrong = code[:-1] + ("A" if code[-1] != "A" else "B")
    typed_codes = (wrong, "KHONGCOMANAY", view.line.number, "", "'--")
    answers = {_miss(centre, typed).message() for typed in typed_codes}
    assert len(answers) == 1


def test_after_ten_wrong_codes_in_a_minute_an_address_has_to_wait_for_any_code(centre: Centre) -> None:
    code = centre.submit("1.009397").tracking_code
    for number in range(10):
        _miss(centre, f"SAI{number:09d}")
    with pytest.raises(TooManyMisses, match="60 giây"):
        centre.engine.tracking.by_code(code, address=HOME)
    assert centre.engine.tracking.by_code(code, address=CAFE).tracking_code == code
    centre.clock.advance(seconds=61)
    assert centre.engine.tracking.by_code(code, address=HOME).tracking_code == code


def test_one_wrong_code_is_tried_five_times_an_hour_from_all_addresses_together(centre: Centre) -> None:
    for number in range(5):
        _miss(centre, "SAI000000000", address=f"203.0.113.{number}")
    with pytest.raises(TooManyMisses):
        centre.engine.tracking.by_code("SAI000000000", address=CAFE)
    centre.clock.advance(minutes=61)
    _miss(centre, "SAI000000000", address=CAFE)


def test_who_has_the_right_code_may_look_as_often_as_he_likes(sqlite_centre: Centre) -> None:
    code = sqlite_centre.submit("1.009397").tracking_code
    for _ in range(30):
        assert sqlite_centre.engine.tracking.by_code(code, address=HOME).tracking_code == code


def test_misses_older_than_an_hour_are_not_kept(sqlite_centre: Centre) -> None:
    _miss(sqlite_centre, "SAI000000000")
    sqlite_centre.clock.advance(minutes=61)
    _miss(sqlite_centre, "SAI000000001")
    with sqlite_centre.engine.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM tracking_miss").scalar_one() == 1


def test_a_dossier_that_waits_for_its_fee_does_not_say_that_nothing_is_to_be_done(
    sqlite_centre: Centre,
) -> None:
    centre = sqlite_centre
    centre.receive("1.009397")
    centre.do("Chuyển hồ sơ giấy đến cơ quan")
    centre.engine.deliveries.run_jobs()
    view = centre.engine.tracking.by_code(centre.view().tracking_code)
    assert view.may_pay
    assert "cần nộp phí" in view.sentence
    assert "pay the fee" in view.sentence_en
