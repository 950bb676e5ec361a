"""Server beside Streamlit: database, routes, middleware, and what happens at its start."""

import asyncio
import logging
import os
import secrets
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from functools import cache
from threading import Timer
from typing import Any

from anyio import to_thread
from starlette.middleware import Middleware
from streamlit import config
from streamlit.runtime.pages_manager import PagesManager

from core.config import Settings, settings
from core.services.accounts.accounts import setup_needed
from core.storage.database import Store
from core.storage.queries.people_queries import hashed
from core.web import logs, metrics
from core.web.accounts import AccountRoutes
from core.web.files.exports import ExportRoutes
from core.web.files.face_sets import FaceSetRoutes
from core.web.files.personal_files import PersonalFileRoutes
from core.web.files.uploads import UploadRoutes
from core.web.first_link import print_link
from core.web.fonts import font_routes
from core.web.forms import form_routes
from core.web.health import Health
from core.web.hourly import close_hourly, keep_daily
from core.web.looking import look_at_faces
from core.web.middleware.addresses import KnownAddresses
from core.web.middleware.bodies import SlowBodies
from core.web.middleware.first_page import FirstPage
from core.web.middleware.headers import SecurityHeaders
from core.web.middleware.origin import SameOrigin
from core.web.middleware.proxy import TrustedProxy
from core.web.middleware.sockets import Sockets, free_the_gone
from core.web.middleware.watch import RequestLog
from core.web.openid import openid
from core.web.runs import FeedbackWords, RunRoutes
from core.web.scripts import script_routes
from core.web.starting import prepare
from core.web.stopping import announce_stop, finish_scripts
from core.web.violations import ViolationRoutes
from core.web.warmth import warm_up

LOOK_AFTER = 30.0
"""Seconds until a server that has served before checks for faces its network has not seen: first come the visitors."""
_log = logging.getLogger(__name__)


@cache
def store() -> Store:
    """The database of this server, for routes and pages alike."""
    return Store(settings().database_url)


def beside_streamlit(
    pages: Collection[str], feedback_words: FeedbackWords, publish_components: Callable[[], None]
) -> dict[str, Any]:
    """The arguments `routes`, `middleware` and `lifespan` of `st.App`. `pages`: the addresses of its pages;
    `feedback_words`: how they say what is said after an answer; `publish_components` publishes all their scripts."""
    os.umask(0o077)  # also where Streamlit was started and not `serve`
    logs.set_up()
    secret = secrets.token_urlsafe(24)
    door = AccountRoutes(store(), hashed(secret))

    # As st.navigation does at its first call. Until then Streamlit takes pages/ for its old kind of pages, and
    # the first visitor of a fresh server who follows a link is told that the page does not exist.
    PagesManager.uses_pages_directory = False

    @asynccontextmanager
    async def lifespan(_app: object) -> AsyncIterator[None]:
        announce_stop(settings().drain)
        metrics.count_errors(store().engine)
        fresh = prepare(store())
        looking = Timer(0 if fresh else LOOK_AFTER, look_at_faces, [store()])
        looking.daemon = True
        looking.start()
        warm_up()
        keep_daily(store())
        close_hourly(store())
        sweeping = asyncio.create_task(free_the_gone())
        _announce(secret)
        yield
        looking.cancel()
        sweeping.cancel()
        if not await to_thread.run_sync(finish_scripts):
            _log.error("some pages were still at work when the server had to stop")
        store().close()

    routes = [
        *door.routes(),
        *font_routes(),
        *script_routes(publish_components),
        *UploadRoutes(store()).routes(),
        *FaceSetRoutes(store()).routes(),
        *ExportRoutes(store()).routes(),
        *PersonalFileRoutes(store()).routes(),
        *RunRoutes(store(), feedback_words).routes(),
        *form_routes(store()),
        *Health(store()).routes(),
        *ViolationRoutes().routes(),
        metrics.metrics_route(settings().metrics_token),
    ]
    known = Middleware(
        KnownAddresses, pages=pages, ours=[route.path_regex for route in routes], openid=openid() is not None
    )
    return {"routes": routes, "middleware": [*middleware(settings()), known], "lifespan": lifespan}


def middleware(here: Settings) -> list[Middleware]:
    """What every request passes, outermost first."""
    return [
        Middleware(TrustedProxy, trusted=here.trusted_proxies),
        Middleware(SecurityHeaders),
        Middleware(RequestLog),
        Middleware(SameOrigin),
        Middleware(SlowBodies),
        Middleware(FirstPage),
        Middleware(Sockets, most=here.sockets, most_of_one=here.sockets_per_address),
    ]


def _announce(secret: str) -> None:
    address = f"http://{config.get_option('browser.serverAddress')}:{config.get_option('server.port')}"
    print(f"\nLexithymia is at {address}")
    if setup_needed(store()):
        print_link(f"{address}/set-up?secret={secret}")
    print("Stop it with Ctrl+C.\n", flush=True)
