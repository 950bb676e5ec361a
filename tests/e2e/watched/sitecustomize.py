"""Loaded by Python itself at the start of a watched server: writes down whom it connects to or looks up."""

import os
import sys

_LOG = os.environ["WATCHED_LOG"]


def _note(event: str, arguments: tuple[object, ...]) -> None:
    if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"}:
        target = arguments[1] if event in {"socket.connect", "socket.sendto"} else arguments[0]
        with open(_LOG, "a", encoding="utf-8") as log:  # noqa: PTH123 - pathlib may not be there yet
            log.write(f"{event} {target!r}\n")


sys.addaudithook(_note)
