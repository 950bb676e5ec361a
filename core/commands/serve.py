"""Serve the app: bring the database up to date, unpack the built-in faces, then listen until stopped."""

import argparse
import os
import resource
import sys
from contextlib import suppress

from core.config import ROOT, settings

_WILDCARDS = {"0.0.0.0", "::"}


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", help="default: PORT, else 8501")
    parser.add_argument("--address", help="interface to listen on; default: ADDRESS, else localhost")


def run(options: argparse.Namespace) -> int:
    for name in ("port", "address"):
        if given := getattr(options, name):
            os.environ[name.upper()] = given
    here = settings()
    shown = "localhost" if here.address in _WILDCARDS else here.address
    import uvicorn
    from streamlit import config
    from streamlit.web.bootstrap import load_config_options

    from core.domain.people import NotSaved
    from core.storage.database import Store
    from core.storage.stored_secrets import require_readable
    from core.web import logs
    from core.web.http_protocol import BoundedHttp
    from core.web.stopping import STOP_WITHIN

    load_config_options(
        {"server.port": here.port, "server.address": here.address, "browser.serverAddress": shown},
    )
    _raise_descriptors()
    logs.set_up()
    store = Store(here.database_url)
    try:
        with suppress(NotSaved):  # a database that is away just now: the start says so itself
            require_readable(store)
    except ValueError as error:
        print(f"The server does not start. {error}", file=sys.stderr)
        return 1
    finally:
        store.close()
    uvicorn.run(
        "app:app",
        app_dir=str(ROOT),
        host=here.address,
        port=here.port,
        http=BoundedHttp,
        ws="websockets-sansio",
        ws_max_size=1_000_000 * config.get_option("server.maxWidgetStateSize"),
        ws_ping_interval=30,
        ws_ping_timeout=30,
        ws_per_message_deflate=False,
        lifespan="on",
        access_log=False,
        log_config=None,
        proxy_headers=False,  # core.web.middleware.proxy believes those whom it should
        server_header=False,
        timeout_graceful_shutdown=STOP_WITHIN,
    )
    return 0


def _raise_descriptors() -> None:
    """As many open files and sockets as the system lets this process have."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
