"""The centre itself: where to begin, its agencies, its calendar, and the description of all this."""

from typing import Any

from flask import Blueprint, Response, current_app, jsonify, render_template, url_for

from api.context import engine
from api.pages.shell import CENTRE_NAME, CENTRE_PLACE
from api.resources.chapters import breakable, chapters
from api.resources.resource import PREFIX, Resource
from api.schemas.centre import AgenciesSchema, BeginningSchema, CalendarSchema, YearSchema
from api.security import public
from engine.clock import vietnam

resource = Resource("centre", "Điểm bắt đầu, cơ quan, lịch làm việc.")
description = Blueprint("v1-description", __name__, url_prefix=PREFIX)


@resource.get("/", summary="Điểm bắt đầu: mô tả, tình trạng máy chủ, giờ máy chủ")
@public
@resource.response(200, BeginningSchema)
def begin() -> dict[str, Any]:
    """Where to go on from here."""
    return {
        "name": f"{CENTRE_NAME} {CENTRE_PLACE}",
        "docs": url_for("v1-description.read"),
        "openapi": url_for("v1-description.openapi"),
        "alive": url_for("health.live"),
        "ready": url_for("health.ready"),
        "now": engine().clock.now(),
    }


@resource.get("/agencies", summary="Cơ quan có thủ tục tại Trung tâm")
@public
@resource.response(200, AgenciesSchema)
def agencies() -> dict[str, Any]:
    """All agencies."""
    return {"items": engine().officers.agencies()}


@resource.get("/calendar", summary="Lịch làm việc đang áp dụng: ngày nghỉ, ngày làm bù")
@public
@resource.arguments(YearSchema, location="query")
@resource.response(200, CalendarSchema)
def calendar(wanted: dict[str, int]) -> dict[str, Any]:
    """Days off and make-up days of one year."""
    year = wanted.get("year", vietnam(engine().clock.now()).year)
    found = engine().calendars.current()
    return {
        "year": year,
        "decided_at": engine().calendars.decided_at(),
        "holidays": [found.holidays[day] for day in sorted(found.holidays) if day.year == year],
        "makeup_days": sorted(day for day in found.makeup_days if day.year == year),
    }


@description.get("/openapi.json")
@public
def openapi() -> Response:
    """The description for programs: OpenAPI 3.1."""
    return jsonify(_spec())


@description.get("/docs")
@public
def read() -> str:
    """The description for people, without any script (docs/decisions/0007)."""
    spec = _spec()
    return render_template("api/docs.html", spec=spec, chapters=chapters(spec), breakable=breakable)


def _spec() -> dict[str, Any]:
    found: dict[str, Any] = current_app.extensions["motcua-api"].spec.to_dict()
    return found
