"""A furnished centre for tests: agencies, calendar, all procedures, one officer for each role and agency.

Furnishing takes a second, so it is done once a test process and database; every test gets its own copy.
"""

import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient

from api.app import create_app
from api.bootstrap import PROCESSES, build_engine, read_agencies
from api.seal import sealed
from api.settings import Settings
from api.sources import read_source
from engine.clock import VIETNAM, FixedClock
from engine.domain.actor import OfficerActor
from engine.domain.command import By
from engine.engine import Engine
from engine.intake import Intake
from engine.passwords import PasswordHasher
from engine.scenario.people import PASSWORD, People
from engine.scenario.samples import sample
from engine.store.database import Database
from engine.store.migrations.schema import create_schema
from engine.views import DossierView, OpenTaskView

MORNING = datetime(2026, 3, 2, 8, 0, 0, 123_457, tzinfo=VIETNAM)  # Monday morning; real clocks have fractions
APPLICANT = {
    "name": "Nguyễn Thị Ánh", "kind": "citizen", "id_number": "040190001234",
    "phone": "0912345678", "address": "16 Trường Thi, Vinh",
}  # fmt: skip
# The twelve that most tests walk; the whole library has tests of its own.
TWELVE = (
    "bhxh/2.000693", "cat/3.000333", "pcna/EVN-01", "sgtvt/2.002288", "skhcn/2.002380", "sngv/2.002312",
    "stnmt/1.010733", "stp/2.000635", "svhtt/1.009397", "sxd/1.009794", "syt/1.004593", "ubndx/2.000986",
)  # fmt: skip
FILES = [f"{name}.bpmn" for name in TWELVE]
CHEAP = PasswordHasher(time_cost=1, memory_kib=64)


def settings_for(folder: Path, database: str, **more: str) -> Settings:
    """Settings of a test installation."""
    return Settings.from_environment({"MOTCUA_FOLDER": str(folder), "MOTCUA_DATABASE": database, **more})


@dataclass
class Centre:
    """An engine with people in it. ``number`` of the dossier that ``submit`` made last is remembered."""

    engine: Engine
    clock: FixedClock
    settings: Settings
    people: dict[tuple[str, str], OfficerActor] = field(default_factory=dict)
    number: str = ""

    # ---- people

    def officer(self, role: str, agency: str = "TTHCC") -> OfficerActor:
        """The officer with exactly this posting; made when asked for first. User name: role.agency."""
        return People(self.engine.officers, self.people).officer(role, agency)

    # ---- dossiers

    def intake(self, code: str, **changes: Any) -> Intake:
        """What a careful citizen hands in for this procedure."""
        version = self.engine.procedures.get(code)
        definition = self.engine.procedures.definition(version.sha256)
        form = definition.procedure.form
        answers = {**(sample(definition.form(form)) if form else {}), **changes.pop("answers", {})}
        whole: dict[str, Any] = {
            "procedure_code": code, "channel": "counter", "applicant": APPLICANT, "answers": answers,
            **changes,
        }  # fmt: skip
        return Intake(**whole)

    def submit(self, code: str, key: str | None = None, **changes: Any) -> DossierView:
        """A dossier handed in at the counter; it waits for the check."""
        outcome = self.engine.dossiers.submit(
            self.officer("reception"), self.intake(code, **changes), key=key or uuid4().hex
        )
        self.number = outcome.number
        return self.view()

    def view(self, number: str | None = None) -> DossierView:
        return self.engine.dossiers.get(self.officer("supervisor"), number or self.number)

    def task(self, name: str) -> OpenTaskView:
        """The one open step of that name of the present dossier."""
        found = [task for task in self.view().tasks if task.name == name]
        assert len(found) == 1, f"«{name}» is not waiting, but {[task.name for task in self.view().tasks]}"
        return found[0]

    def do(self, name: str, decision: str | None = None, **answers: Any) -> DossierView:
        """The officer whose step it is finishes it; fields not given are filled with something that fits."""
        task = self.task(name)
        values = {**(sample(task.form) if task.form else {}), **answers}
        if decision is not None:
            values |= {"decision": decision, "reason": values.get("reason", "có lý do")}
        officer = self.officer(task.role, task.agency)
        self.engine.tasks.complete(officer, self.view().line.id, task.task_id, answers=values)
        return self.view()

    def receive(self, code: str, **changes: Any) -> DossierView:
        """Handed in, checked and received at the counter."""
        self.submit(code, **changes)
        return self.do("Kiểm tra hồ sơ", "receive")

    def walk(self, choose: Mapping[str, str] | None = None) -> list[str]:
        """Finish whatever waits until nothing does; ``choose`` maps steps to decisions. Names of steps."""
        names: list[str] = []
        for _ in range(60):
            self.clock.advance(minutes=5)
            tasks = self.view().tasks
            if tasks:
                task = tasks[0]
                values = [one.value for one in task.decisions]
                wanted = (choose or {}).get(task.name)
                self.do(task.name, wanted if wanted in values else values[0] if values else None)
                names.append(task.name)
            elif not self.engine.deliveries.run_jobs():
                return names
        raise AssertionError(f"no end: {names}")

    # ---- the web

    def app(self) -> Flask:
        """The web application on this engine."""
        app = create_app(self.settings, self.engine)
        app.testing = True
        return app

    def client(self, role: str | None = None, agency: str = "TTHCC") -> "Browser":
        """A browser; signed in when a role is given."""
        browser = Browser(self.app().test_client())
        if role is not None:
            browser.sign_in(self.officer(role, agency).username)
        return browser


class Browser:
    """A person's browser without JavaScript: keeps cookies, sends the form token of the page it is on."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def sign_in(self, username: str, password: str = PASSWORD) -> None:
        response = self.post("/dang-nhap", {"username": username, "password": password}, page="/dang-nhap")
        assert response.status_code == 303, response.text

    def get(self, url: str, **options: Any) -> Any:
        return self.client.get(url, **options)

    def post(self, url: str, data: Mapping[str, Any] | None = None, *, page: str | None = None) -> Any:
        """Send a form as the page ``page`` (else ``url`` itself) would."""
        token = self.token(page or url)
        response = self.client.post(url, data={"csrf_token": token, **(data or {})})
        response.request.environ["wsgi.input"].close()  # of a large form the client makes a file
        return response

    def token(self, page: str) -> str:
        """The form token that the page carries; empty when it has no form."""
        text_of = self.client.get(page).text
        _, found, rest = text_of.partition('name="csrf_token" value="')
        return rest.split('"', 1)[0] if found else ""


# ---- furnishing


def furnish(engine: Engine) -> None:
    """Agencies, calendar and all procedures of ``processes/``."""
    engine.officers.save_agencies(read_agencies())
    content = (PROCESSES / "calendar.toml").read_text(encoding="utf-8")
    engine.calendars.decide(content, by=By(key="system:test"), reason="lịch ban đầu")
    checked = sealed()
    for file in FILES:
        engine.procedures.deploy(
            read_source(PROCESSES / file), by="system:test", reason="QĐ 1/QĐ-UBND", checked=checked
        )


def furnished(url: str, folder: Path) -> None:
    """Make the database behind ``url`` a furnished centre."""
    database = Database(url, durable=False)
    create_schema(database)
    furnish(build_engine(settings_for(folder, url), database, FixedClock(MORNING), CHEAP))
    database.dispose()


def copy_sqlite(template: Path, target: Path) -> str:
    """A copy of a furnished SQLite file; its URL."""
    with sqlite3.connect(template) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(template, target)
    return f"sqlite:///{target}"


@contextmanager
def opened(url: str, folder: Path) -> Iterator[Centre]:
    """A centre on a furnished database."""
    clock = FixedClock(MORNING)
    settings = settings_for(folder, url)
    database = Database(url, durable=False)  # no test survives a power cut, but the one about power cuts
    try:
        yield Centre(build_engine(settings, database, clock, CHEAP), clock, settings)
    finally:
        database.dispose()
