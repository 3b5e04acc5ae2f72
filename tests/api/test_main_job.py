"""The main job through the JSON interface: from the counter to the citizen's hand, as programs do it."""

from typing import Any

from tests.api.program import Program, as_upload, citizen, intake, program
from tests.centre import Centre
from tests.processes.samples import sample

CODE = "1.009397"  # biểu diễn nghệ thuật: counter, specialist, head, leader, number, hand over; supplement


class Job:
    """One dossier, moved by whichever officer has the next task."""

    def __init__(self, centre: Centre) -> None:
        self.centre = centre
        self.programs: dict[tuple[str, str], Program] = {}
        self.number = ""

    def as_(self, role: str, agency: str = "TTHCC") -> Program:
        """A program as this officer; it signs in again when the clock has ended its session."""
        found = self.programs.get((role, agency))
        if found is None or found.get("/me").status_code == 401:
            found = self.programs[role, agency] = program(self.centre, role, agency)
        return found

    def dossier(self) -> dict[str, Any]:
        answer = self.as_("supervisor").get(f"/dossiers/{self.number}")
        assert answer.headers["ETag"] == f'"{answer.json["version"]}"'
        return answer.json

    def finish(self, decision: str | None = None) -> dict[str, Any]:
        """The first open task is finished by its officer, with the wanted button or the first one."""
        dossier = self.dossier()
        task = dossier["tasks"][0]
        body: dict[str, Any] = {"answers": sample(task["form"]) if task["form"] else {}}
        values = [one["value"] for one in task["decisions"]]
        if values:
            body |= {"decision": decision if decision in values else values[0], "reason": "có lý do"}
        answer = self.as_(task["role"], task["agency"]).post(
            f"/dossiers/{self.number}/tasks/{task['id']}/complete", body, version=dossier["version"]
        )
        assert answer.status_code == 200, (task["name"], answer.text)
        return {**answer.json, "name": task["name"], "role": task["role"]}

    def until(self, name: str) -> None:
        """Go on until a task of that name waits."""
        for _ in range(20):
            if self.dossier()["tasks"][0]["name"] == name:
                return
            self.centre.clock.advance(minutes=5)
            self.finish()
        raise AssertionError(f"«{name}» never came")


def test_a_dossier_goes_through_all_hands_and_back(centre: Centre) -> None:
    job = Job(centre)
    reception = job.as_("reception")
    probe = reception.post("/dossiers", intake(centre, CODE)).json
    waiting = reception.get(f"/dossiers/{probe['number']}").json["tasks"][0]
    check = {"answers": sample(waiting["form"]) if waiting["form"] else {}, "decision": "receive"}

    received = reception.post("/dossiers/receive", intake(centre, CODE, check=check))
    assert received.status_code == 201, received.text
    assert received.json["handling"] == "in_process"
    assert "received" in received.json["milestones"]
    assert received.json["due_at"].endswith("+07:00")
    assert len(received.json["papers"]) == 1
    job.number = received.json["number"]

    job.until("Thẩm định nội dung chương trình")
    before = job.dossier()["due_at"]
    job.finish("supplement")
    while job.dossier()["handling"] != "awaiting_supplement":
        job.finish("approve")
    assert job.dossier()["due_at"] is None

    centre.clock.advance(days=3)
    home, code = citizen(centre), received.json["tracking_code"]
    seen = home.get(f"/tracking/{code.lower()}").json
    assert seen["may_supplement"]
    assert "bổ sung" in seen["sentence"]
    sent = home.post(f"/tracking/{code}/documents", form={"file": as_upload("ban-ve.pdf")})
    assert sent.status_code == 201, sent.text
    answer = home.post(f"/tracking/{code}/supplements", {"note": "Đã bổ sung bản vẽ"})
    assert (answer.status_code, answer.json["handling"]) == (200, "in_process")
    moved = job.dossier()
    assert moved["due_at"] > before
    assert any("bổ sung" in sentence for sentence in moved["explanation"])
    assert moved["data"]["supplement_note"] == "Đã bổ sung bản vẽ"

    names, roles = [], []
    while job.dossier()["tasks"]:
        centre.clock.advance(minutes=5)
        done = job.finish()
        names.append(done["name"])
        roles.append(done["role"])
    assert roles == ["processing", "processing", "head", "leader", "clerk", "reception"], names
    end = job.dossier()
    assert (end["handling"], end["delivery"]) == ("handed_over", "delivered"), names
    assert home.get(f"/tracking/{code}").json["sentence"] == "Đã trả kết quả cho ông/bà."

    papers = job.as_("auditor").get(f"/dossiers/{job.number}/papers").json["items"]
    assert {"appointment_slip", "supplement_request"} <= {paper["name"] for paper in papers}
    for paper in papers:
        content = job.as_("auditor").get(f"/dossiers/{job.number}/papers/{paper['id']}").json["content"]
        assert content["title"] == paper["title"]
    slip = next(paper["id"] for paper in papers if paper["name"] == "appointment_slip")
    assert home.get(f"/tracking/{code}/papers/{slip}/pdf").data.startswith(b"%PDF-")
    assert job.as_("auditor").get(f"/dossiers/{job.number}/papers/{slip}/pdf").data.startswith(b"%PDF-")

    replay = job.as_("auditor").get(f"/dossiers/{job.number}/replay").json
    assert [frame["entry"]["sequence"] for frame in replay["frames"]] == list(range(1, end["version"] + 1))
    assert replay["faults"] == []
    history = job.as_("auditor").get(f"/dossiers/{job.number}/history").json["items"]
    assert [one["hash"] for one in history] == [frame["entry"]["hash"] for frame in replay["frames"]]
