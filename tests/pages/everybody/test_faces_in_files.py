"""Faces in files, as a patient and as staff see the page, and what it makes of what was seen."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.config import ROOT, settings
from core.domain.camera.seen import COLUMNS, FileReading, SeenFace, SeenFrame, as_csv
from core.domain.emotions import Emotion
from core.domain.patient.consent import Purpose
from core.services.privacy import consents
from core.services.privacy.consent_texts import newest
from core.storage.database import Store
from pages.everybody.files import view
from pages.everybody.files.chart import TimelineWords, timeline
from pages.shared.state import AppState
from tests.support import new_clinician, new_patient, new_store, served

SURE = {emotion: tuple(0.7 if other is emotion else 0.05 for other in Emotion) for emotion in Emotion}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(new_store(tmp_path)) as store, served(store):
        yield store


def page(token: str, language: str = "en") -> AppTest:
    at = AppTest.from_file(str(ROOT / "pages" / "everybody" / "files_page.py"), default_timeout=60)
    at.session_state["lexithymia"] = AppState(token=token, language=language)
    return at.run()


def words(at: AppTest) -> str:
    assert not at.exception
    return "\n".join(one.value for one in (*at.title, *at.markdown, *at.info))


def has_upload(at: AppTest) -> bool:
    return "looks for every face" in words(at)


def seen(at: float, *faces: tuple[int, Emotion]) -> SeenFrame:
    found = (SeenFace(number, (0.1, 0.2, 0.3, 0.4), SURE[emotion], SURE[emotion]) for number, emotion in faces)
    return SeenFrame(at, tuple(found), 0.5, lasts=0.2)


def test_staff_may_give_files_and_read_what_the_network_is_bad_at(store: Store) -> None:
    at = page(new_clinician(store))
    assert has_upload(at)
    weak = [emotion for emotion in ("fear", "happiness") if f"**{emotion}**" in words(at)]
    assert weak == ["fear"], "as the card of the network that compares says"


def test_a_patient_is_led_to_the_question_first(store: Store) -> None:
    patient = new_patient(store, new_clinician(store))
    assert not has_upload(page(patient))
    consents.decide(store, patient, Purpose.CAMERA, newest(Purpose.CAMERA), True)
    assert has_upload(page(patient))


def test_at_work_the_page_says_that_it_is_closed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    token = new_clinician(store)
    monkeypatch.setenv("SITE", "work")
    settings.cache_clear()
    try:
        at = page(token)
        assert "closed" in at.info[0].value
        assert not has_upload(at)
    finally:
        settings.cache_clear()


def shown(read: FileReading) -> AppTest:
    def script(read: object) -> None:
        from pages.everybody.files.view import show_read_file

        show_read_file(0, "a film.mp4", read)  # type: ignore[arg-type]

    at = AppTest.from_function(script, kwargs={"read": read}, default_timeout=60).run()
    assert not at.exception
    return at


def test_a_video_gets_a_sentence_a_chart_and_its_table() -> None:
    frames = tuple(seen(n / 5, (1, Emotion.HAPPY if n > 1 else Emotion.FEAR)) for n in range(8))
    at = shown(FileReading("video", frames))
    assert "75 %" in at.markdown[0].value
    assert "happiness" in at.markdown[0].value
    assert len(at.table[0].value) == 8
    assert not at.selectbox


def test_of_several_faces_one_is_chosen() -> None:
    frames = (seen(0, (1, Emotion.SAD)), seen(0.2, (1, Emotion.SAD), (2, Emotion.HAPPY)))
    at = shown(FileReading("video", frames))
    assert "sadness" in at.markdown[0].value
    at.selectbox[0].select(2).run()
    assert "happiness" in at.markdown[0].value


def test_a_line_is_interrupted_while_the_face_is_away() -> None:
    points = [(at, seen(at, (1, Emotion.HAPPY)).faces[0]) for at in (0.0, 0.2, 0.4, 3.0, 3.2)]
    names = {emotion: emotion.word for emotion in Emotion}
    figure = timeline(points, names, TimelineWords("time", "share", "{emotion} {percent} {seconds}"))
    assert len(figure.data) == 7
    assert list(figure.data[Emotion.HAPPY].x) == [0.0, 0.2, 0.4, None, 3.0, 3.2]
    assert figure.data[Emotion.HAPPY].hovertext[-1] == "happy 70 3.2"


def test_the_table_has_a_row_for_each_face_of_each_frame() -> None:
    lines = as_csv([seen(0, (1, Emotion.SAD)), seen(0.2, (1, Emotion.SAD), (2, Emotion.HAPPY))]).splitlines()
    assert lines[0].split(",") == list(COLUMNS)
    assert [line.split(",")[:2] for line in lines[1:]] == [["0", "1"], ["0.2", "1"], ["0.2", "2"]]
    assert lines[3].split(",")[6] == "happy"


def test_a_picture_has_its_table_and_no_chart() -> None:
    at = shown(FileReading("picture", (seen(0, (1, Emotion.SAD)),)))
    assert [one.value for one in at.header] == ["a film.mp4"]
    assert not at.expander
    assert shown(FileReading("picture", (seen(0),))).header.len == 0


def test_the_table_of_a_long_video_stays_short() -> None:
    points = [(n / 5, seen(n / 5, (1, Emotion.SAD)).faces[0]) for n in range(900)]
    assert len(view._table(points, {emotion: emotion.word for emotion in Emotion})) == 180
