"""Logs for operators: one JSON object a line, on standard error, without values of variables."""

import sys

import structlog


def configure() -> None:
    """Set up logging once; calling it again changes nothing.

    Tracebacks are plain text: the pretty ones print local variables, and in those stand passwords and the
    data of citizens.
    """
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
