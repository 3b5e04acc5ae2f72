"""Officers that are there as soon as they are needed: one for each role and agency."""

from datetime import date

from engine.domain.actor import OfficerActor
from engine.officers import Officers

PASSWORD = "mat khau rat dai cua can bo"  # noqa: S105 -- of people who exist in a database of tests alone
_SINCE = date(2010, 1, 1)


class People:
    """Finds the officer with exactly this posting; made when asked for first. User name: role.agency."""

    def __init__(self, officers: Officers, known: dict[tuple[str, str], OfficerActor] | None = None) -> None:
        self._officers = officers
        self._known = known if known is not None else {}

    def officer(self, role: str, agency: str) -> OfficerActor:
        found = self._known.get((role, agency))
        if found is None:
            username = f"{role}.{agency}".lower()
            identity = self._officers.add(username, f"Cán bộ {role} {agency}", PASSWORD)
            self._officers.post(identity, role=role, agency=agency, paper="QĐ 1/QĐ-TTHCC", valid_from=_SINCE)
            found = self._known[role, agency] = self._officers.by_username(username)
        return found
