"""A pattern that cannot be used."""

from engine.domain.feel.errors import FeelEvaluationError


class BadPattern(FeelEvaluationError):
    """The text is no regular expression of the kind XPath has, or too large to be run."""

    code = "feel-pattern"

    def __init__(self, pattern: str, vi: str, en: str) -> None:
        shown = pattern if len(pattern) <= 60 else pattern[:57] + "..."
        super().__init__(f"mẫu «{shown}»: {vi}", f"pattern «{shown}»: {en}")
