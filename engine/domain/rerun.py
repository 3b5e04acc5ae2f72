"""What running all commands of a dossier once more came to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviation:
    """A command that comes to something else when it is run again."""

    sequence: int
    kind: str
    what: str  # state, status, due date, milestones, events, data, or error
    recorded: str
    found: str

    @property
    def vi(self) -> str:
        return (
            f"Chạy lại lệnh số {self.sequence} thì {_COMPARED.get(self.what, self.what)} khác: "
            f"đã ghi {self.recorded}, nay ra {self.found}."
        )

    @property
    def en(self) -> str:
        return (
            f"Run again, command {self.sequence} differs in {self.what}: "
            f"recorded {self.recorded}, now {self.found}."
        )


_COMPARED = {
    "state": "trạng thái quy trình", "status": "tình trạng hồ sơ", "due date": "ngày hẹn trả",
    "milestones": "mốc pháp lý", "events": "đường đi", "data": "dữ liệu", "error": "kết quả",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Rerun:
    """All commands of a dossier done once more, by the program of today."""

    number: str
    commands: int  # in its history
    done: int  # run again; fewer when one differs or its data was erased
    deviation: Deviation | None  # the first; what follows it would differ as well
    erased: int | None  # command whose data was lawfully erased: from there on nothing can be run again

    @property
    def holds(self) -> bool:
        return self.deviation is None
