"""The web, the command line and the demo: everything through which people and programs reach the engine."""

from api.memory import collect_rarely

collect_rarely()  # here, as loading the rest makes most of the objects that a process ever has
