"""What is wrong with a scenario file: told with file, line, field and the word that was probably meant."""

from collections.abc import Iterable

from engine.errors import MotcuaError
from engine.scenario.words import nearest


class BadScenario(MotcuaError):
    """A scenario file cannot be read as it is written."""

    code = "bad-scenario"
    vi = "{file}:{line}: {field}: {why_vi}"
    en = "{file}:{line}: {field}: {why_en}"

    def __init__(self, *, file: str, line: int, field: str, why: tuple[str, str]) -> None:
        self.file, self.line = file, line
        super().__init__(file=file, line=line, field=field or "—", why_vi=why[0], why_en=why[1])


class NotRecordable(MotcuaError):
    """A dossier whose course no scenario can tell: somebody has bent it by hand, or its data is erased."""

    code = "not-recordable"
    vi = "Hồ sơ {number} không ghi thành kịch bản được: {why_vi}."
    en = "Dossier {number} cannot become a scenario: {why_en}."


def unknown(text: str, known: Iterable[str]) -> tuple[str, str]:
    """The sentence for a word that nobody knows, with the nearest right one."""
    words = list(known)
    near = nearest(text, words)
    if near is not None:
        return f"không hiểu «{text}», có phải «{near}»?", f"“{text}” is not known; did you mean “{near}”?"
    listed = ", ".join(words)
    return f"không hiểu «{text}»; dùng một trong: {listed}", f"“{text}” is not known; use one of: {listed}"
