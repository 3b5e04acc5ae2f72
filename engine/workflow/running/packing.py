"""The bytes of a state as they are stored: compressed by the words of their definition."""

import hashlib

import zstandard

from engine.workflow.running.codec import empty_words

MAX_STATE = 8 * 1024 * 1024  # bytes of an uncompressed state

BadState = zstandard.ZstdError  # bytes that no state was ever packed into


class Packing:
    """How the states of one definition are compressed. May be used by several threads.

    Names of nodes are most of a state's bytes: as a dictionary they cost next to nothing. Compressors are not
    kept: one costs ten microseconds to make, but 35 kB to keep for each of a thousand definitions.
    """

    def __init__(self, names: list[str]) -> None:
        words = "\n".join(names).encode() + empty_words()
        self._words = zstandard.ZstdCompressionDict(words, dict_type=zstandard.DICT_TYPE_RAWCONTENT)

    def packed(self, raw: bytes) -> bytes:
        """A canonical state as it is stored."""
        compressor = zstandard.ZstdCompressor(level=3, dict_data=self._words, write_content_size=True)
        return compressor.compress(raw)

    def plain(self, state: bytes) -> bytes:
        """The canonical state behind stored bytes. Raises BadState for anything else."""
        return zstandard.ZstdDecompressor(dict_data=self._words).decompress(state, max_output_size=MAX_STATE)

    def hash_of(self, state: bytes) -> str:
        """SHA-256 of the canonical state, hex, as history records it. Raises BadState."""
        return hashlib.sha256(self.plain(state)).hexdigest()
