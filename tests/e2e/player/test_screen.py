"""How the trial looks and behaves: nothing jumps, everything is in reach, by keyboard and on a phone."""

from playwright.sync_api import expect
from sqlalchemy import select

from core.domain.emotions import Emotion
from core.domain.exercise.trials import Kind
from core.storage.tables import TrialRow
from pages.shared.emotions import label
from pages.shared.recognise.differences import difference
from pages.shared.recognise.view import capital
from tests.e2e.acting import answer_by_key, leave_feedback
from tests.e2e.look import SCHEMES, axe_findings, too_wide
from tests.e2e.player.conftest import OpenRun, Screen

FACE = "canvas.face"
TWICE_AS_LARGE = "document.documentElement.style.fontSize = '36px'"


def target_of(screen: Screen, number: int) -> Emotion:
    """What the face at this place of the run shows."""
    with screen.server.store.begin() as db:
        shown = db.scalars(select(TrialRow).where(TrialRow.block_id == screen.run, TrialRow.number == number)).one()
        return Emotion.from_word(shown.target or "")


def test_the_face_does_not_move_when_the_feedback_comes(open_run: OpenRun) -> None:
    screen = open_run(Kind.PRACTICE)
    for number, (width, height) in enumerate([(1440, 900), (390, 844), (360, 640), (844, 390)]):
        screen.page.set_viewport_size({"width": width, "height": height})
        screen.wait_for_face(number + 1)
        before = screen.page.locator(FACE).first.bounding_box()
        screen.page.keyboard.press("1")
        screen.button("Next").wait_for()
        assert screen.page.locator(FACE).first.bounding_box() == before
        assert too_wide(screen.page) == []
        screen.page.wait_for_timeout(500)
        screen.page.keyboard.press("Enter")
        screen.wait_for_face(number + 2)
        assert screen.page.locator(FACE).first.bounding_box() == before


def test_face_question_and_all_answers_are_visible_without_scrolling(open_run: OpenRun) -> None:
    screen = open_run()
    for width, height in [(390, 844), (360, 640), (844, 390), (667, 375), (640, 450), (1024, 700)]:
        screen.page.set_viewport_size({"width": width, "height": height})
        assert too_wide(screen.page) == []
        for name in ("Anger", "Disgust", "Fear", "Happiness", "Sadness", "Surprise", "Neutral", "Not sure"):
            box = screen.button(name).bounding_box()
            assert box is not None
            assert box["height"] >= 48
            assert box["y"] + box["height"] <= height


def test_twice_as_large_text_loses_nothing_and_does_not_scroll_sideways(open_run: OpenRun) -> None:
    screen = open_run(Kind.PRACTICE, size=(390, 844))
    screen.page.evaluate(TWICE_AS_LARGE)
    assert too_wide(screen.page) == []
    screen.page.keyboard.press("1")
    screen.button("Next").wait_for()
    assert too_wide(screen.page) == []
    clipped = screen.page.locator(".trial span:visible, .trial p:visible, .trial button:visible").evaluate_all(
        "all => all.filter(e => e.clientWidth && e.scrollWidth > e.clientWidth + 1).map(e => e.className)"
    )
    assert [name for name in clipped if name != "unseen"] == []


def test_axe_finds_nothing_in_either_theme(open_run: OpenRun) -> None:
    screen = open_run(Kind.PRACTICE)
    for scheme in SCHEMES:
        screen.page.emulate_media(color_scheme=scheme)
        screen.page.locator(f".trial[data-theme={scheme}]").wait_for()
        assert axe_findings(screen.page) == []
    screen.page.keyboard.press("1")
    screen.button("Next").wait_for()
    screen.page.get_by_text("What others saw").click()
    for scheme in reversed(SCHEMES):
        screen.page.emulate_media(color_scheme=scheme)
        screen.page.locator(f".trial[data-theme={scheme}]").wait_for()
        assert axe_findings(screen.page) == []


def test_practice_runs_on_the_keyboard_alone_and_a_key_held_down_skips_nothing(open_run: OpenRun) -> None:
    screen = open_run(Kind.PRACTICE, size=(390, 844))
    screen.button("Fear").focus()
    screen.page.keyboard.down("Enter")
    screen.button("Next").wait_for()
    for _ in range(12):
        screen.page.keyboard.down("Enter")
        screen.page.wait_for_timeout(60)
    screen.page.keyboard.up("Enter")
    assert [event["type"] for event in screen.told] == ["answer"]
    expect(screen.button("Next")).to_be_focused()
    screen.page.keyboard.press("Space")
    screen.wait_for_face(2)
    expect(screen.page.locator(".trial .question")).to_be_focused()


def test_after_a_miss_the_same_person_stands_beside_with_next_in_reach_and_all_is_spoken(open_run: OpenRun) -> None:
    screen = open_run(Kind.PRACTICE, size=(390, 844))
    target = target_of(screen, 1)
    said = Emotion((target + 1) % 7)
    answer_by_key(screen.page, str(said + 1))
    pair = screen.page.locator(".pair figure")
    expect(pair.locator("figcaption")).to_have_text([capital(label(target)), capital(label(said))])
    expect(pair.locator("svg ellipse.line")).to_have_count(2)
    expect(screen.button("Next")).to_be_in_viewport(ratio=1)
    expect(pair.first).to_be_in_viewport(ratio=1)
    expect(screen.page.locator("[aria-live]").first).to_contain_text(f"The same person: {label(said)}.")
    expect(screen.page.locator(".sentence")).to_contain_text(difference(target, said))
    for canvas in pair.locator("canvas").all():
        screen.page.wait_for_function(
            "canvas => canvas.getContext('2d').getImageData(90, 90, 1, 1).data[3] > 0", arg=canvas.element_handle()
        )
    expect(screen.page.locator("details")).not_to_have_attribute("open", "")
    assert "times in 10" not in (screen.page.locator(".feedback").text_content() or "")


def test_what_others_saw_holds_the_same_person_from_neutral_to_full(open_run: OpenRun) -> None:
    screen = open_run(Kind.PRACTICE)
    number = 1 if target_of(screen, 1) is not Emotion.NEUTRAL else 2
    for _ in range(number - 1):
        answer_by_key(screen.page, "1")
        leave_feedback(screen.page)
    answer_by_key(screen.page, "1")
    screen.page.get_by_text("What others saw").click()
    slider = screen.page.get_by_role("slider", name="From neutral to full")
    slider.focus()
    expect(slider).to_have_attribute("aria-valuetext", "0 %")
    for _ in range(5):
        screen.page.keyboard.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", "100 %")
    leave_feedback(screen.page)
    screen.wait_for_face(number + 1)


def test_neither_words_nor_addresses_give_the_answer_away(open_run: OpenRun) -> None:
    screen = open_run()
    face = screen.page.locator(FACE).first
    expect(face).to_have_attribute("aria-label", "A face, 1 of 7")
    assert screen.page.locator("img").count() == 0
    loaded = screen.page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    faces = [url for url in loaded if not url.startswith(("data:", "blob:")) and "webp" in url]
    assert sorted(faces) == [f"{screen.server.url}/runs/{screen.run}/{number}.webp" for number in range(1, 8)]


def test_the_fonts_come_from_the_application(open_run: OpenRun) -> None:
    screen = open_run()
    assert screen.page.evaluate("document.fonts.check('18px \"Atkinson Hyperlegible Next\"', 'Fear')")
    used = screen.button("Fear").evaluate("button => getComputedStyle(button).fontFamily")
    assert "Atkinson Hyperlegible Next" in used
