"""Outlines of the fixtures, drawn with the shared processes beside them, and what the check says."""

from collections.abc import Sequence
from pathlib import Path

import handlers
from api.sources import files_in
from engine.domain.finding import Finding
from engine.workflow.bundle import BundleSource, check_bundle
from engine.workflow.drafting import Draft, Outline, drafted, read_outline

ROOT = Path(__file__).parents[3]
PROCESSES = ROOT / "processes"
FIXTURES = ROOT / "tests" / "fixtures" / "outlines"
OUTLINES = sorted(FIXTURES.glob("*.yaml"))
SHARED = files_in(PROCESSES / "shared")
HEAD = """
code: T-1
name: Thủ tục thử
agency: SNV
limit: working days(5)
documents: [Đơn đề nghị]
result: {name: Giấy xác nhận, type: certificate}
basis: [NĐ 61/2018/NĐ-CP Điều 17]
form: [{key: reason_text, label: Lý do, en: Reason, required: true}]
"""


def outline(steps: str, head: str = HEAD) -> Outline:
    """An outline with these steps."""
    return read_outline(f"{head}\nsteps:\n{steps}".encode())


def drawn(of: Outline) -> Draft:
    return drafted(of, SHARED)


def findings(draft: Draft) -> Sequence[Finding]:
    """What the check says of a draft."""
    source = BundleSource(main=draft.main, files={**SHARED, **draft.files})
    return check_bundle(source, handlers=[one.name for one in handlers.ALL])
