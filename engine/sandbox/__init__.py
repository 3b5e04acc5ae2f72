"""A sandbox: diagrams tried out on the real engine, in a database in memory, with a clock moved by hand.

Everything is as in a centre, but that people need no rights, outside handlers are answered by whoever plays,
and a process may end by an error or get stuck, which is shown.
"""

from engine.sandbox.case import Case
from engine.sandbox.handlers import SandboxHandlers
from engine.sandbox.play import Sandbox, Unplayable

__all__ = ["Case", "Sandbox", "SandboxHandlers", "Unplayable"]
