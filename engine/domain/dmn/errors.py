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


class TableConflict(FeelEvaluationError):
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


class TableInputRefused(FeelEvaluationError):
    """A value that goes into the table is not one that its author foresaw."""

    code = "table-input"

    def __init__(self, table: str, label: str, value: str) -> None:
        super().__init__(
            f"bảng «{table}»: giá trị {value} của «{label}» không nằm trong các giá trị cho phép",
            f"table «{table}»: the value {value} of «{label}» is not among the allowed ones",
        )


class TableOutputRefused(FeelEvaluationError):
    """A rule gives a value that its column does not allow, or one that cannot be aggregated."""

    code = "table-output"

    def __init__(self, table: str, label: str, value: str) -> None:
        super().__init__(
            f"bảng «{table}»: kết quả {value} của cột «{label}» không hợp lệ",
            f"table «{table}»: the result {value} of column «{label}» is not valid",
        )
