"""Every route says who may come, and none that only asks changes anything."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import Flask
from werkzeug.routing import Rule

from api.bootstrap import PROCESSES
from api.sources import read_source
from engine.domain.permission import TABLE, Action
from engine.store.database import Database
from tests.api.program import as_upload
from tests.centre import PASSWORD, Centre

CODE = "1.009397"
KNOWN = {"public", "signed_in", *(action.value for action in Action)}


def views(app: Flask) -> Iterator[tuple[Rule, Any]]:
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static":
            yield rule, app.view_functions[rule.endpoint]


def test_every_route_says_who_may_come(sqlite_centre: Centre) -> None:
    silent = [
        rule.rule for rule, view in views(sqlite_centre.app()) if getattr(view, "access", None) not in KNOWN
    ]
    assert not silent


def test_every_post_of_the_interface_asks_for_a_key(sqlite_centre: Centre) -> None:
    for rule, view in views(sqlite_centre.app()):
        if rule.rule.startswith("/api/") and "POST" in (rule.methods or ()):
            assert view.keyed, rule.rule


def test_a_question_changes_nothing(sqlite_centre: Centre, monkeypatch: Any) -> None:
    """Every GET route, asked by somebody who may, opens no transaction that could be committed.

    Named exceptions: the session's last use is written, at most once a minute, and a wrong tracking code is
    counted; neither happens here, the clock stands and the codes are right.
    """
    centre = sqlite_centre
    view = centre.receive(CODE)
    reception = centre.officer("reception")
    document = centre.engine.documents.add(
        reception, view.line.id, name="don.pdf", content=as_upload("")[0].read()
    )
    named = {
        "number": view.line.number, "paper_id": view.papers[0].id, "document_id": document.id,
        "token": "khong-co", "migration_id": migration(centre),
    }  # fmt: skip
    askers = {role: centre.client(role, agency) for role, agency in _officers().items()}
    tokens = {role: _token(centre, role, agency) for role, agency in _officers().items()}
    written: list[str] = []
    real = Database.transaction

    @contextmanager
    def watched(self: Database, *args: Any, **kwargs: Any) -> Iterator[Any]:
        written.append("written")
        with real(self, *args, **kwargs) as connection:
            yield connection

    monkeypatch.setattr(Database, "transaction", watched)
    app = centre.app()
    asked = 0
    for rule, view_function in views(app):
        if "GET" not in (rule.methods or ()):
            continue
        values = {name: named.get(name, CODE) for name in rule.arguments}
        if rule.rule.startswith(("/tra-cuu", "/api/v1/tracking")):
            values["code"] = view.tracking_code
        if "<int:number>" in rule.rule:
            values["number"] = 1
        url = app.url_map.bind("localhost").build(rule.endpoint, values)
        role = _who(view_function.access)
        headers = {"Authorization": f"Bearer {tokens[role]}"} if url.startswith("/api/") else {}
        answer = askers[role].get(url, headers=headers)
        assert not written, f"GET {url} wrote"
        # A draft of an application is nobody's but who holds its token; a register needs its period.
        elsewhere = 404 if "<token>" in rule.rule else 422 if "/reports/register" in rule.rule else 200
        assert answer.status_code in (elsewhere, 302, 303), (url, answer.status_code, answer.text)
        answer.close()
        asked += 1
    assert asked > 60


def migration(centre: Centre) -> UUID:
    """Dossiers of the first version are asked to go over to a second one."""
    source = read_source(PROCESSES / "svhtt" / f"{CODE}.bpmn")
    drawn = source.files[source.main].replace("Thẩm định nội dung".encode(), "Thẩm định kỹ".encode())
    changed = replace(source, files={**source.files, source.main: drawn})
    centre.engine.procedures.deploy(changed, by="system:test", reason="QĐ 2/QĐ-UBND")
    return centre.engine.migrations.request(centre.officer("analyst"), CODE, 1, 2, reason="QĐ 2/QĐ-UBND")


def _officers() -> dict[str, str]:
    """Enough officers that each right is held by one."""
    return {
        role: "TTHCC"
        for role in ("supervisor", "reception", "auditor", "analyst", "administrator", "director")
    }


def _who(access: str) -> str:
    if access in ("public", "signed_in"):
        return "supervisor"
    roles = {role for rule in TABLE[Action(access)] for role in rule.roles}
    return next(role for role in _officers() if role in roles)


def _token(centre: Centre, role: str, agency: str) -> str:
    username = centre.officer(role, agency).username
    return centre.engine.officers.sign_in(username, PASSWORD, ip="127.0.0.1").token
