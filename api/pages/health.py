"""Whether this process lives, and whether it can work: for load balancers and watchmen."""

from flask import Blueprint, Response, current_app, jsonify

from api.context import engine
from api.scheduler import Heartbeat
from api.security import public
from engine.errors import Unavailable

pages = Blueprint("health", __name__, url_prefix="/health")


@pages.get("/live")
@public
def live() -> Response:
    """200 while the process should be kept; 503 when its heartbeat has stopped."""
    heartbeat: Heartbeat | None = current_app.extensions.get("motcua-heartbeat")
    alive = heartbeat is None or heartbeat.alive
    return _answer(alive, [] if alive else ["Đồng hồ hệ thống đã ngừng."])


@pages.get("/ready")
@public
def ready() -> Response:
    """200 when requests can be served; 503 with the reasons when not."""
    warnings: list[str] = []
    try:
        problems = engine().health.problems()
        warnings = engine().health.warnings()
    except Unavailable as error:
        problems = [error.message("vi")]
    return _answer(not problems, problems, warnings=warnings)


def _answer(fine: bool, problems: list[str], **more: list[str]) -> Response:
    response = jsonify(status="ok" if fine else "failing", problems=problems, **more)
    response.status_code = 200 if fine else 503
    return response
