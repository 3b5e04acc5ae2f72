"""What a decision table refuses: a wrong table at deployment, a wrong case while a dossier moves."""

from engine.domain.feel.errors import FeelEvaluationError
from engine.errors import MotcuaError


class TableWrong(MotcuaError):
    """The table cannot be deployed."""

    code = "table-wrong"
    vi = "Bảng quyết định «{table}»: {problem_vi}"
    en = "Decision table «{table}»: {problem_en}"

    def __init__(self, table: str, vi: str, en: str) -> None:
        super().__init__(table=table, problem_vi=vi, problem_en=en)


class Located(FeelEvaluationError):
    """An error that says already in which table or model it arose: no need to say where that was used."""


class TableConflict(Located):
    """More rules match than the hit policy allows. ``rules`` are their numbers, from 1."""

    code = "table-conflict"

    def __init__(self, table: str, policy: str, rules: tuple[int, ...]) -> None:
        self.table = table
        self.rules = rules
        shown = ", ".join(map(str, rules))
        super().__init__(
            f"bảng «{table}» ({policy}): các dòng {shown} cùng đúng mà chỉ được một kết quả; hãy sửa bảng",
            f"table «{table}» ({policy}): rows {shown} all match where one may; correct the table",
        )


class TableInputRefused(Located):
    """A value that goes into the table is not one that its author foresaw."""

    code = "table-input"

    def __init__(self, table: str, label: str, value: str) -> None:
        super().__init__(
            f"bảng «{table}»: giá trị {value} của «{label}» không nằm trong các giá trị cho phép",
            f"table «{table}»: the value {value} of «{label}» is not among the allowed ones",
        )


class TableOutputRefused(Located):
    """A rule gives a value that its column does not allow, or one that cannot be aggregated."""

    code = "table-output"

    def __init__(self, table: str, label: str, value: str, row: int = 0) -> None:
        at_vi, at_en = (f", dòng {row}", f", row {row}") if row else ("", "")
        super().__init__(
            f"bảng «{table}»{at_vi}: kết quả {value} của cột «{label}» không hợp lệ",
            f"table «{table}»{at_en}: the result {value} of column «{label}» is not valid",
        )


class CellFailed(Located):
    """A cell could not be evaluated. Row 0 is the heading: an input expression or a default."""

    code = "table-cell"

    def __init__(self, table: str, row: int, column: str, problem: FeelEvaluationError) -> None:
        self.row = row
        said = problem.details
        at_vi, at_en = (f"dòng {row}", f"row {row}") if row else ("đầu bảng", "heading")
        super().__init__(
            f"bảng «{table}», {at_vi}, cột «{column}»: {said['problem_vi']}",
            f"table «{table}», {at_en}, column «{column}»: {said['problem_en']}",
        )


class DecisionFailed(FeelEvaluationError):
    """The logic of a decision could not be evaluated."""

    code = "decision-failed"

    def __init__(self, decision: str, problem: FeelEvaluationError) -> None:
        said = problem.details
        super().__init__(
            f"quyết định «{decision}»: {said['problem_vi']}", f"decision «{decision}»: {said['problem_en']}"
        )


class ValueRefused(Located):
    """What goes into a decision or comes out of it is not of the type its model gives."""

    code = "decision-value"

    def __init__(self, decision: str, what: tuple[str, str], value: str) -> None:
        super().__init__(
            f"quyết định «{decision}»: {what[0]} nhận giá trị {value}, không đúng kiểu hoặc giá trị cho phép",
            f"decision «{decision}»: {what[1]} has the value {value}, which its type does not allow",
        )
