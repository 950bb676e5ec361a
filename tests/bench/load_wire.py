"""One browser tab without a browser: speaks Streamlit's protocol over a real WebSocket, as its scripts do."""

import asyncio
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from core.web.cookies import COOKIE

PLAYER = "lexithymia_player"
PATIENCE = 30.0  # seconds


async def sign_in(url: str, code: str, password: str) -> str:
    """Post the form of the sign-in page; returns the cookie. Raises PermissionError if there is none."""
    there = urlsplit(url)
    body = urlencode({"code": code, "password": password, "language": "en"})
    lines = [
        "POST /auth/sign-in HTTP/1.1",
        f"Host: {there.netloc}",
        f"Origin: {url}",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
        "Connection: close",
    ]
    reader, writer = await asyncio.open_connection(there.hostname, there.port)
    writer.write("\r\n".join([*lines, "", body]).encode())
    answer = (await reader.read()).decode(errors="replace")
    writer.close()
    for line in answer.splitlines():
        name, _, value = line.partition(": ")
        if name.lower() == "set-cookie" and value.startswith(f"{COOKIE}="):
            return value.partition(";")[0]
    raise PermissionError(f"{code} was not let in: {answer.splitlines()[:1]}")


class Tab:
    """What a tab shows: `run` is the name of the run that is played, if there is one, `buttons` the ids of buttons by
    label, `links` the addresses of links that look like buttons, `texts` every paragraph."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._page = ""
        self._plays = False
        self.run = ""
        self.buttons: dict[str, str] = {}
        self.links: dict[str, str] = {}
        self.texts: list[str] = []
        self.running = False

    @classmethod
    async def open(cls, url: str, cookie: str = "", page: str = "") -> "Tab":
        """A tab that has loaded `page` at the server `url`."""
        there = urlsplit(url)
        socket = await connect(
            f"ws://{there.netloc}/_stcore/stream",
            origin=url,  # type: ignore[arg-type]  # a NewType of str
            subprotocols=["streamlit"],  # type: ignore[list-item]
            additional_headers={"Cookie": cookie} if cookie else {},
            user_agent_header="Mozilla/5.0 (Linux; Android 15) Mobile",
            max_size=None,
            compression=None,
        )
        tab = cls(socket)
        await tab._run(page_name=page)
        await tab.until(lambda: not tab.running)
        return tab

    async def close(self) -> None:
        await self._socket.close()

    async def press(self, label: str) -> None:
        """Press a button and wait until the page stands."""
        await self._run(trigger=(self.buttons[label], None))
        await self.until(lambda: not self.running)

    async def until(self, shown: Callable[[], bool], patience: float = PATIENCE) -> None:
        """Take what the server sends until `shown()`. Raises TimeoutError."""
        async with asyncio.timeout(patience):
            while not shown():
                message = ForwardMsg.FromString(await self._socket.recv(decode=False))
                self._take(message)

    async def _run(self, page_name: str = "", trigger: tuple[str, Any] | None = None) -> None:
        message = BackMsg()
        client = message.rerun_script
        client.page_script_hash, client.page_name = self._page, page_name
        client.context_info.timezone, client.context_info.locale = "Europe/Madrid", "en-GB"
        if trigger is not None:
            widget, value = trigger
            state = client.widget_states.widgets.add(id=widget)
            if value is None:
                state.trigger_value = True
            else:
                state.json_trigger_value = json.dumps(value)
        self.running = True
        await self._socket.send(message.SerializeToString())

    def _take(self, message: ForwardMsg) -> None:
        match message.WhichOneof("type"):
            case "new_session":
                self._page = message.new_session.page_script_hash
                self._plays, self.buttons, self.links, self.texts = False, {}, {}, []
            case "delta" if message.delta.WhichOneof("type") == "new_element":
                self._take_element(message.delta.new_element)
            case "script_finished" if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                self.running = False
                if not self._plays:
                    self.run = ""

    def _take_element(self, element: Any) -> None:
        match element.WhichOneof("type"):
            case "button":
                self.buttons[element.button.label] = element.button.id
            case "link_button":
                self.links[element.link_button.label] = element.link_button.url
            case "markdown":
                self.texts.append(element.markdown.body)
            case "bidi_component" if element.bidi_component.component_name == PLAYER:
                self._plays = True
                self.run = json.loads(element.bidi_component.json)[0]["run"]
