"""Small files that ask for hours or gigabytes: they are ended, and another person's picture is answered meanwhile."""

import json
import time
from threading import Thread
from typing import Any

import psutil
import pytest

from core.domain.files import MOST_DECODING
from tests.attacks.visitor import Visitor
from tests.e2e.express.camera import patient_for_the_camera
from tests.e2e.server import AppServer
from tests.media.test_decoder import bomb, column
from tests.vision.test_files import PEOPLE, encoded, face

LARGE = 200_000_000


def read(server: AppServer, code: str, content: bytes) -> dict[str, Any]:
    """The last that the server says of a file that this person gives."""
    with Visitor(server.url) as browser:
        browser.sign_in(code)
        answer = browser.client.post("/files/read", content=content, timeout=8 * MOST_DECODING)
        said: dict[str, Any] = json.loads(answer.text.splitlines()[-1])
        return said


@pytest.mark.slow
def test_a_picture_of_endless_work_holds_up_nobody(server: AppServer, administrator: str) -> None:
    for code in ("P-attacks", "P-waits"):
        patient_for_the_camera(server.store, administrator, code)
    endless, ended = bomb(5_000), []

    def attack() -> None:
        ended.append(read(server, "P-attacks", endless))

    attacks = [Thread(target=attack) for _ in range(2)]
    for one in attacks:
        one.start()
    time.sleep(1)
    assert read(server, "P-waits", encoded(face(PEOPLE[0], "happy_100"))).get("kind") == "picture"
    assert ended == [], "the other picture did not wait for these"
    for one in attacks:
        one.join()
    assert ended == 2 * [{"problem": "work"}]


@pytest.mark.slow
def test_a_picture_of_one_column_takes_no_memory(server: AppServer, administrator: str) -> None:
    patient_for_the_camera(server.store, administrator, "P-column")
    assert server.process is not None
    memory = psutil.Process(server.process.pid).memory_info
    before = memory().rss
    assert read(server, "P-column", column(39_000_000)) == {"problem": "side"}
    assert memory().rss - before < LARGE
