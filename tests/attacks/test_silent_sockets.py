"""Sockets that say nothing, and more of them than there is room for, stop nobody."""

import asyncio
import time
import urllib.request
from pathlib import Path

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Origin, Subprotocol

from core.web.middleware.sockets import FIRST_WORD_WITHIN
from tests.e2e.server import AppServer

MOST, MOST_OF_ONE = 60, 40


@pytest.fixture(scope="module")
def environment() -> dict[str, str]:
    return {"SOCKETS": str(MOST), "SOCKETS_PER_ADDRESS": str(MOST_OF_ONE), "TRUSTED_PROXIES": "127.0.0.1, ::1"}


def open_socket(server: AppServer, address: str = "203.0.113.1") -> connect:
    return connect(
        server.url.replace("http", "ws") + "/_stcore/stream",
        origin=Origin(server.url),
        subprotocols=[Subprotocol("streamlit")],
        additional_headers={"X-Forwarded-For": address},
    )


def descriptors(server: AppServer) -> int:
    assert server.process is not None
    return len(list(Path(f"/proc/{server.process.pid}/fd").iterdir()))


def answers(server: AppServer) -> bool:
    with urllib.request.urlopen(f"{server.url}/healthz", timeout=5) as answer:
        return bool(answer.status == 200)


@pytest.mark.slow
def test_who_says_nothing_costs_one_descriptor_and_is_closed_after_seconds(server: AppServer) -> None:
    async def attack() -> None:
        before = descriptors(server)
        held = [await open_socket(server) for _ in range(MOST_OF_ONE)]
        assert descriptors(server) - before <= MOST_OF_ONE + 5
        with pytest.raises(InvalidStatus):
            await open_socket(server)
        other = await open_socket(server, "203.0.113.2")
        assert await asyncio.to_thread(answers, server)
        began = time.monotonic()
        for one in [*held, other]:
            await closed(one)
        assert time.monotonic() - began < FIRST_WORD_WITHIN + 5

    asyncio.run(attack())


async def closed(socket: ClientConnection) -> None:
    with pytest.raises(ConnectionClosed):
        await asyncio.wait_for(socket.recv(), FIRST_WORD_WITHIN + 5)


@pytest.mark.slow
def test_many_addresses_together_have_a_limit_too(server: AppServer) -> None:
    async def attack() -> None:
        held = [await open_socket(server, f"203.0.113.{number}") for number in range(10, 10 + MOST)]
        with pytest.raises(InvalidStatus):
            await open_socket(server, "203.0.113.250")
        assert await asyncio.to_thread(answers, server)
        for one in held:
            await one.close()

    asyncio.run(attack())


def test_a_server_takes_as_many_descriptors_as_it_may(server: AppServer) -> None:
    assert server.process is not None
    (line,) = [
        one for one in Path(f"/proc/{server.process.pid}/limits").read_text().splitlines() if "open files" in one
    ]
    soft, hard = line.split()[3:5]
    assert soft == hard
