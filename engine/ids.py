"""Identifiers that follow from what they identify, so that doing a thing again gives the same ones."""

import hashlib
from uuid import UUID, uuid5

# Namespace of dossiers begun under an Idempotency-Key; a random UUID, fixed for ever.
_DOSSIERS = UUID("7f3d2a52-2f0c-4a55-9d3c-6b1f2f6c9f10")


def derived_id(dossier_id: UUID, sequence: int, what: str) -> UUID:
    """The id of something that command ``sequence`` of a dossier made."""
    source = f"{dossier_id}:{sequence}:{what}".encode()
    return UUID(bytes=hashlib.blake2b(source, digest_size=16).digest())


def dossier_id(actor: str, key: str) -> UUID:
    """The id of the dossier that this actor begins under this idempotency key: one key, one dossier."""
    return uuid5(_DOSSIERS, f"{actor}\n{key}")
