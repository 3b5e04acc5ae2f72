"""Who acts: an officer in the offices he holds now, a citizen, or the system itself."""

from dataclasses import dataclass
from uuid import UUID


def officer_key(identity: UUID) -> str:
    """How history and versions name an officer."""
    return f"officer:{identity}"


def officer_of(key: str) -> UUID | None:
    """The officer that a key names; None for others, and for a key that was tampered with."""
    kind, _, identity = key.partition(":")
    try:
        return UUID(identity) if kind == "officer" else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Posting:
    """A role at an agency; ``place`` says where the officer sits when it is not there (a counter)."""

    role: str
    agency: str
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerActor:
    """A signed-in officer with the postings that are valid at this moment."""

    officer_id: UUID
    username: str
    name: str
    postings: tuple[Posting, ...]

    @property
    def key(self) -> str:
        """How history names the officer."""
        return officer_key(self.officer_id)

    @property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """(role, agency) of all postings."""
        return frozenset((posting.role, posting.agency) for posting in self.postings)

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(posting.role for posting in self.postings)

    @property
    def agencies(self) -> frozenset[str]:
        return frozenset(posting.agency for posting in self.postings)


@dataclass(frozen=True, slots=True, kw_only=True)
class CitizenActor:
    """Somebody at home who hands in a dossier; known by nothing but the request."""

    token: str  # what makes repeated submissions the same: the form's own random key

    @property
    def key(self) -> str:
        return f"citizen:{self.token}"


Actor = OfficerActor | CitizenActor
