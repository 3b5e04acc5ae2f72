"""What FEEL refuses, said in both languages: at deployment (syntax) or while a dossier moves (evaluation)."""

from engine.errors import MotcuaError


class FeelSyntaxError(MotcuaError):
    """The text is not an expression that can be deployed. ``line`` and ``column`` count from 1."""

    code = "feel-syntax"
    vi = "Biểu thức sai ở dòng {line}, cột {column}: {problem_vi}"
    en = "The expression is wrong at line {line}, column {column}: {problem_en}"

    def __init__(
        self, vi: str, en: str, *, line: int = 1, column: int = 1, offset: int | None = None
    ) -> None:
        self.line = line
        self.offset = offset  # where line and column are still to be told from the text
        self.column = column
        super().__init__(problem_vi=vi, problem_en=en, line=line, column=column)

    def moved(self, *, line: int, column: int) -> "FeelSyntaxError":
        """The same error at the place it has in a larger text."""
        return FeelSyntaxError(
            str(self.details["problem_vi"]), str(self.details["problem_en"]), line=line, column=column
        )

    def located(self, source: str) -> "FeelSyntaxError":
        """The same error with the line and column of its offset in ``source``."""
        if self.offset is None:
            return self
        return self.at(source, self.offset, str(self.details["problem_vi"]), str(self.details["problem_en"]))

    @classmethod
    def at(cls, source: str, offset: int, vi: str, en: str) -> "FeelSyntaxError":
        """The error at a character offset of ``source``."""
        offset = min(max(offset, 0), len(source))
        line = source.count("\n", 0, offset) + 1
        column = offset - (source.rfind("\n", 0, offset) + 1) + 1
        return cls(vi, en, line=line, column=column)


class FeelEvaluationError(MotcuaError):
    """A deployed expression met a value that it must not swallow, or ran over a cap. Nothing was changed."""

    code = "feel-evaluation"
    vi = "Không tính được biểu thức: {problem_vi}"
    en = "The expression could not be evaluated: {problem_en}"

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(problem_vi=vi, problem_en=en)
