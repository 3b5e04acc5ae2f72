"""A program that talks to the interface: signs in, sends keys and versions, keeps to the description."""

import json
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from uuid import uuid4

from flask import Flask
from werkzeug.test import TestResponse

from tests.api.promise import Promise
from tests.centre import PASSWORD, Centre

PREFIX = "/api/v1"
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\nxref\n0 4\n0000000000 65535 f \n"
    b"0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \ntrailer<</Size 4/Root 1 0 R>>\n"
    b"startxref\n164\n%%EOF\n"
)


class Program:
    """One program, as one officer or as nobody. Every answer is held against the description."""

    def __init__(self, app: Flask, token: str | None = None) -> None:
        self.app = app
        self.client = app.test_client(use_cookies=False)
        self.token = token
        self.promise = Promise(app.extensions["motcua-api"].spec.to_dict())

    def get(self, path: str, **headers: str) -> TestResponse:
        """GET; keyword ``If_Match`` is the header If-Match."""
        return self.ask("GET", path, headers=self._headers(headers))

    def post(
        self,
        path: str,
        body: Any = None,
        *,
        key: str | None = None,
        version: int | str | None = None,
        form: Mapping[str, Any] | None = None,
        **headers: str,
    ) -> TestResponse:
        """POST JSON, or a form with files; with a new key unless one is given."""
        wanted = {"Idempotency-Key": key or uuid4().hex, **self._headers(headers)}
        if version is not None:
            wanted["If-Match"] = f'"{version}"'
        content: dict[str, Any] = {"data": form, "content_type": "multipart/form-data"}
        if form is None and body is not None:
            content = {"data": json.dumps(body), "content_type": "application/json"}
        elif form is None:
            content = {}
        return self.ask("POST", path, headers=wanted, **content)

    def delete(self, path: str) -> TestResponse:
        return self.ask("DELETE", path, headers=self._headers({}))

    def ask(self, method: str, path: str, **options: Any) -> TestResponse:
        """Any request at all, its answer held against the description."""
        response = self.client.open(PREFIX + path, method=method, **options)
        response.request.environ["wsgi.input"].close()  # of a large form the client makes a file
        self.promise.hold(method, (PREFIX + path).partition("?")[0], response)
        return response

    def _headers(self, more: Mapping[str, str]) -> dict[str, str]:
        headers = {name.replace("_", "-"): value for name, value in more.items()}
        return {**({"Authorization": f"Bearer {self.token}"} if self.token else {}), **headers}


def citizen(centre: Centre) -> Program:
    """A program without an account."""
    return Program(centre.app())


def program(centre: Centre, role: str, agency: str = "TTHCC") -> Program:
    """A program signed in as the officer with this posting."""
    username = centre.officer(role, agency).username
    anybody = citizen(centre)
    answer = anybody.post("/sessions", {"username": username, "password": PASSWORD})
    assert answer.status_code == 201, answer.text
    anybody.token = answer.json["token"]
    return anybody


def intake(centre: Centre, code: str, **changes: Any) -> dict[str, Any]:
    """The body of a submission: what a careful citizen hands in for this procedure."""
    whole = centre.intake(code)
    return {
        "procedure_code": code,
        "applicant": dict(whole.applicant),
        "answers": json.loads(json.dumps(dict(whole.answers))),
        **changes,
    }


def as_upload(name: str, content: bytes = PDF) -> tuple[Any, str]:
    """A file of a form."""
    return BytesIO(content), name
