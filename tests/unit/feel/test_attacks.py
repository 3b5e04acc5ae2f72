"""Nobody gets out of an expression, and nobody makes it run long: each attempt ends within 50 ms of work."""

import time
from operator import itemgetter

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
from tests.pace import seconds

SCOPE = {
    "x": "text",
    "n": 7,
    "dossier": {"channel": "online"},
    "documents": [{"id": str(n), "ok": True} for n in range(500)],
}
LONGEST = 0.050  # seconds of processor time of a usual machine


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
    "(function(a: __class__) a)(1)",
    "x instance of __class__",
    "x instance of object",
    "{a: 1}.a.__class__",
    "for a in [1] return a.__class__",
    "documents[item.__class__ = 1]",
    "some a in documents satisfies a.__dict__",
    'range("[__import__(1)..2]").start.__class__',
    "(< x).__class__",
    "now.__class__",
    'x.encode("utf-8")',
    "[1, 2].__getitem__(0)",
    "{}.__setitem__(1, 2)",
    'x.format_map({"a": 1})',
    "sort(documents, function(a, b) a.__class__)",
    "{__builtins__: 1}",
    "function(__class__) 1",
    "for __class__ in [1] return 1",
    "get entries({}).__class__.__base__.__subclasses__()",
    "@x",
    "context(documents).__iter__",
    "a.b.__globals__",
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
    "9" * 2_900 + "E999999",
    "(<" * 80 + "1" + ")" * 80,
    "x instance of " + "list<" * 80 + "number" + ">" * 80,
    "function(a: " + "list<" * 80 + "number" + ">" * 80 + ") a",
    "x instance of context<" + "a: context<" * 80 + "b: number" + ">" * 81,
    '"' + "\\u1EA1" * 900,
    '"' * 2_999,
    "/*" * 1_499,
    "x between " * 90 + "1",
    "{a: " + "[" * 40 + "{b: " * 40,
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
    "for a in 1..9000 return range(string join(documents.id))",
    'for a in 1..9000 return range("[" + string join(documents.id) + "..2]")',
    "for a in 1..9000 return (function(d: list<context<id: string>>) d)(documents)",
    "for a in 1..9000 return documents instance of list<context<id: string, ok: boolean>>",
    "for a in 1..9000 return context merge([{p: documents}, {q: documents}]) = {}",
    'for a in 1..9000 return context put({p: documents}, "p", documents) = {p: documents}',
    "for a in 1..9000 return get entries({p: documents}) = documents",
    "for a in 1..9000 return flatten([documents, [documents]])",
    "for a in 1..9000 return distinct values(documents)",
    "for a in 1..9000 return index of(documents, a)",
    "for a in 1..9000 return reverse(documents)[1]",
    "for a in 1..9000 return union(documents, documents)",
    'for a in 1..9000 return extract(string(documents), "[a-z]+")',
    "for a in 1..9000 return upper case(string(documents))",
    "for a in 1..9000 return mode(for b in 1..100 return b)",
    "for a in 1..9000 return stddev(for b in 1..100 return b)",
    "for a in 1..9000 return 2 ** 0.5 ** 0.5 ** 0.5 ** 0.5 ** 0.5 ** 0.5",
    "for a in 1..9000 return exp(log(a) * sqrt(a) / exp(1.5))",
    "{f: function(n) if n = 0 then 0 else g(n - 1), g: function(n) f(n)}.f(9000)",
    "(function(f, n) f(f, n))(function(f, n) if n = 0 then 0 else f(f, n - 1), 5000)",
    "(function(f, n) f(f, n))(function(f, n) if n = 0 then [0] else [f(f, n - 1), f(f, n - 1)], 15)",
    'matches("' + "a" * 2_000 + '", "(((a*)*)*)*b")',
    'matches("' + "ab" * 1_000 + '", "(a|b|ab)*(a|b|ab)*(a|b|ab)*c")',
    'replace("' + "a" * 1_500 + '", "(a+)+", "$1$1$1$1$1$1$1$1$1$1$1$1$1$1$1$1$1$1$1$1")',
    'matches("a", "(a{200}){200}")',
    'matches("a", "' + "(" * 30 + "a" + ")" * 30 + '")',
    'matches("a", "' + "a?" * 260 + '")',
    'replace("a", "(a)\\1", "b")',
    'matches("a", "(?=a)a")',
    'matches("a", "(?P<n>a)")',
    'for a in 1..9000 return matches("a", "(a{40}){40}" + string(a))',
    'for a in 1..9000 return matches("a", "[a-z-[aeiou]]{200}" + string(a))',
    'for a in 1..9000 return split("abc", string(a) + "{200}")',
    "for a in 1..9000 return date(string(a))",
    'for a in 1..9000 return duration("P" + string(a) + "D")',
    'for a in 1..9000 return range("[1..2]")',
    "[" + ", ".join(["2 ** 0.5"] * 250) + "]",
    "[" + ", ".join(["exp(n)"] * 350) + "]",
    "for a in 1..9000 return stddev([1 / 3, 1 / 7, a, 1 / 3, 1 / 7, a])",
    'for a in 1..9000 return @"PT1S" * 1.3',
    "for a in 1..9000 return overlaps([1..a], [2..3])",
    "[" + ", ".join(["documents"] * 280) + "]",
    "count(documents)" + " + count(documents)" * 150,
    "documents = documents" + " and documents = documents" * 100,
    "[" + ", ".join(f"documents.k{n}" for n in range(200)) + "]",
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
    ("modulo(10**6000, n / 3)", None),
    ("stddev([10**6000, -10**6000])", 1),
    ("10**6000 - 10**6000 = 0", True),
    ('@"PT0.000001S" * 10**30', None),
    ('range("[1..' + "9" * 2_000 + ']")', 1),
    ("1" + "+1" * 999, 1),
    ("[" + "1," * 1_098 + "1]", 1),
    ("-" * 2_900 + "1", 1),
]


def worked(source: str) -> tuple[object, float]:
    """What came of it, and the processor time it took: the best of ten, as others use the machine too."""
    found, spent = once(source)
    for _ in range(9):
        if spent > LONGEST:
            found, spent = min(once(source), (found, spent), key=itemgetter(1))
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
    assert spent < LONGEST or spent < seconds(LONGEST)


@pytest.mark.parametrize(("source", "something"), HARMLESS)
def test_what_looks_dangerous_but_is_not_ends_at_once_too(source: str, something: object) -> None:
    found, spent = worked(source)
    assert not isinstance(found, FeelSyntaxError)
    assert (found is None) == (something is None)
    assert spent < LONGEST or spent < seconds(LONGEST)


def test_there_are_more_than_a_hundred_and_fifty_attempts() -> None:
    assert len(set(OUT + DEEP + LONG)) > 150


@pytest.mark.parametrize("source", [*OUT[:30], *DEEP])
def test_cells_and_scripts_refuse_the_same(source: str) -> None:
    with pytest.raises((FeelSyntaxError, FeelEvaluationError)):
        compile_unary_tests(source).matches(1, SCOPE)
    with pytest.raises((FeelSyntaxError, FeelEvaluationError)):
        compile_script(f"a = {source}").run(SCOPE)


@pytest.mark.parametrize(
    "script",
    [
        "\n".join(f"x{n} = for a in 1..3000 return a" for n in range(500)),
        "x0 = [1, 1]\n" + "\n".join(f"x{n} = [x{n - 1}, x{n - 1}]" for n in range(1, 60)),
        "x0 = documents\n" + "\n".join(f"x{n} = concatenate(x{n - 1}, documents)" for n in range(1, 400)),
        'x0 = "' + "a" * 2_000 + '"\n' + "\n".join(f"x{n} = x{n - 1} + x{n - 1}" for n in range(1, 60)),
        "\n".join(f"x{n} = documents = documents" for n in range(600)),
    ],
)
def test_many_lines_do_no_more_than_one(script: str) -> None:
    spent = []
    compiled = compile_script(script)
    for _ in range(10):
        start = time.thread_time()
        with pytest.raises(FeelEvaluationError):
            to_json(dict(compiled.run(SCOPE)))
        spent.append(time.thread_time() - start)
        if spent[-1] < LONGEST:
            break
    assert min(spent) < LONGEST


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
