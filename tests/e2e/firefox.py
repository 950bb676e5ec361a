"""Stock Firefox, spoken to by WebDriver BiDi: Playwright's own Firefox is a changed one."""

import itertools
import json
import re
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

import pytest
from websockets.sync.client import connect

from core.web.cookies import COOKIE
from tests.browser import find_firefox

SOON = 60.0
"""Seconds until something must have happened on a busy machine."""
_LISTENS = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
_LARGE = 1 << 26


class Firefox:
    """A running headless Firefox with one tab, with these `preferences`, in a `profile` of its own unless one is given.
    `said`: the errors and warnings of its console. A test that starts one where there is none is skipped."""

    def __init__(self, preferences: Mapping[str, int] | None = None, profile: Path | None = None) -> None:
        self._preferences = preferences or {}
        self._profile = profile
        self.said: list[str] = []
        self._numbers = itertools.count(1)

    def __enter__(self) -> "Firefox":
        with ExitStack() as starting:
            self._start(starting)
            self._ending = starting.pop_all()
        return self

    def _start(self, ending: ExitStack) -> None:
        try:
            path = find_firefox()
        except RuntimeError as error:
            pytest.skip(str(error))
        self._folder = self._profile or Path(
            ending.enter_context(tempfile.TemporaryDirectory(prefix="lexithymia-firefox-", ignore_cleanup_errors=True))
        )
        lines = [f"user_pref({json.dumps(name)}, {value});\n" for name, value in self._preferences.items()]
        (self._folder / "user.js").write_text("".join(lines), encoding="ascii")
        command = [path, "--headless", "--no-remote", "--remote-debugging-port=0", "--profile"]
        self._log = self._folder / "log"
        with self._log.open("wb") as log:
            self._process = subprocess.Popen([*command, str(self._folder), "about:blank"], stderr=log, stdout=log)
        ending.callback(self._process.wait, 20)
        ending.callback(self._process.terminate)
        self._line = ending.enter_context(connect(f"{self._address()}/session", max_size=_LARGE, ping_interval=None))
        self._do("session.new", capabilities={})
        self._do("session.subscribe", events=["log.entryAdded"])
        self._tab = self._do("browsingContext.getTree")["contexts"][0]["context"]

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ending.close()

    def kill(self) -> None:
        """As a phone that dies."""
        self._process.kill()
        self._process.wait()

    def _address(self) -> str:
        ends = time.monotonic() + SOON
        while time.monotonic() < ends:
            if found := _LISTENS.search(self._log.read_text(errors="replace")):
                return found[1]
            time.sleep(0.1)
        raise TimeoutError(f"Firefox did not listen: {self._log.read_text(errors='replace')}")

    def _do(self, method: str, **params: Any) -> dict[str, Any]:
        number = next(self._numbers)
        self._line.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            message = json.loads(self._line.recv(SOON))
            if message.get("method") == "log.entryAdded":
                entry = message["params"]
                if entry["level"] in {"error", "warn"}:
                    self.said.append(str(entry["text"]))
            if message.get("id") != number:
                continue
            if message["type"] == "error":
                raise RuntimeError(f"{method}: {message['message']}")
            result: dict[str, Any] = message["result"]
            return result

    def carry(self, token: str) -> None:
        """Put the cookie of the sign-in `token` into the browser."""
        cookie = {"name": COOKIE, "value": {"type": "string", "value": token}, "domain": "localhost"}
        self._do("storage.setCookie", cookie=cookie)

    def resize(self, width: int, height: int) -> None:
        self._do("browsingContext.setViewport", context=self._tab, viewport={"width": width, "height": height})

    def open(self, url: str) -> None:
        self._do("browsingContext.navigate", context=self._tab, url=url, wait="complete")

    def reload(self) -> None:
        self._do("browsingContext.reload", context=self._tab, wait="complete")

    def go(self, steps: int) -> None:
        """Back (-1) or forward (1) in the history."""
        self._do("browsingContext.traverseHistory", context=self._tab, delta=steps)

    @contextmanager
    def another_tab(self) -> Iterator[None]:
        """In a new tab, which closes at the end."""
        before = self._tab
        self._tab = self._do("browsingContext.create", type="tab")["context"]
        try:
            yield
        finally:
            self._do("browsingContext.close", context=self._tab)
            self._tab = before
            self._do("browsingContext.activate", context=before)

    @contextmanager
    def before_pages(self, function: str) -> Iterator[None]:
        """A JavaScript function that runs before everything else in each page that is opened meanwhile."""
        script = self._do("script.addPreloadScript", functionDeclaration=function)["script"]
        try:
            yield
        finally:
            self._do("script.removePreloadScript", script=script)

    def run(self, expression: str) -> Any:
        """The value of a JavaScript expression that is a string, a number, a Boolean or null."""
        target = {"context": self._tab}
        answer = self._do("script.evaluate", expression=expression, target=target, awaitPromise=True)
        if answer["type"] == "exception":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return answer["result"].get("value")

    def wait(self, expression: str) -> None:
        """Until the expression is true."""
        ends = time.monotonic() + SOON
        while not self.run(f"Boolean({expression})"):
            if time.monotonic() > ends:
                raise AssertionError(f"never true: {expression}\n{self.run('document.body.innerText')}")
            time.sleep(0.1)

    def press(self, key: str) -> None:
        strokes = [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        keyboard = {"type": "key", "id": "keyboard", "actions": strokes}
        self._do("input.performActions", context=self._tab, actions=[keyboard])
