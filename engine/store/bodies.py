"""How bodies of history are kept: the canonical JSON that is hashed, packed against words that all have.

The hash is over the canonical bytes, so packing changes no proof. A body begins with the number of its
dictionary; dictionaries are never changed, only added. Plain JSON, which begins with a brace, is read too.
"""

import threading

import zstandard

_LIMIT = 16 * 1024 * 1024  # bytes of a body

# What bodies are made of, the most frequent last: nearer is cheaper.
_WORDS_1 = (
    b'"claim","release","extend","replan","attach","repair","supplement","withdraw","message","job_done","job_error"'
    b'"refused","declined","withdrawn","stopped","awaiting_supplement","fee_paid","numbered","signed","handed_over",'
    b'"closed","accepted","supplemented","returned","received","submitted","processing","completed","cancelled",'
    b'"citizen:","system:heartbeat","clerk","cashier","leader","head","supervisor","reception","TTHCC",'
    b'{"actor":"officer:","agency":null,"bundle":"","dossier":"","due_at":null,"events":[["entered","","'
    b'"],["cancelled","","00000000-0000-0000-0000-000000000000"],["completed","","'
    b'"]],"format":1,"handling":"in_process","kind":"fire","kind":"start","kind":"complete","milestones":[],'
    b'"node":null,"payload":"","prev":"","recorded_at":"2026-01-01T00:00:00.000000Z","role":"processing",'
    b'"sequence":1,"state":"","task":null}'
)
_DICTIONARIES = {
    1: zstandard.ZstdCompressionDict(_WORDS_1, dict_type=zstandard.DICT_TYPE_RAWCONTENT),
}
_NOW = 1

_local = threading.local()


def packed(body: bytes) -> bytes:
    """Canonical JSON as it is stored."""
    compressor = getattr(_local, "compressor", None)
    if compressor is None:
        compressor = _local.compressor = zstandard.ZstdCompressor(level=3, dict_data=_DICTIONARIES[_NOW])
    return bytes([_NOW]) + compressor.compress(body)


def plain(stored: bytes) -> bytes:
    """The canonical JSON behind stored bytes; what ``packed`` never made is given back as it is."""
    dictionary = _DICTIONARIES.get(stored[0]) if stored else None
    if dictionary is None:
        return stored
    try:
        return zstandard.ZstdDecompressor(dict_data=dictionary).decompress(stored[1:], max_output_size=_LIMIT)
    except zstandard.ZstdError:
        return stored
