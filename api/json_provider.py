"""JSON as programs get it: written by orjson, Vietnamese readable, keys in the order they were given."""

from typing import Any

import orjson
from flask import Response
from flask.json.provider import JSONProvider

_OPTIONS = orjson.OPT_APPEND_NEWLINE | orjson.OPT_NON_STR_KEYS


class OrjsonProvider(JSONProvider):
    """What ``jsonify`` and templates write. Moments are ISO 8601, ids are text; anything else is refused."""

    def dumps(self, obj: Any, **_: Any) -> str:
        return orjson.dumps(obj, option=orjson.OPT_NON_STR_KEYS).decode()

    def loads(self, s: str | bytes, **_: Any) -> Any:
        return orjson.loads(s)

    def response(self, *args: Any, **kwargs: Any) -> Response:
        content = self._prepare_response_obj(args, kwargs)
        return Response(orjson.dumps(content, option=_OPTIONS), mimetype="application/json")
