"""What this room refuses, and what fails in it."""

from collections.abc import Sequence

from engine.domain.finding import Finding
from engine.errors import MotcuaError

Said = tuple[str, str]  # Vietnamese, English


class XmlRefused(MotcuaError):
    """A file that is not read: broken, too large, or made to do harm."""

    code = "xml-refused"
    vi = "Tệp «{name}» không đọc được{where}: {why_vi}."
    en = "File “{name}” cannot be read{where_en}: {why_en}."

    def __init__(self, name: str, why_vi: str, why_en: str, line: int | None = None) -> None:
        self.line = line
        where, where_en = (f" (dòng {line})", f" (line {line})") if line else ("", "")
        super().__init__(name=name, why_vi=why_vi, why_en=why_en, where=where, where_en=where_en)


# What is said of XML that is no diagram.
NO_PROCESS = (
    "tệp không có quy trình BPMN nào. Kiểm tra lại tệp đã chọn",
    "there is no BPMN process in it. Check which file you chose",
)


class BundleRefused(MotcuaError):
    """A diagram with errors is not deployed; ``findings`` say what is wrong and what to do."""

    code = "bundle-refused"
    vi = "Quy trình còn {count} lỗi, chưa triển khai được. Lỗi đầu tiên: {first}"
    en = "The diagram has {count} errors and is not deployed. The first one: {first}"

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        errors = [finding for finding in findings if finding.severity == "error"]
        super().__init__(count=len(errors), first=errors[0].sentence() if errors else "")


class WorkflowRefused(MotcuaError):
    """The process does not wait for what was asked of it; nothing has changed."""

    code = "workflow-refused"
    vi = "Quy trình không chờ ở bước này nữa. Tải lại hồ sơ để xem bước hiện tại."
    en = "The process no longer waits here. Reload the dossier to see the present step."


class WorkflowFailed(MotcuaError):
    """The process itself cannot go on at an element; everything is rolled back and an incident stays."""

    code = "workflow-failed"
    vi = "Quy trình gặp lỗi ở «{node}»: {why}. Chưa có gì thay đổi; sự cố đã được ghi lại cho người vận hành."
    en = "The process failed at “{node}”: {why_en}. Nothing was changed; an incident was noted for operators."

    def __init__(self, node_id: str, why: Said, name: str | None = None) -> None:
        self.node_id = node_id
        self.path: tuple[str, ...] = ()  # elements that had completed in this step before it failed
        super().__init__(node=name or node_id, why=why[0], why_en=why[1])
