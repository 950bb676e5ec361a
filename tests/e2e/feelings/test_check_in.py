"""A check-in as people make it: by keyboard or touch, in both languages, on any screen, without a line or a consent."""

import pytest
from playwright.sync_api import expect

from core.domain.feelings.check_in import BodyMark, Sensation, Zone
from core.domain.feelings.words import feeling_words
from core.services.feelings import diary
from tests.e2e.acting import SOON
from tests.e2e.feelings.asked import BODY, GRID, KEPT, KEPT_HERE, RATINGS, SITUATION, WORDS, opened
from tests.e2e.look import look, settle, too_wide
from tests.e2e.server import AppServer
from tests.e2e.windows import COMPUTER, PHONE, OpenPage
from tests.services.feelings.acting import agree_to_diary, check_in

SMALL, ON_ITS_SIDE = {"width": 360, "height": 740}, {"width": 844, "height": 390}


def test_a_whole_one_by_keyboard_on_a_small_phone_goes_on_without_a_line_and_after_a_reload(
    open_page: OpenPage, server: AppServer, patient: str
) -> None:
    asked = opened(open_page, server, patient)
    page = asked.page
    asked.choose("chest")
    asked.choose("a lot")
    asked.choose("tight")
    box, stomach = page.locator("#zone-stomach"), page.locator(".figure path[data-zone=stomach]")
    for checked, much in ((True, "1"), (True, "2"), (False, "0")):  # taps on the outline
        stomach.click()
        expect(box).to_be_checked(checked=checked)
        expect(stomach).to_have_attribute("data-much", much)
    assert too_wide(page) == []
    asked.next(GRID)
    page.context.set_offline(True)
    asked.press(page.get_by_role("radio", name="neither pleasant nor unpleasant, middling energy"), "ArrowLeft")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("radio", name="a bit unpleasant, rather high energy")).to_be_checked()
    asked.choose("4")
    assert too_wide(page) == []
    asked.next(WORDS)
    asked.press(page.locator("[data-key=afraid]"))
    page.get_by_label("None fits? A word of my own").fill("like fog")
    assert too_wide(page) == []
    asked.next(RATINGS)
    expect(page.get_by_text("No connection just now. Your answers are kept here")).to_be_visible(timeout=SOON)
    page.context.set_offline(False)
    asked.wait_until_sent()
    page.reload()
    asked.wait_for(RATINGS)
    page.locator("#rating-afraid-3").focus()
    page.keyboard.press("Space")
    assert too_wide(page) == []
    asked.press(asked.button("The rest: not at all"))
    asked.wait_for(SITUATION)
    asked.choose("at home")
    page.get_by_label("What is happening?").fill("Before the exam")
    assert too_wide(page) == []
    asked.next(KEPT)
    expect(page.locator(".closing")).to_have_text("Chest tight, rather high energy, a bit unpleasant: fear, like fog.")
    asked.press(asked.button("My words"))
    expect(page.get_by_role("heading", name="My words")).to_be_visible(timeout=SOON)
    entry = asked.entry()
    assert entry.body == {Zone.CHEST: BodyMark(2, Sensation.TIGHT)}
    assert (entry.pleasant, entry.energy, entry.strength, entry.words, entry.own_word) == (
        -1,
        1,
        4,
        ("afraid",),
        "like fog",
    )
    assert (entry.ratings["afraid"], sum(entry.ratings.values()), len(entry.ratings)) == (3, 3, 8)
    assert (entry.place, entry.note) == ("home", "Before the exam")
    assert page.evaluate(KEPT_HERE) == [], "nothing of it stays in the browser"


@pytest.mark.parametrize(
    ("language", "touch", "size", "dark"),
    [
        ("es", False, SMALL, False),
        pytest.param("en", False, COMPUTER, True, marks=pytest.mark.slow),
        ("en", True, SMALL, True),
        pytest.param("es", True, ON_ITS_SIDE, False, marks=pytest.mark.slow),
    ],
)
def test_the_first_time_consent_is_asked_and_every_part_can_be_left_out(
    open_page: OpenPage,
    server: AppServer,
    patient: str,
    language: str,
    touch: bool,
    size: dict[str, int],
    dark: bool,
) -> None:
    asked = opened(open_page, server, patient, language, agreed=False, size=size, touch=touch, dark=dark)
    page, title = asked.page, {"en": "Keep a diary of my own feelings", "es": "Llevar un diario de lo que siento"}
    expect(page.get_by_role("heading", name=title[language])).to_be_visible(timeout=SOON)
    asked.press(page.get_by_role("button", name=asked.says("Yes, I agree")))
    for question, heard in asked.heard().items():
        asked.wait_for(question)
        tree = page.locator(".check-in").aria_snapshot()
        assert [line for line in heard if line not in tree] == [], tree
        assert f'heading "{asked.says(question)}" [level=1]' in tree
        assert too_wide(page) == []
        asked.skip()
    asked.wait_for(KEPT)
    closing = asked.says("no word yet")
    expect(page.locator(".closing")).to_have_text(f"{closing[0].upper()}{closing[1:]}.")
    asked.wait_until_sent()
    entry = asked.entry()
    assert entry.unnamed
    assert (entry.body, entry.pleasant, entry.words, entry.ratings, entry.note) == (None, None, (), {}, None)
    asked.press(asked.button("Done"))
    expect(page.get_by_role("heading", name=asked.says("Today"))).to_be_visible(timeout=SOON)


@pytest.mark.parametrize(
    ("language", "touch", "size", "dark"),
    [
        ("es", True, PHONE, True),
        pytest.param("en", True, ON_ITS_SIDE, False, marks=pytest.mark.slow),
        pytest.param("es", False, COMPUTER, False, marks=pytest.mark.slow),
    ],
)
def test_a_whole_one_after_two_hard_ones_ends_with_where_help_is(
    open_page: OpenPage,
    server: AppServer,
    patient: str,
    language: str,
    touch: bool,
    size: dict[str, int],
    dark: bool,
) -> None:
    agree_to_diary(server.store, patient)
    for _ in range(2):
        check_in(server.store, patient, grid=(-2, 2, 5))
    asked = opened(open_page, server, patient, language, size=size, touch=touch, dark=dark)
    page = asked.page
    if touch:
        for _ in range(2):
            page.locator(".figure path[data-zone=chest]").tap()
    else:
        asked.choose("chest")
        asked.choose("a lot")
    asked.choose("heavy")
    upright = size == PHONE
    assert not (upright and asked.covered("Next")), "the way on is in reach, beside the bar of the menu"
    asked.next(GRID)
    heavy = f"{asked.says('unpleasant')}, {asked.says('low energy')}"
    asked.press(page.get_by_role("radio", name=heavy, exact=True), "Space")
    asked.choose("5")
    asked.next(WORDS)
    asked.press(page.locator("[data-key=sad]"))
    asked.press(asked.button("More words"))
    asked.press(page.locator("[data-key=lonely]"))
    expect(page.locator(".relatives li")).to_have_count(2)
    beside = page.locator(".relatives").bounding_box()
    words = [page.locator(f"[data-key={key}]").bounding_box() for key in ("sad", "lonely")]
    assert beside is not None
    lower = max(box["y"] + box["height"] for box in words if box)
    assert 0 <= beside["y"] - lower < 20, "what tells them apart stands under the later of both"
    assert not (upright and asked.covered("Next"))
    asked.next(RATINGS)
    asked.press(page.locator("#rating-sad-4"), "Space")
    asked.press(asked.button("The rest: not at all"))
    asked.wait_for(SITUATION)
    asked.choose("alone")
    asked.next(KEPT)
    named = [feeling_words()[key].name[language] for key in ("sad", "lonely")]
    expect(page.locator(".closing strong")).to_have_text(named)
    help_ = page.get_by_role("region", name=asked.says("Where to find help"))
    expect(help_).to_be_visible(timeout=SOON)
    assert too_wide(page) == []
    entry = asked.entry()
    assert entry.body == {Zone.CHEST: BodyMark(2, Sensation.HEAVY)}
    assert (entry.pleasant, entry.energy, entry.strength, entry.words) == (-2, -2, 5, ("sad", "lonely"))
    assert (entry.ratings["sad"], sum(entry.ratings.values()), entry.with_whom) == (4, 4, "alone")


def test_an_entry_is_answered_anew_with_what_was_said_filled_in(
    open_page: OpenPage, server: AppServer, patient: str
) -> None:
    agree_to_diary(server.store, patient)
    told = check_in(server.store, patient, own_word="like fog", note="Before the exam")
    asked = opened(open_page, server, patient, "es", size=PHONE)
    page = asked.page
    page.goto(f"{server.url}/my-words")
    asked.press(page.get_by_role("button", name=asked.says("Change")))
    asked.press(page.get_by_role("button", name=asked.says("Answer it anew")))
    asked.wait_for(BODY)
    expect(page.get_by_label(asked.says("chest"), exact=True)).to_be_checked()
    expect(asked.button("Skip this")).to_have_count(0)
    asked.next(GRID)
    asked.press(
        page.get_by_role("radio", name=f"{asked.says('pleasant')}, {asked.says('low energy')}", exact=True), "Space"
    )
    asked.next(WORDS)
    expect(page.locator("[data-key=worried]")).to_have_attribute("aria-pressed", "true")
    asked.press(page.locator("[data-key=worried]"))
    asked.press(page.locator("[data-key=calm]"))
    asked.next(RATINGS)
    asked.next(SITUATION)
    expect(page.locator("#note")).to_have_value("Before the exam")
    asked.next(KEPT)
    asked.press(asked.button("Done"))
    expect(page.get_by_role("heading", name=asked.says("My words"))).to_be_visible(timeout=SOON)
    [entry] = diary.mine(server.store, patient).entries
    assert (entry.id, entry.pleasant, entry.energy, entry.words) == (told, 2, -2, ("calm",))
    assert (entry.own_word, entry.note) == ("like fog", "Before the exam")
    assert entry.body == {Zone.CHEST: BodyMark(2, Sensation.TIGHT)}


def test_my_words_are_read_by_keyboard_with_a_table_behind_each_picture(
    open_page: OpenPage, server: AppServer, patient: str
) -> None:
    asked = opened(open_page, server, patient, "es", size=PHONE, dark=True)
    for _ in range(5):
        check_in(server.store, patient)
    page = asked.page
    page.goto(f"{server.url}/my-words")
    month = page.get_by_role("radio", name=asked.says("Last four weeks"))
    expect(month).to_be_visible(timeout=SOON)
    asked.press(month, "Space")
    settle(page)
    expect(month).to_be_checked()
    assert page.locator(".maps figure").count() == 2
    asked.press(page.get_by_text(asked.says("The two pictures as tables")).locator("xpath=ancestor-or-self::summary"))
    settle(page)
    tree = page.locator("[data-testid=stMain]").aria_snapshot()
    for row in (f'row "{asked.says("chest")} 5"', f'row "{asked.says("high energy")} 0 5 0 0 0"'):
        assert row in tree, tree
    assert "Pecho con tensión: 5 de 5 veces vino con" in tree
    assert look(page, "My words") == []


def test_a_consent_that_is_taken_back_meanwhile_closes_it_and_leaves_nothing_in_the_browser(
    open_page: OpenPage, server: AppServer, patient: str
) -> None:
    asked = opened(open_page, server, patient)
    agree_to_diary(server.store, patient, False)
    asked.choose("chest")
    asked.press(asked.button("Next"))
    expect(asked.page.get_by_text("This needs your consent, which is not there.")).to_be_visible(timeout=SOON)
    assert diary.mine(server.store, patient).entries == ()
    assert asked.page.evaluate(KEPT_HERE) == []
    asked.page.reload()
    expect(asked.page.get_by_text("There is no consent to a diary of feelings")).to_be_visible(timeout=SOON)


@pytest.mark.slow
@pytest.mark.parametrize(("language", "scheme", "size"), [("en", "light", 390), ("es", "dark", 1440)])
def test_every_part_is_for_everybody(
    open_page: OpenPage, server: AppServer, patient: str, language: str, scheme: str, size: int
) -> None:
    asked = opened(open_page, server, patient, language)
    page = asked.page
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": size, "height": 844})
    page.reload()
    wrong: list[str] = []

    def seen(question: str) -> None:
        asked.wait_for(question)
        settle(page)
        wrong.extend(look(page, question))

    asked.wait_for(BODY)
    asked.choose("chest")
    seen(BODY)
    asked.press(asked.button("Next"))
    page.locator(".cell").nth(1).click()
    seen(GRID)
    asked.press(asked.button("Next"))
    asked.wait_for(WORDS)
    asked.press(asked.button("More words"))
    page.locator("[data-key=afraid]").click()
    seen(WORDS)
    asked.press(asked.button("Next"))
    seen(RATINGS)
    asked.skip()
    seen(SITUATION)
    asked.skip()
    seen(KEPT)
    page.goto(f"{server.url}/my-words")
    expect(page.get_by_role("heading", name=asked.says("My words"))).to_be_visible(timeout=SOON)
    settle(page)
    wrong.extend(look(page, "My words"))
    assert wrong == []
