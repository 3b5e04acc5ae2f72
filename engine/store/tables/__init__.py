"""What is stored, table by table; no rules. Importing this package registers every table."""

from engine.store.tables import dossiers, history, interventions, online, people, procedures, work
from engine.store.tables.base import Moment, metadata

__all__ = [
    "Moment", "dossiers", "history", "interventions", "metadata", "online", "people", "procedures", "work",
]  # fmt: skip
