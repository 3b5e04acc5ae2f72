"""What diagrams say in codes, in words: spans of time, what a supplement does to the clock."""

import re

from api.i18n import _, pick
from engine.domain.deadline import ResumePolicy
from engine.domain.duration import describe
from engine.domain.procedure import evaluated_limit

# A span that depends on nothing: working days(2). Whatever asks for the dossier stays FEEL.
_PLAIN = re.compile(r"\s*[a-z ]+\(\s*[0-9]+\s*\)\s*\Z")


def limit_words(source: str) -> str:
    """A time limit in words; empty for one that depends on the dossier. Raises LimitFailed."""
    limit = evaluated_limit(source, {}) if _PLAIN.match(source) else None
    return describe(limit, pick("vi", "en")) if limit is not None else ""


def resume_words(policy: str) -> str:
    """What a supplement does to the legal clock. Raises BadDuration."""
    read = ResumePolicy.parse(policy)
    if read.span is not None:
        return _("Tính thêm {span} từ lúc nhận bổ sung", span=describe(read.span, pick("vi", "en")))
    restarts = read.kind == "RESTART"
    return _("Tính lại từ đầu") if restarts else _("Tính tiếp thời gian còn lại")
