"""Loaded by Python itself at the start of a watched server: writes down whom it connects to or looks up, and which
files it opens to write or makes for a while."""

import os
import sys

_LOG = os.environ["WATCHED_LOG"]
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_busy = False


def _note(event: str, arguments: tuple[object, ...]) -> None:
    global _busy
    if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"}:
        target = arguments[1] if event in {"socket.connect", "socket.sendto"} else arguments[0]
    elif event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITES and not _busy:
        target = arguments[0]
    else:
        return
    _busy = True
    with open(_LOG, "a", encoding="utf-8") as log:  # noqa: PTH123 - pathlib may not be there yet
        log.write(f"{event} {target!r}\n")
    _busy = False


sys.addaudithook(_note)
