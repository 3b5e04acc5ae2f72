"""Sessions: signing in gives a token, signing out ends it."""

from typing import Any

from flask import g, request

from api.context import engine
from api.resources.once import keyed
from api.resources.resource import Resource
from api.schemas.sessions import CredentialsSchema, OfficerSchema, SessionSchema
from api.security import officer, public, signed_in
from engine.domain.actor import OfficerActor
from engine.domain.permission import Action, may_anywhere
from engine.officers import ABSOLUTE

resource = Resource("sessions", "Đăng nhập, đăng xuất và quyền của cán bộ.")


@resource.post("/sessions", summary="Đăng nhập, nhận mã phiên")
@public
@keyed
@resource.arguments(CredentialsSchema)
@resource.response(201, SessionSchema)
def begin(credentials: dict[str, str]) -> dict[str, Any]:
    """Begin a session.

    The answer holds a secret and is not kept: the same key again begins another session.
    """
    session = engine().officers.sign_in(
        **credentials, ip=request.remote_addr or "", agent=request.user_agent.string
    )
    return {
        "token": session.token,
        "token_type": "Bearer",
        "ends_at": engine().clock.now() + ABSOLUTE,
        "officer": _shown(session.officer),
    }


@resource.delete("/sessions", summary="Đăng xuất, mã phiên hết hiệu lực ngay")
@signed_in
@resource.response(204)
def end() -> None:
    """End the session of the token that was sent."""
    engine().officers.sign_out(g.token)


@resource.get("/me", summary="Cán bộ đang đăng nhập, phân công và quyền")
@signed_in
@resource.response(200, OfficerSchema)
def me() -> dict[str, Any]:
    """Who is signed in, with the postings and rights of this moment."""
    return _shown(officer())


def _shown(actor: OfficerActor) -> dict[str, Any]:
    services = engine().services
    postings = [
        {"role": one.role, "agency": one.agency, "place": one.place,
         "agency_name": services.agency_name(one.agency)}
        for one in actor.postings
    ]  # fmt: skip
    rights = [action.value for action in Action if may_anywhere(actor, action)]
    return {
        "officer_id": actor.officer_id, "username": actor.username, "name": actor.name, "postings": postings,
        "rights": rights,
    }  # fmt: skip
