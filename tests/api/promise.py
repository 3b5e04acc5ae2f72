"""What the OpenAPI description promises, held against every answer that a test gets."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from jsonschema import Draft202012Validator
from werkzeug.test import TestResponse


class Promise:
    """A description and what it says of one request."""

    def __init__(self, spec: Mapping[str, Any]) -> None:
        self.spec = spec
        self._paths = sorted(
            ((re.compile(re.sub(r"\{[^}]+\}", "[^/]+", path) + r"\Z"), path) for path in spec["paths"]),
            key=lambda pair: pair[1].count("{"),
        )

    def operations(self) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
        """Method, path and description of every operation."""
        for path, item in self.spec["paths"].items():
            for method, said in item.items():
                if method != "parameters":
                    yield method, path, said

    def operation(self, method: str, path: str) -> Mapping[str, Any] | None:
        """What is said of a request to a path; None when nothing is."""
        found = next((template for pattern, template in self._paths if pattern.match(path)), None)
        said: Mapping[str, Any] | None = self.spec["paths"][found].get(method.lower()) if found else None
        return said

    def hold(self, method: str, path: str, response: TestResponse) -> None:
        """Fail unless the answer is one that the description knows: status, media type, headers, content."""
        operation = self.operation(method, path)
        if operation is None:
            assert response.status_code in (404, 405), f"{method} {path} is not described"
            return
        if response.status_code == 304:
            assert not response.data
            return
        promised = operation["responses"].get(str(response.status_code)) or operation["responses"]["default"]
        promised = self._followed(promised)
        for header in promised.get("headers", ()):
            assert header in response.headers, f"{method} {path} has no {header}"
        content = promised.get("content")
        if not content:
            assert not response.data
            return
        if "application/octet-stream" in content:
            return
        assert response.mimetype in content, f"{method} {path}: {response.mimetype} is not described"
        if response.mimetype.endswith("json"):
            self._fits(content[response.mimetype]["schema"], json.loads(response.data), f"{method} {path}")

    def _fits(self, schema: Mapping[str, Any], value: Any, where: str) -> None:
        validator = Draft202012Validator({"components": self.spec["components"], **schema})
        found = [
            f"{'.'.join(map(str, one.absolute_path))}: {one.message}" for one in validator.iter_errors(value)
        ]
        assert not found, f"{where}: {found}"

    def _followed(self, value: Mapping[str, Any]) -> Mapping[str, Any]:
        while "$ref" in value:
            found: Any = self.spec
            for part in value["$ref"].removeprefix("#/").split("/"):
                found = found[part]
            value = found
        return value
