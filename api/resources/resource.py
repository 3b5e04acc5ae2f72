"""A noun of the interface: its routes, and what the description says of each beyond its schemas."""

from collections.abc import Callable, Mapping
from typing import Any

from flask_smorest import Blueprint

from api.resources.body import BodyParser
from api.resources.versions import not_modified
from api.security import PUBLIC

PREFIX = "/api/v1"
ETAG = {"ETag": {"$ref": "#/components/headers/ETag"}}
_FILE = {"type": "string", "format": "binary"}


class Resource(Blueprint):
    """Routes of one noun. Each says who may come (``api.security``) and has a Vietnamese ``summary``."""

    ARGUMENTS_PARSER = BodyParser()
    DEFAULT_LOCATION_CONTENT_TYPE_MAPPING = {
        **Blueprint.DEFAULT_LOCATION_CONTENT_TYPE_MAPPING,
        "multipart": "multipart/form-data",
    }

    def __init__(self, noun: str, description: str) -> None:
        self.noun = noun
        super().__init__(f"v1-{noun}", __name__, url_prefix=PREFIX, description=description)
        self._prepare_doc_cbks.append(_told)
        self.after_request(not_modified)

    def add_url_rule(
        self, rule: str, endpoint: str | None = None, view_func: Any = None, *args: Any, **options: Any
    ) -> None:
        """Register a route; raises AttributeError when it does not say who may come."""
        view_func._apidoc = {
            **getattr(view_func, "_apidoc", {}),
            "rules": {
                "id": f"{self.noun}.{view_func.__name__}",
                "summary": options.pop("summary"),
                "access": view_func.access,
                "keyed": hasattr(view_func, "keyed"),
                "on_version": hasattr(view_func, "on_version"),
                "of_one": "<" in rule,
            },
        }
        super().add_url_rule(rule, endpoint, view_func, *args, **{**options, "tags": [self.noun]})

    def arguments(self, schema: Any, **options: Any) -> Any:
        """Read what is sent by a schema; a class is made an instance here, not anew by every request."""
        return super().arguments(schema() if isinstance(schema, type) else schema, **options)

    def file(self, media_type: str, description: str) -> Callable[[Any], Any]:
        """Say that a route answers with a file; it gives the response itself."""
        found: Callable[[Any], Any] = self.response(
            200, _FILE, content_type=media_type, description=description
        )
        return found


def _told(doc: dict[str, Any], doc_info: Mapping[str, Any], **_: Any) -> dict[str, Any]:
    """What rights, keys and versions add to the description of an operation."""
    rules = doc_info["rules"]
    described = doc_info["docstring"]
    sentences = [described.pop("summary", ""), described.pop("description", "")]
    doc["operationId"], doc["summary"] = rules["id"], rules["summary"]
    doc["description"] = "\n\n".join(sentence for sentence in sentences if sentence)
    doc["security"] = [] if rules["access"] == PUBLIC else [{"bearer": []}]
    doc["x-access"] = rules["access"]
    parameters = doc.setdefault("parameters", [])
    parameters += ["IdempotencyKey"] * rules["keyed"] + ["IfMatch"] * rules["on_version"]
    for status in _refusals(rules, "requestBody" in doc):
        doc["responses"][status] = "Problem"
    return doc


def _refusals(rules: Mapping[str, Any], has_body: bool) -> list[int]:
    """Statuses of the refusals an operation can give, by what it asks for."""
    groups: tuple[tuple[bool, tuple[int, ...]], ...] = (
        (rules["access"] != PUBLIC, (401,)),
        (rules["access"] not in (PUBLIC, "signed_in"), (403,)),
        (rules["of_one"], (404,)),
        (rules["keyed"], (400, 409, 422)),
        (rules["on_version"], (412, 428)),
        (has_body, (400, 413, 415, 422)),
    )
    return sorted({status for applies, statuses in groups if applies for status in statuses})
