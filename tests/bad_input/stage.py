"""The stage for bad input: one centre with a few dossiers, and everybody signed in who will do wrong."""

import sqlite3
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from api.bootstrap import PROCESSES
from tests.api.program import Program, intake, program
from tests.centre import APPLICANT, Browser, Centre
from tests.processes.samples import sample

CODE = "1.009397"
SHEET = f"/tiep-nhan/{CODE}"
# What a refused request may leave: a sign-in, a guess, a gap in the day's numbers (docs/decisions/0001).
NOTED = {"session", "sign_in_attempt", "tracking_miss", "counter"}
PEOPLE = ("", "reception", "analyst", "head:SVHTT", "head:SXD", "processing:SVHTT")

_ITEMS = [{"document": "Đơn đề nghị", "note": "chưa ký"}]


class Stage:
    """Doors that a test sends bad input through; each gives the answer of the centre."""

    def __init__(self, centre: Centre) -> None:
        self.centre = centre
        centre.receive("1.009794")
        self.other = centre.view()  # of another agency
        centre.submit(CODE)
        centre.do("Kiểm tra hồ sơ", "supplement", supplement_reason="Thiếu đơn", supplement_items=_ITEMS)
        self.waiting = centre.view()
        centre.receive(CODE)
        centre.do("Chuyển hồ sơ giấy đến cơ quan")
        centre.do("Thu phí, lệ phí")
        centre.do("Phân công xử lý")
        self.present = centre.view()
        self.browsers = {who: self._browser(who) for who in PEOPLE}
        self.programs = {who: self._program(who) for who in PEOPLE if who}

    # ---- people

    def browser(self, who: str) -> Browser:
        """The browser of ``role:agency``; of nobody for an empty name."""
        return self.browsers[who]

    def program(self, who: str) -> Program:
        return self.programs[who]

    def _browser(self, who: str) -> Browser:
        role, _, agency = who.partition(":")
        return self.centre.client(role or None, agency or "TTHCC")

    def _program(self, who: str) -> Program:
        role, _, agency = who.partition(":")
        return program(self.centre, role, agency or "TTHCC")

    # ---- doors

    def sheet(self, **changes: Any) -> Any:
        """The reception sheet, filled in with care but for the changes."""
        procedures = self.centre.engine.procedures
        definition = procedures.definition(procedures.get(CODE).sha256)
        good = {
            "key": "khoa", "channel": "counter", "result_channel": "counter", "decision": "receive",
            **{f"applicant.{name}": text for name, text in APPLICANT.items()},
            **{f"f.{name}": text for name, text in sample(definition.form(f"nop-{CODE}")).items()},
        }  # fmt: skip
        return self.browser("reception").post(SHEET, {**good, **_named(changes)})

    def task(self, who: str = "processing:SVHTT", page: str = "", **data: Any) -> Any:
        """The form of the present dossier's open step."""
        (task,) = self.present.tasks
        fields = {"task": str(task.task_id), "seen": str(self.present.line.sequence), **_named(data)}
        home = page or f"/ho-so/{self.present.line.number}"
        return self.browser(who).post(f"/ho-so/{self.present.line.number}/hoan-thanh", fields, page=home)

    def upload(self, name: str, content: bytes) -> Any:
        """A document for the present dossier."""
        url = f"/ho-so/{self.present.line.number}"
        fields = {"file": (BytesIO(content), name)}
        return self.browser("head:SVHTT").post(f"{url}/giay-to", fields, page=url)

    def diagram(self, change: Mapping[str, str] | None = None, content: bytes | None = None) -> Any:
        """The live diagram with texts replaced, or other bytes, sent for deployment by a program."""
        text = (PROCESSES / "svhtt" / f"{CODE}.bpmn").read_text(encoding="utf-8")
        for old, new in (change or {}).items():
            assert old in text, old
            text = text.replace(old, new)
        file = (BytesIO(content if content is not None else text.encode()), f"{CODE}.bpmn")
        form = {"files": file, "code": CODE, "reason": "QĐ 7/QĐ-UBND"}
        return self.program("analyst").post("/procedures", form=form)

    def body(self, **changes: Any) -> Any:
        """A submission through the JSON interface."""
        return self.program("reception").post("/dossiers", intake(self.centre, CODE, **changes))

    def extension(self, due_at: str, reason: str = "Chờ ý kiến", version: int | str | None = None) -> Any:
        """A new appointment through the JSON interface."""
        line = self.present.line
        return self.program("head:SVHTT").post(
            f"/dossiers/{line.number}/extensions", {"due_at": due_at, "reason": reason},
            version=line.sequence if version is None else version,
        )  # fmt: skip

    def completion(self, who: str = "processing:SVHTT", version: int | str | None = None, **body: Any) -> Any:
        """The open step, finished through the JSON interface."""
        (task,) = self.present.tasks
        line = self.present.line
        return self.program(who).post(
            f"/dossiers/{line.number}/tasks/{task.task_id}/complete", body,
            version=line.sequence if version is None else version,
        )  # fmt: skip

    def online(self, path: str, **data: Any) -> Any:
        """What a citizen sends from the tracking page of the dossier that waits for a supplement."""
        url = f"/tra-cuu/{self.waiting.tracking_code}"
        return self.browser("").post(url + path, _named(data), page=url)

    # ---- what is written

    def written(self) -> dict[str, list[Any]]:
        """Every row of every table that a refused request must not touch."""
        path = self.centre.settings.database.removeprefix("sqlite:///")
        with sqlite3.connect(path) as connection:
            tables = [
                name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            ]
            return {
                name: connection.execute(f'SELECT * FROM "{name}"').fetchall()
                for name in tables
                if name not in NOTED
            }


def _named(data: Mapping[str, Any]) -> dict[str, Any]:
    """Names of fields hold dots, Python's do not: ``applicant__name`` is applicant.name."""
    return {name.replace("__", "."): value for name, value in data.items()}
