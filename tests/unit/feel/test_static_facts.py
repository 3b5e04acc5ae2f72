"""Deployment knows what an expression reads and calls before any dossier meets it."""

from engine.domain.feel import compile_expression, compile_script, compile_unary_tests


def test_names_are_first_segments_and_paths_are_whole() -> None:
    expression = compile_expression('applicant.address.ward = "Trường Vinh" and count(documents) > limit')
    assert expression.names == {"applicant", "documents", "limit"}
    assert expression.paths == {"applicant.address.ward", "documents", "limit"}
    assert expression.calls == {"count"}


def test_names_bound_by_the_expression_are_not_free() -> None:
    expression = compile_expression("for x in items return {a: x, b: a + y}.b + (function(z) z)(1)")
    assert expression.names == {"items", "y"}


def test_the_source_of_a_loop_may_be_free_under_the_same_name() -> None:
    assert compile_expression("for x in x return x").names == {"x"}


def test_names_in_a_filter_are_only_perhaps_free() -> None:
    expression = compile_expression("documents[ok = wanted].id")
    assert expression.names == {"documents"}
    assert expression.perhaps == {"ok", "wanted"}


def test_unary_tests_tell_theirs() -> None:
    tests = compile_unary_tests("> limit, working days(a.b)")
    assert (tests.names, tests.paths, tests.calls) == ({"limit", "a"}, {"limit", "a.b"}, {"working days"})


def test_a_script_does_not_read_what_it_has_made() -> None:
    script = compile_script("fee = count(documents) * price\nvat = fee * 0.1\nprice = 0")
    assert script.names == {"documents", "price"}
    assert script.assigned == {"fee", "vat", "price"}
    assert script.calls == {"count"}


def test_equal_sources_compile_once() -> None:
    assert compile_expression("a + 1") is compile_expression("a + 1")
