"""OpenID Connect through Streamlit's `st.login`: who configured it, and what its cookie says.

Streamlit talks to the provider, checks state, nonce and signature, and leaves the provider's claims in a cookie of its
own, signed and Lax. Our form /auth/openid takes that cookie once, and gives a sign-in like any other for it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.runtime.secrets import secrets_singleton
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from core.domain.people import Role
from core.services.accounts.openid import RoleClaim
from core.services.gate.problems import problem

_STREAMLITS_OWN = {"origin", "is_logged_in", "provider"}


@dataclass(frozen=True)
class OpenId:
    """A configured provider: what its button calls it, and how its claims become roles."""

    name: str
    roles: RoleClaim


def openid() -> OpenId | None:
    """What secrets.toml says in [auth] and [openid]; None where either is missing."""
    if not secrets_singleton.load_if_toml_exists() or "auth" not in secrets_singleton:
        return None
    said: Mapping[str, Any] = secrets_singleton.get("openid") or {}
    values = {str(said[role]): role for role in (Role.CLINICIAN, Role.RESEARCHER, Role.PATIENT) if said.get(role)}
    return OpenId(str(said.get("name", "OpenID")), RoleClaim(str(said.get("claim", "groups")), values))


def claims_in(request: Request) -> dict[str, object]:
    """The provider's claims in Streamlit's cookie; raises Refusal when it is missing, forged or of another site."""
    secret = get_cookie_secret()

    def piece(name: str) -> bytes | None:
        value = request.cookies.get(name)
        return None if value is None else decode_signed_value(secret, name, value.encode("latin-1"))

    whole = get_cookie_with_chunks(piece, USER_COOKIE_NAME)
    claims: dict[str, object] = json.loads(whole) if whole else {}
    if not claims.get("is_logged_in") or claims.get("origin") != request.headers.get("origin"):
        raise problem("openid")
    return {name: value for name, value in claims.items() if name not in _STREAMLITS_OWN}


def forget_claims(response: Response, request: Request) -> None:
    """Take Streamlit's cookies back: from here on our own says who is here."""
    for name in request.cookies:
        if name.startswith(USER_COOKIE_NAME):
            response.delete_cookie(name)
