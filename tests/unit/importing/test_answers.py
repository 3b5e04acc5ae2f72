"""Files of answers: TOML or JSON, by element and rule, or by rule for a batch."""

import pytest

from engine.workflow.importing import Answers, BadAnswers

TOML = (
    b'[defaults]\ntimer-value = "working days(3)"\ninstances = 4\n[elements.Timer_1]\ntimer-value = "1WD"\n'
)
JSON = (
    b'{"defaults": {"timer-value": "working days(3)", "instances": 4},'
    b' "elements": {"Timer_1": {"timer-value": "1WD"}}}'
)


@pytest.mark.parametrize(("content", "name"), [(TOML, "a.toml"), (JSON, "a.json")])
def test_the_element_comes_before_the_batch(content: bytes, name: str) -> None:
    answers = Answers.read(content, name)
    assert answers.given("timer-value", "Timer_1") == "1WD"
    assert answers.given("timer-value", "Timer_2") == "working days(3)"
    assert answers.given("instances", None) == "4"
    assert answers.given("loop", "Timer_1") is None


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"x = [", "a.toml"), (b"{", "a.json"), (b"[]", "a.json"), (b'{"else": {}}', "a.json"),
        (b'{"defaults": {"loop": ["a"]}}', "a.json"), (b'{"elements": {"A": "x"}}', "a.json"),
        (b"\xff\xfa", "a.toml"),
    ],
)  # fmt: skip
def test_a_file_of_another_shape_is_refused_with_what_to_write(content: bytes, name: str) -> None:
    with pytest.raises(BadAnswers, match=name) as refused:
        Answers.read(content, name)
    assert refused.value.message("en")
