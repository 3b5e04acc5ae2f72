"""The page about FEEL says what the interpreter does."""

from engine.domain.feel import STANDARD, limits
from tests.unit.feel.reference import EXAMPLES, PAGE, functions, result, written


def test_every_function_stands_on_the_page_with_what_its_example_gives() -> None:
    assert set(EXAMPLES) == set(STANDARD)
    assert written() == functions()


def test_an_example_gives_something() -> None:
    assert [name for name in EXAMPLES if result(EXAMPLES[name]) == "null" and name != "all"] == []


def test_the_bounds_on_the_page_are_those_of_the_code() -> None:
    page = " ".join(PAGE.read_text(encoding="utf-8").split())
    for said in (
        f"{limits.MAX_SOURCE:,} characters an expression",
        f"{limits.MAX_SCRIPT:,} a script",
        f"{limits.MAX_DEPTH} levels",
        f"{limits.MAX_NODES:,} nodes",
        f"{limits.MAX_STEPS:,} steps",
        f"{limits.MAX_LIST:,} items a list",
        f"{limits.MAX_STRING:,} characters a text",
        f"{limits.MAX_DATA:,} items of data",
    ):
        assert said in page
