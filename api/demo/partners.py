"""The other systems of the demo: a stand-in on loopback that answers as the real ones would."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from handlers.stand_in import StandIn


@contextmanager
def partners(*, messages: bool) -> Iterator[None]:
    """Lead every connector that is not configured to a stand-in; ``messages``: text messages too."""
    with StandIn() as stand_in:
        lent = {
            name: value
            for name, value in stand_in.environment().items()
            if name not in os.environ and (messages or "_SMS_" not in name)
        }
        os.environ.update(lent)
        try:
            yield
        finally:
            for name in lent:
                os.environ.pop(name, None)
