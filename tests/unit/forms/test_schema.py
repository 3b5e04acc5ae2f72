"""A form as JSON Schema says of what is kept what the server says of it."""

from pathlib import Path
from random import Random
from typing import Any

import orjson
import pytest
from jsonschema import Draft202012Validator

from engine.domain.form import check, read_form
from engine.domain.form.schema import json_schema
from tests.unit.forms.submissions import OF_KIND, filled, made_up

LIBRARY = sorted((Path(__file__).resolve().parents[3] / "processes").glob("*/forms/*.json"))


def fits(schema: dict[str, Any], values: Any) -> bool:
    return Draft202012Validator(schema).is_valid(values)


def test_what_the_server_takes_fits_the_schema_and_what_it_refuses_does_not() -> None:
    random = Random(2020)
    submissions = [made_up(random) for _ in range(300)]
    submissions += [filled(orjson.loads(path.read_bytes()), random) for path in LIBRARY]
    # Python's validator takes letters of every script for \w, where JSON Schema (ECMA-262) means ASCII.
    submissions = [one for one in submissions if "\\w" not in str(one.form)]
    taken = 0
    for one in submissions:
        form = read_form(one.form)
        result = check(form, one.raw, {})
        too_fine = any("sau dấu phẩy" in vi for vi, _ in result.errors.values())
        assert fits(json_schema(form, result.visible), result.values) is (not result.errors) or too_fine, one
        if not result.errors:
            assert fits(json_schema(form), result.values), one
            taken += 1
    assert 100 < taken < len(submissions) - 100


def test_every_form_of_the_library_becomes_a_schema() -> None:
    for path in LIBRARY:
        Draft202012Validator.check_schema(json_schema(read_form(orjson.loads(path.read_bytes()))))


@pytest.mark.parametrize("kind", sorted(OF_KIND))
def test_a_kind_has_its_own_shape(kind: str) -> None:
    field = {
        "type": "textfield",
        "key": "a",
        "label": "Mục",
        "properties": {"kind": kind, "province": "Nghệ An"},
    }
    schema = json_schema(read_form({"components": [field]}))
    assert fits(schema, {"a": OF_KIND[kind]})
    assert fits(schema, {"a": None})
    assert not fits(schema, {"a": "Vinh"})


def test_nothing_else_may_be_answered() -> None:
    schema = json_schema(read_form({"components": [{"type": "textfield", "key": "a", "label": "Mục"}]}))
    assert not fits(schema, {"a": "x", "b": "y"})


def test_a_field_behind_a_condition_may_be_missing_until_it_is_asked() -> None:
    rule = {"validate": {"required": True}}
    form = read_form(
        {
            "components": [
                {"type": "checkbox", "key": "own", "label": "Của mình"},
                {"type": "textfield", "key": "owner", "label": "Chủ", "conditional": {"hide": "=own"}} | rule,
            ]
        }
    )
    assert fits(json_schema(form), {"own": True})
    assert not fits(json_schema(form, check(form, {"own": False}, {}).visible), {"own": False})
    assert fits(json_schema(form, check(form, {"own": True}, {}).visible), {"own": True})
