"""Regular expressions agree with Python's where both mean the same, and never take long."""

import contextlib
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.domain.feel import FeelEvaluationError, compile_expression
from tests.pace import seconds


def value(source: str, **scope: object) -> object:
    return compile_expression(source).evaluate(scope)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('matches("0912345678", "^0[0-9]{9}$")', True),
        ('matches("091234567", "^0[0-9]{9}$")', False),
        ('matches("1.009397", "^\\\\d\\\\.\\\\d{6}$")', True),
        ('matches("foobar", "o{2}")', True),
        ('matches("FOOBAR", "^fo+", "i")', True),
        ('matches("ĐẠT", "^đạt$", "i")', True),
        ('matches("a\\nb", "a.b")', False),
        ('matches("a\\nb", "a.b", "s")', True),
        ('matches("a\\nb", "^b$")', False),
        ('matches("a\\nb", "^b$", "m")', True),
        ('matches("helloworld", " hello[ ]*world ", "x")', True),
        ('matches("a.b", "a.b", "q")', True),
        ('matches("axb", "a.b", "q")', False),
        ('matches("Hà", "^\\\\p{Lu}\\\\w$")', True),
        ('matches("x", "[a-z-[aeiou]]")', True),
        ('matches("e", "[a-z-[aeiou]]")', False),
        ('matches("-", "[a-]")', True),
        ('matches(null, "a")', None),
        ('replace("abracadabra", "bra", "*")', "a*cada*"),
        ('replace("abracadabra", "a.*a", "*")', "*"),
        ('replace("abracadabra", "a.*?a", "*")', "*c*bra"),
        ('replace("123", "([0-9])", "<$1>")', "<1><2><3>"),
        ('replace("5", "5", "\\\\$1")', "$1"),
        ('replace("abcd", "(ab)|(a)", "[1=$1][2=$2]")', "[1=ab][2=]cd"),
        ('split("John Doe", "\\\\s")', ["John", "Doe"]),
        ('split("a;b;;c", ";")', ["a", "b", "", "c"]),
        ('extract("QĐ 06/2026, NĐ 61/2018", "[0-9]+/[0-9]{4}")', ["06/2026", "61/2018"]),
        ('matches(pattern: "a", input: "cat")', True),
    ],
)
def test_patterns_do_what_xpath_says(source: str, expected: object) -> None:
    assert value(source) == expected


@pytest.mark.parametrize(
    "pattern",
    [
        "(",
        ")",
        "[",
        "[]",
        "a**",
        "*a",
        "a{2,1}",
        "a{1000}",
        "\\",
        "\\q",
        "(a)\\1",
        "[z-a]",
        "^*",
        "{",
        "a{x}",
        "\\p{Xx}",
    ],
)
def test_a_wrong_pattern_is_an_error_that_names_it(pattern: str) -> None:
    with pytest.raises(FeelEvaluationError) as caught:
        value("matches(t, p)", t="a", p=pattern)
    assert pattern in caught.value.message("vi")


@pytest.mark.parametrize(
    "source",
    [
        'replace("a", "b*", "c")',
        'split("abc", "")',
        'replace("a", "a", "$")',
        'matches("a", "a", "g")',
        'matches("a", "' + "(" * 30 + "a" + ")" * 30 + '")',
        'matches("a", "((a{50}){50}){50}")',
    ],
)
def test_what_would_go_wrong_is_refused(source: str) -> None:
    with pytest.raises(FeelEvaluationError):
        value(source)


@pytest.mark.parametrize(
    "pattern",
    ["(a+)+$", "(a|a)*$", "(a|aa)+$", "(.*a){12}", "(a*)*b", "((a?){20})a{20}$", "(x+x+)+y", "a*a*a*a*a*a*c"],
)
def test_no_pattern_backtracks_for_ever(pattern: str) -> None:
    start = time.thread_time()
    with contextlib.suppress(FeelEvaluationError):
        value("matches(t, p)", t="a" * 500 + "!", p=pattern)
    assert time.thread_time() - start < seconds(0.25)


ATOMS = st.sampled_from(["a", "b", "c", ".", "[ab]", "[^a]", "\\d", "\\s", "1", " ", "^", "$"])
QUANTIFIERS = st.sampled_from(["", "", "*", "+", "?", "{2}", "{1,2}", "*?", "+?", "??", "{1,}"])
PATTERNS = st.recursive(
    st.lists(
        st.builds("{}{}".format, ATOMS.filter(lambda a: a not in "^$"), QUANTIFIERS), min_size=1, max_size=4
    ).map("".join)
    | ATOMS,
    lambda inner: (
        st.builds("({}){}".format, inner, QUANTIFIERS)
        | st.builds("(?:{}|{})".format, inner, inner)
        | st.builds("{}{}".format, inner, inner)
    ),
    max_leaves=6,
)


@given(PATTERNS, st.text(alphabet="abc1 ", max_size=8))
def test_matches_agrees_with_python(pattern: str, text: str) -> None:
    try:
        found = value("matches(t, p)", t=text, p=pattern)
    except FeelEvaluationError:
        return
    assert found is (re.search(pattern.replace("$", r"\Z"), text) is not None)


@given(PATTERNS, st.text(alphabet="abc1 ", max_size=8))
def test_extract_agrees_with_python(pattern: str, text: str) -> None:
    if re.search("[)][*+?{]", pattern):
        return  # how a repeated group may match nothing is told differently
    try:
        found = value("extract(t, p)", t=text, p=pattern)
    except FeelEvaluationError:
        return
    assert found == [match[0] for match in re.finditer(pattern.replace("$", r"\Z"), text)]
