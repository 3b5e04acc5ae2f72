"""The OpenAPI description: valid, complete, in both languages."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from api.i18n import catalogue
from tests.api.program import citizen
from tests.centre import Centre


def spec_of(centre: Centre) -> Mapping[str, Any]:
    found: Mapping[str, Any] = centre.client().get("/api/v1/openapi.json").json
    return found


def everything(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name, inner
            yield from everything(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from everything(inner)


def test_every_reference_leads_somewhere(sqlite_centre: Centre) -> None:
    spec = spec_of(sqlite_centre)
    assert spec["openapi"] == "3.1.0"
    for name, value in everything(spec):
        if name == "$ref":
            found: Any = spec
            for part in value.removeprefix("#/").split("/"):
                found = found[part]


def test_every_operation_has_a_name_of_its_own_and_says_what_it_does_in_both_languages(
    sqlite_centre: Centre,
) -> None:
    operations = list(citizen(sqlite_centre).promise.operations())
    assert len({said["operationId"] for _, _, said in operations}) == len(operations) > 40
    for method, path, said in operations:
        assert re.search(r"[à-ỹđ]", said["summary"]), (method, path)
        assert said["description"].endswith("."), (method, path)
        assert said["summary"] in catalogue(), said["summary"]
        assert any(status.startswith("2") for status in said["responses"])
        assert said["responses"]["default"] == {"$ref": "#/components/responses/Problem"}
        assert said["security"] == ([] if said["x-access"] == "public" else [{"bearer": []}])


def test_every_sentence_about_a_field_has_its_english(sqlite_centre: Centre) -> None:
    spec = spec_of(sqlite_centre)
    told = [value for name, value in everything(spec["components"]["schemas"]) if name == "description"]
    told += [one["description"] for one in spec["components"]["parameters"].values()]
    told += [tag["description"] for tag in spec["tags"]]
    told += [
        parameter["description"]
        for name, found in everything(spec["paths"])
        if name == "parameters"
        for parameter in found
        if "description" in parameter
    ]
    assert not [text for text in told if isinstance(text, str) and text not in catalogue()]


def test_problems_and_examples_are_described(sqlite_centre: Centre) -> None:
    spec = spec_of(sqlite_centre)
    (media_type,) = spec["components"]["responses"]["Problem"]["content"]
    assert media_type == "application/problem+json"
    assert spec["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"
    examples = [value for name, value in everything(spec) if name == "example"]
    assert any(re.search(r"[à-ỹđ]", str(example)) for example in examples)
    for method, path, said in citizen(sqlite_centre).promise.operations():
        for status, answer in said["responses"].items():
            if status.startswith("2") and status != "204":
                assert answer["content"], (method, path)
