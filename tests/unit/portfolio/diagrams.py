"""Small procedures on a shelf, for tests of work on all of them at once."""

from collections.abc import Mapping
from pathlib import Path

from engine.portfolio.index import Index
from engine.portfolio.shelf import FolderShelf
from engine.portfolio.table import Table

SPACES = 'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:motcua="urn:motcua:bpmn:1"'
STEP = """
    <bpmn:userTask id="{id}" name="{name}">
      <bpmn:extensionElements>
        <motcua:task form="{form}" timeLimit="{limit}" role="{role}"/>
        <motcua:basis document="{law}" article="{article}"/>
      </bpmn:extensionElements>
    </bpmn:userTask>"""


def step(identity: str, name: str, limit: str, role: str = "processing", **more: str) -> str:
    """A step of a person."""
    said = {"form": "tham-dinh", "law": "NĐ 61/2018/NĐ-CP", "article": "Điều 19 khoản 3", **more}
    return STEP.format(id=identity, name=name, limit=limit, role=role, **said)


def diagram(code: str, agency: str, *steps: str, words: str = "", name: str = "") -> bytes:
    """A procedure with these steps, as a modeler would save it; it need not be sound to be read."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<!-- kept by whoever changes it -->
<bpmn:definitions {SPACES} id="d_{code}" targetNamespace="urn:x">
  <bpmn:process id="p_{code}" name="{name or code}" isExecutable="true">
    <bpmn:extensionElements>
      <motcua:procedure code="{code}" agency="{agency}" name="{name or code}" />
      <motcua:timeLimit>working days(20)</motcua:timeLimit>
      {words}
    </bpmn:extensionElements>{"".join(steps)}
  </bpmn:process>
</bpmn:definitions>
""".encode()


def shelf(folder: Path, files: Mapping[str, bytes]) -> Path:
    """The files in a folder."""
    for name, content in files.items():
        place = folder / "processes" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return folder / "processes"


def table(folder: Path, files: Mapping[str, bytes]) -> Table:
    """Their table, with the index beside them."""
    return Index(folder / "var", FolderShelf(shelf(folder, files)), centre="TTHCC").table()


JUSTICE = diagram(
    "1.000001", "STP",
    step("nhan", "Nhận hồ sơ", "working hours(4)", "reception"),
    step("xac_minh", "Xác minh lý lịch", "working days(7)"),
    step("ky", "Ký phiếu", "working days(1)", "leader"),
    words='<motcua:document id="don" name="Tờ khai (Mẫu 01, Nghị định 118/2025/NĐ-CP)" original="1"/>'
    '<motcua:channel name="online"/><motcua:open question="Mức phí?"/><motcua:open question="Ai ký?"/>',
    name="Cấp phiếu lý lịch tư pháp",
)  # fmt: skip
BUILDING = diagram(
    "1.000002", "SXD",
    step("tham_dinh", "Thẩm định thiết kế", "working days(9)"),
    step("hien_truong", "Kiểm tra hiện trường", "calendar days(10)"),
    name="Cấp phép xây dựng",
)  # fmt: skip
BOTH = {"stp/1.000001.bpmn": JUSTICE, "sxd/1.000002.bpmn": BUILDING}
AGENCIES = [
    ("STP", ["Sở Tư pháp", "Department of Justice"]),
    ("SXD", ["Sở Xây dựng", "Department of Construction"]),
]
