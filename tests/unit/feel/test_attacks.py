"""Nobody gets out of an expression, and nobody makes it run long: each attempt ends within 50 ms of work."""

import time

import pytest

from engine.domain.feel import (
    FeelEvaluationError,
    FeelSyntaxError,
    compile_expression,
    compile_script,
    compile_unary_tests,
    to_json,
)
from engine.domain.feel.expression import _expression

SCOPE = {
    "x": "text",
    "n": 7,
    "dossier": {"channel": "online"},
    "documents": [{"id": str(n), "ok": True} for n in range(500)],
}
LONGEST = 0.050  # seconds of processor time


def chain(first: str, step: str, times: int, last: str) -> str:
    """A context in which every entry is made of the one before: ``{a0: .., a1: .. a0 .., ...}.last``."""
    entries = [f"a0: {first}"] + [f"a{n}: {step.replace('#', f'a{n - 1}')}" for n in range(1, times)]
    return "{" + ", ".join(entries) + f", r: {last.replace('#', f'a{times - 1}')}" + "}.r"


OUT = [
    '__import__("os")',
    '__import__("os").system("id")',
    '"".__class__',
    "x.__class__.__mro__",
    "[].__class__.__base__",
    "{}.__init__.__globals__",
    "dossier.__class__.__subclasses__()",
    "n.__reduce_ex__(2)",
    "(function(a) a).__code__",
    "(function(a) a).__closure__",
    '"{0.__class__}".format(1)',
    'x.format("a")',
    'string.format("{}", 1)',
    '"%s".join(["a"])',
    "[1].append(2)",
    'eval("1")',
    'exec("1")',
    'open("/etc/passwd")',
    'compile("1", "a", "eval")',
    'getattr(x, "upper")',
    "globals()",
    "vars()",
    "type(x)",
    "print(1)",
    "breakpoint()",
    "lambda: 1",
    "lambda a: a",
    'os.system("id")',
    "java.lang.System.exit(0)",
    'function() external {java: {class: "java.lang.Math"}}',
    "@\"__import__('os')\"",
    'f"{n}"',
    '"%s" % x',
    "`id`",
    "$(id)",
    "${n}",
    "#{n}",
    "{{7*7}}",
    "<script>alert(1)</script>",
    "1; 2",
    "a := 1",
    "x[0].__class__()",
    "documents.__len__()",
    "not x",
    "a == b",
    "a && b",
    "!a",
    "a\x00b",
    "\u202ea",
    '"\\ud800"',
    '"\\x41"',
    '"open',
    "/* open",
    "'a'",
    "“a”",
]
DEEP = [
    "(" * 100 + "1" + ")" * 100,
    "(" * 3_999,
    "[" * 100 + "]" * 100,
    "{a:" * 100 + "1" + "}" * 100,
    "- " * 100 + "n",
    "not(" * 100 + "x" + ")" * 100,
    "if x then " * 70 + "1" + " else 2" * 70,
    "if x then 1 else " * 70 + "2",
    "for a in [1] return " * 70 + "a",
    "some a in [1] satisfies " * 70 + "a",
    "function(a) " * 70 + "a",
    "x" + ".a" * 100,
    "x" + "[1]" * 100,
    "(function(a) a)" + "(1)" * 100,
    "1 in (" * 65 + "1" + ")" * 65,
    "1" + " + 1" * 1_100,
    "1" + "+1" * 1_499,
    "x" * 3_001,
    "a and " * 600 + "(" * 65,
    "1E999999",
    "9" * 3_999 + "E9999",
]
LONG = [
    "for a in 1..1000000000 return a",
    "for a in [1..1000000000] return a",
    "for a in 1..9000, b in 1..9000 return 1",
    "for a in 1..300, b in 1..300, c in 1..300 return 1",
    "some a in 1..9000, b in 1..9000 satisfies a + b = 1",
    "every a in 1..9000, b in 1..9000 satisfies a + b > 1",
    "count(for a in 1..9000 return count(for b in 1..9000 return b))",
    "for a in 1..9000 return partial",
    "for a in 1..9000 return {p: partial, q: partial}",
    'for a in [date("0001-01-01")..date("9999-12-31")] return a',
    "for a in 1..9000 return documents[ok = true]",
    "documents[count(documents[ok = true]) > 1]",
    "for a in 1..9000 return sum(documents.id)",
    "for a in 1..9000 return string(documents)",
    "for a in 1..9000 return documents = documents",
    "for a in 1..9000 return list contains(documents, a)",
    "for a in 1..9000 return a in documents",
    'for a in 1..9000 return string join(for b in 1..100 return "xxxxxxxx")',
    'for a in 1..9000 return "' + "x" * 3_000 + '" + x',
    chain('"xxxxxxxxxx"', "# + # + # + # + # + # + # + # + # + #", 12, "#"),
    chain("[1, 1]", "concatenate(#, #, #, #, #, #, #, #)", 12, "#"),
    chain("[1, 1]", "[#, #]", 40, "string(#)"),
    chain("[1, 1]", "[#, #]", 40, "# = #"),
    chain("[1, 1]", "[#, #]", 40, "flatten(#)"),
    chain("[1, 1]", "[#, #]", 40, "# in [#]"),
    chain("[1, 1]", "{p: #, q: #}", 40, "get entries(#) = #"),
    chain("[1, 1]", "[#, #]", 40, "count distinct(#)"),
    "(function(f) f(f))(function(f) f(f))",
    "(function(f) f(f, 1))(function(f, n) f(f, n + 1))",
    "{f: function(f, n) f(f, n + 1), r: f(f, 0)}.r",
    "{f: function(f) [f(f), f(f)], r: f(f)}.r",
    "sort(for a in 1..9000 return -a, function(a, b) a < b)",
    "distinct values(for a in 1..9000 return [a])",
    "list replace(for a in 1..9000 return a, function(a, b) count(documents) > 1, 0)",
    "for a in 1..9000 return working days(a * 1000)",
    "working days(10 ** 30)",
    "now()",
    'for a in 1..9000 return matches("' + "a" * 300 + '!", "(a+)+$")',
    'for a in 1..9000 return matches("' + "a" * 300 + '!", "(a|aa|a?)*b")',
    'for a in 1..9000 return replace("' + "a" * 300 + '", "a", "bbbbbbbbbbbbbbbb")',
    'matches("' + "a" * 2000 + '", "((a?){40}a{40}){15}")',
    'matches("' + "a" * 3000 + '", "(a?){200}(a?){200}(a?){200}b")',
    'split(string join(for a in 1..9000 return "ab"), "(.*)*b")',
]
HARMLESS = [
    ("9**9**9", 1),
    ("9**9**9**9**9**9", None),
    ("10**6000 * 10**6000", None),
    ("exp(10**9)", None),
    ("0.5 ** 100000000", 1),
    ("1.0000000001 ** 123456789.5", 1),
    ("decimal(10**6000, 6000)", 1),
    ("round up(1, 10**9)", None),
    ("date(10**6000, 1, 1)", None),
    ("time(10**6000, 1, 10**6000)", None),
    ('substring("a", 10**6000)', None),
    ('@"P999999999D" * 999999', None),
    ('@"P999999Y" * 10**6000', None),
    ('date("9999-12-31") + @"P1D"', None),
    ('"a" * 1000000000', None),
    ("documents[10**6000]", None),
    ("x.upper", None),
    ("x.real.imag", None),
    ("dossier.keys", None),
    ("dossier.items", None),
    ("documents.append", 1),
    ("5 in [1..10**30]", 1),
    ("sort(for a in 1..9000 return -a)", 1),
    ("distinct values(for a in 1..9000 return a)", 1),
    ("import os", None),
    ("1" + "+1" * 999, 1),
    ("[" + "1," * 1_098 + "1]", 1),
    ("-" * 2_900 + "1", 1),
]


def worked(source: str) -> tuple[object, float]:
    """What came of it, and the processor time it took: the best of ten, as others use the machine too."""
    found, spent = once(source)
    for _ in range(9):
        if spent > LONGEST:
            found, spent = once(source)
    return found, spent


def once(source: str) -> tuple[object, float]:
    """Compile, run and store without caches."""
    start = time.thread_time()
    try:
        found: object = to_json(_expression.__wrapped__(source, *DEFAULTS).evaluate(SCOPE))
    except (FeelSyntaxError, FeelEvaluationError) as refusal:
        found = refusal
    return found, time.thread_time() - start


DEFAULTS = (compile_expression.__kwdefaults__["functions"], frozenset[str](), frozenset[object]())


@pytest.mark.parametrize("source", OUT + DEEP + LONG)
def test_an_attempt_is_refused_at_once(source: str) -> None:
    found, spent = worked(source)
    assert isinstance(found, FeelSyntaxError | FeelEvaluationError), repr(found)[:200]
    assert found.message("vi") != found.message("en")
    assert spent < LONGEST


@pytest.mark.parametrize(("source", "something"), HARMLESS)
def test_what_looks_dangerous_but_is_not_ends_at_once_too(source: str, something: object) -> None:
    found, spent = worked(source)
    assert not isinstance(found, FeelSyntaxError)
    assert (found is None) == (something is None)
    assert spent < LONGEST


def test_there_are_at_least_sixty_attempts() -> None:
    assert len(set(OUT + DEEP + LONG)) >= 60


@pytest.mark.parametrize("source", [*OUT[:30], *DEEP])
def test_cells_and_scripts_refuse_the_same(source: str) -> None:
    with pytest.raises((FeelSyntaxError, FeelEvaluationError)):
        compile_unary_tests(source).matches(1, SCOPE)
    with pytest.raises((FeelSyntaxError, FeelEvaluationError)):
        compile_script(f"a = {source}").run(SCOPE)


def test_only_known_types_get_in() -> None:
    class Sly:
        secret = 1

    for value in (Sly(), Sly, len, object(), {1, 2}, b"bytes"):
        with pytest.raises(FeelEvaluationError, match="kiểu dữ liệu"):
            compile_expression("v").evaluate({"v": value})
        with pytest.raises(FeelEvaluationError):
            compile_expression("w.v.secret").evaluate({"w": {"v": value}})


def test_data_that_is_nested_too_deep_is_refused() -> None:
    deep: list[object] = []
    for _ in range(100):
        deep = [deep]
    with pytest.raises(FeelEvaluationError):
        compile_expression("v").evaluate({"v": deep})
    endless: list[object] = []
    endless.append(endless)
    with pytest.raises(FeelEvaluationError):
        compile_expression("v").evaluate({"v": endless})


def test_an_evaluation_changes_nothing_it_was_given() -> None:
    scope = {"list": [3, 1, 2], "context": {"a": 1}}
    for source in (
        "sort(list)",
        "append(list, 4)",
        "concatenate(list, list)",
        'context put(context, "a", 2)',
        "reverse(list)",
        "insert before(list, 1, 0)",
    ):
        compile_expression(source).evaluate(scope)
    assert scope == {"list": [3, 1, 2], "context": {"a": 1}}
