"""Serve the app: bring the database up to date, unpack the built-in faces, then listen until stopped."""

import argparse
import os
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
    from click import Abort
    from streamlit.web.cli import main

    shown = "localhost" if here.address in _WILDCARDS else here.address
    where = {"server.port": here.port, "server.address": here.address, "browser.serverAddress": shown}
    flags = [f"--{option}={value}" for option, value in where.items()]
    with suppress(Abort):  # Ctrl+C
        main(["run", str(ROOT / "app.py"), *flags], standalone_mode=False)
    return 0
