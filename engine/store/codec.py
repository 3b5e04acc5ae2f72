"""How JSON values are packed into columns: orjson, then zstd."""

import threading
from typing import Any

import orjson
import zstandard

BadPack = zstandard.ZstdError  # bytes that ``pack`` never made

_local = threading.local()


def pack(value: Any) -> bytes:
    """JSON value to compressed bytes. Datetimes become ISO strings; raises TypeError for anything else."""
    compressor = getattr(_local, "compressor", None)
    if compressor is None:
        compressor = _local.compressor = zstandard.ZstdCompressor(level=3)
    packed: bytes = compressor.compress(orjson.dumps(value))
    return packed


def unpack(data: bytes) -> Any:
    """The JSON value that ``pack`` was given. Raises BadPack or ValueError for anything else."""
    decompressor = getattr(_local, "decompressor", None)
    if decompressor is None:
        decompressor = _local.decompressor = zstandard.ZstdDecompressor()
    return orjson.loads(decompressor.decompress(data, max_output_size=64 * 1024 * 1024))
