"""Account routes: POST forms that sign in, set up, join, sign out, change password or language; a redirect answers.

A script of Streamlit cannot set a cookie; these routes can. The sign-in's cookie holds a random secret, a new one each
time that somebody comes in.
"""

import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import ParamSpec, TypeVar
from urllib.parse import urlencode

from anyio import CapacityLimiter, to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from core.domain.language import SOURCE
from core.domain.people import NotSignedIn, Refusal
from core.services.accounts import accounts, second_factor
from core.services.accounts.demonstration import sign_in_as
from core.services.accounts.openid import sign_in_with_openid
from core.services.accounts.sign_in import change_password
from core.services.clinic import in_room
from core.services.gate.browsers import KNOWN_FOR
from core.services.gate.problems import name_of
from core.storage.database import Store
from core.translations import languages
from core.web.cookies import (
    DAY,
    LANGUAGE_COOKIE,
    browser_cookie,
    browser_of,
    keep,
    sign_in_cookie,
    take_back,
    token_of,
)
from core.web.metrics import ENTRIES
from core.web.openid import claims_in, forget_claims, openid
from core.web.visit import visit_of

_log = logging.getLogger(__name__)
_P = ParamSpec("_P")
_T = TypeVar("_T")


class AccountRoutes:
    """Answers the forms. `setup_hash`: hash of the secret on the console."""

    def __init__(self, store: Store, setup_hash: str) -> None:
        self._store, self._setup_hash = store, setup_hash
        self._at_once = CapacityLimiter(2)  # argon2 takes 64 MiB and a core each

    def routes(self) -> list[Route]:
        """One POST route for each form; a refusal leads back to the page named beside it."""
        return [
            Route("/auth/sign-in", _redirect_refusals(self._sign_in, "/sign-in"), methods=["POST"]),
            Route("/auth/second-factor", _redirect_refusals(self._second_factor, "/second-factor"), methods=["POST"]),
            Route("/auth/openid", _redirect_refusals(self._openid, "/sign-in"), methods=["POST"]),
            Route("/auth/set-up", _redirect_refusals(self._set_up, "/set-up", "secret"), methods=["POST"]),
            Route("/auth/join", _redirect_refusals(self._join, "/join", "invitation"), methods=["POST"]),
            Route("/auth/password", _redirect_refusals(self._change_password, "/account"), methods=["POST"]),
            Route("/auth/demonstration", _redirect_refusals(self._demonstration, "/sign-in"), methods=["POST"]),
            Route("/auth/take-back", _redirect_refusals(self._take_back, "/"), methods=["POST"]),
            Route("/auth/sign-out", _redirect_refusals(self._sign_out, "/"), methods=["POST"]),
            Route("/auth/language", _redirect_refusals(self._choose_language, "/"), methods=["POST"]),
        ]

    async def _sign_in(self, request: Request) -> Response:
        form = await _form(request)
        code, password, visit = form.get("code", ""), form.get("password", ""), visit_of(request)
        return await self._welcome(request, await self._work(accounts.sign_in, self._store, code, password, visit))

    async def _second_factor(self, request: Request) -> Response:
        code = (await _form(request)).get("one_time_code", "")
        token = await self._work(second_factor.finish, self._store, token_of(request), code, visit_of(request))
        return await self._welcome(request, token)

    async def _openid(self, request: Request) -> Response:
        form, configured = await _form(request), openid()
        if configured is None:
            raise HTTPException(404)
        try:
            token = await self._work(
                sign_in_with_openid,
                self._store,
                claims_in(request),
                configured.roles,
                self._language(form),
                visit_of(request),
            )
        except Refusal as refusal:
            response: Response = _to(f"/sign-in?{_problem_query(request, refusal)}")
        else:
            response = await self._welcome(request, token)
        forget_claims(response, request)
        return response

    async def _set_up(self, request: Request) -> Response:
        form = await _form(request)
        token = await self._work(
            accounts.create_first_clinician,
            self._store,
            form.get("code", ""),
            form.get("password", ""),
            self._language(form),
            form.get("secret", ""),
            self._setup_hash,
            visit_of(request),
        )
        return await self._welcome(request, token)

    async def _join(self, request: Request) -> Response:
        form = await _form(request)
        token = await self._work(
            accounts.accept_invitation,
            self._store,
            form.get("invitation", ""),
            form.get("password", ""),
            self._language(form),
            visit_of(request),
        )
        return await self._welcome(request, token)

    async def _change_password(self, request: Request) -> Response:
        form = await _form(request)
        old, new = form.get("old_password", ""), form.get("password", "")
        token = await self._work(change_password, self._store, token_of(request), old, new, visit_of(request))
        return _signed_in(request, token, "/account?done=password")

    async def _demonstration(self, request: Request) -> Response:
        place = (await _form(request)).get("place", "")
        return await self._welcome(request, await self._work(sign_in_as, self._store, place, visit_of(request)))

    async def _take_back(self, request: Request) -> Response:
        password = (await _form(request)).get("password", "")
        patient_id = await self._work(in_room.take_back, self._store, token_of(request), password)
        return _to(f"/patient?{urlencode({'patient': patient_id})}" if patient_id else "/")

    async def _sign_out(self, request: Request) -> Response:
        await self._work(accounts.sign_out, self._store, token_of(request))
        response = _to("/")
        take_back(response, request, sign_in_cookie(request.headers))
        return response

    async def _choose_language(self, request: Request) -> Response:
        form = await _form(request)
        language = self._language(form)
        with suppress(NotSignedIn):  # a visitor's choice stays in the browser
            await self._work(accounts.set_language, self._store, token_of(request), language)
        response = _to(_local(form.get("back", "/")))
        keep(response, request, LANGUAGE_COOKIE, language, 365 * DAY)
        return response

    async def _welcome(self, request: Request, token: str) -> Response:
        """To the person's pages with a new cookie; whoever was signed in at this browser is signed out."""
        await self._work(accounts.sign_out, self._store, token_of(request))
        return _signed_in(request, token, "/")

    async def _work(self, call: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        return await to_thread.run_sync(partial(call, *args, **kwargs), limiter=self._at_once)

    @staticmethod
    def _language(form: dict[str, str]) -> str:
        wished = form.get("language", "")
        return wished if wished in languages() else SOURCE


def _signed_in(request: Request, token: str, place: str) -> Response:
    """To `place`, with the sign-in's cookie and the browser's own."""
    response = _to(place)
    keep(response, request, sign_in_cookie(request.headers), token, 30 * DAY)
    keep(response, request, browser_cookie(request.headers), browser_of(request), KNOWN_FOR.days * DAY)
    return response


def _redirect_refusals(
    handler: Callable[[Request], Awaitable[Response]], page: str, kept: str = ""
) -> Callable[[Request], Awaitable[Response]]:
    """A refusal leads back to `page`, which says what is the matter; the field called `kept` goes along."""

    async def answered(request: Request) -> Response:
        request.state.outcome = "done"
        response = await answer(request)
        ENTRIES.labels(request.url.path.rpartition("/")[2], request.state.outcome).inc()
        return response

    async def answer(request: Request) -> Response:
        try:
            return await handler(request)
        except HTTPException:
            raise
        except NotSignedIn:
            request.state.outcome = "signed-out"
            return _to("/sign-in")
        except Refusal as refusal:
            said = _problem_query(request, refusal)
        except Exception:
            _log.exception("%s failed", request.url.path)
            request.state.outcome = "server"
            said = urlencode({"problem": "server"})
        form = await _form(request)
        return _to(f"{page}?{said}{''.join(f'&{urlencode({k: v})}' for k, v in form.items() if k == kept)}")

    return answered


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form; anything large is refused while it is read."""
    form = await request.form(max_files=0, max_fields=10, max_part_size=4096)
    return {name: value for name, value in form.items() if isinstance(value, str)}


def _problem_query(request: Request, refusal: Refusal) -> str:
    """What an address says of a refusal: its name, and the numbers in its sentence. It is how the request ended."""
    request.state.outcome = name = name_of(refusal)
    return urlencode({"problem": name} | {k: v for k, v in refusal.values.items() if isinstance(v, int)})


def _to(place: str) -> RedirectResponse:
    return RedirectResponse(place, 303)


def _local(place: str) -> str:
    """A place on this site, whatever was asked for."""
    local = place.startswith("/") and not place.startswith("//") and "\\" not in place and place.isprintable()
    return place if local else "/"
