"""Files as answers: always to be saved, never to be run by the browser."""

from io import BytesIO
from typing import BinaryIO

from flask import Response, send_file


def as_file(content: bytes | BinaryIO, *, media_type: str, name: str) -> Response:
    """An answer that is saved under ``name``; whatever is in it stays without scripts and without a site."""
    stream = BytesIO(content) if isinstance(content, bytes) else content
    response = send_file(stream, mimetype=media_type, as_attachment=True, download_name=name)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
