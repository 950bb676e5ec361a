"""A check-in as people make it: by keyboard, in both languages, on a phone, without a line, without a consent."""

from secrets import token_hex

import pytest
from playwright.sync_api import Locator, Page, expect

from core.domain.feelings.check_in import BodyMark, CheckIn, Sensation, Zone
from core.services.accounts import accounts
from core.services.feelings import diary
from core.translations import say
from tests.e2e.acting import SOON
from tests.e2e.look import look, settle, too_wide
from tests.e2e.server import AppServer
from tests.e2e.windows import OpenPage
from tests.services.feelings.acting import agree_to_diary
from tests.support import new_patient

SMALL_PHONE = {"width": 360, "height": 740}
KEPT_HERE = """() => Object.keys(localStorage).filter((key) => key.startsWith("lexithymia."))
  .flatMap((key) => JSON.parse(localStorage.getItem(key)).events)"""

HEARD = {
    "Where in your body do you notice something?": (
        'list "¿En qué parte del cuerpo notas algo?"',
        'checkbox "ojos y cara"',
        'checkbox "todo el cuerpo"',
        'button "Nada en el cuerpo"',
    ),
    "Is it pleasant or not? How much energy is in it?": (
        'radiogroup "Agrado y energía"',
        'radio "desagradable, mucha energía"',
        'radio "agradable, poca energía"',
    ),
    "Which word comes closest?": (
        'group "¿Qué palabra se acerca más?"',
        'button "miedo Algo podría hacerte daño, ahora o pronto."',
        'textbox "¿No encaja ninguna? Una palabra mía"',
        'button "Algo que no sé nombrar',
    ),
    "How much of each is there?": ("0 es nada, 4 es muchísimo.", 'group "enfado"', 'group "interés"'),
    "What is around you?": ('group "¿Con quién?"', 'group "¿Dónde?"', "textbox"),
}
"""What a screen reader finds at each question, in Spanish."""


class Asked:
    """A check-in in a browser, acted on by keyboard alone."""

    def __init__(self, page: Page, server: AppServer, token: str, language: str = "en") -> None:
        self.page, self.server, self.token, self.language = page, server, token, language

    def says(self, sentence: str) -> str:
        return say(self.language, sentence)

    def button(self, name: str) -> Locator:
        return self.page.locator(".check-in").get_by_role("button", name=self.says(name), exact=True)

    def wait_for(self, question: str) -> None:
        expect(self.page.locator(".check-in .question")).to_have_text(self.says(question), timeout=SOON)

    def press(self, place: Locator, key: str = "Enter") -> None:
        """A key at something that the keyboard can reach."""
        place.focus()
        expect(place).to_be_focused()
        place.press(key)

    def choose(self, name: str) -> None:
        """A round choice or a box, by its label."""
        place = self.page.locator(".check-in").get_by_label(self.says(name), exact=True).first
        self.press(place, "Space")
        expect(place).to_be_checked()

    def next(self, question: str) -> None:
        self.press(self.button("Next"))
        self.wait_for(question)
        expect(self.page.locator(".check-in .question")).to_be_focused()

    def skip(self) -> None:
        self.press(self.button("Skip this"))

    def entry(self) -> CheckIn:
        [entry] = diary.mine(self.server.store, self.token).entries
        return entry

    def wait_until_sent(self) -> None:
        for _ in range(SOON // 100):
            if self.page.evaluate(KEPT_HERE) == []:
                return
            self.page.wait_for_timeout(100)
        raise AssertionError("something still waits to be sent")


@pytest.fixture
def patient(server: AppServer, clinician: str) -> str:
    return new_patient(server.store, clinician, f"P-{token_hex(4)}")


def opened(open_page: OpenPage, server: AppServer, token: str, language: str = "en", agreed: bool = True) -> Asked:
    if agreed:
        agree_to_diary(server.store, token)
    accounts.set_language(server.store, token, language)
    page = open_page(SMALL_PHONE, f"{language}-ES", token)
    page.goto(f"{server.url}/check-in")
    asked = Asked(page, server, token, language)
    if agreed:
        asked.wait_for("Where in your body do you notice something?")
    return asked


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
    asked.next("Is it pleasant or not? How much energy is in it?")
    page.context.set_offline(True)
    asked.press(page.get_by_role("radio", name="neither pleasant nor unpleasant, middling energy"), "ArrowLeft")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("radio", name="a bit unpleasant, rather high energy")).to_be_checked()
    asked.choose("4")
    assert too_wide(page) == []
    asked.next("Which word comes closest?")
    asked.press(page.locator("[data-key=afraid]"))
    page.get_by_label("None fits? A word of my own").fill("like fog")
    assert too_wide(page) == []
    asked.next("How much of each is there?")
    expect(page.get_by_text("No connection just now. Your answers are kept here")).to_be_visible(timeout=SOON)
    page.context.set_offline(False)
    asked.wait_until_sent()
    page.reload()
    asked.wait_for("How much of each is there?")
    page.locator("#rating-afraid-3").focus()
    page.keyboard.press("Space")
    assert too_wide(page) == []
    asked.press(asked.button("The rest: not at all"))
    asked.wait_for("What is around you?")
    asked.choose("at home")
    page.get_by_label("What is happening?").fill("Before the exam")
    assert too_wide(page) == []
    asked.next("That is kept")
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


def test_the_first_time_consent_is_asked_and_every_part_can_be_left_out_in_spanish(
    open_page: OpenPage, server: AppServer, patient: str
) -> None:
    asked = opened(open_page, server, patient, "es", agreed=False)
    page = asked.page
    expect(page.get_by_role("heading", name="Llevar un diario de lo que siento")).to_be_visible(timeout=SOON)
    page.get_by_role("button", name=asked.says("Yes, I agree")).click()
    for question, heard in HEARD.items():
        asked.wait_for(question)
        tree = page.locator(".check-in").aria_snapshot()
        assert [line for line in heard if line not in tree] == [], tree
        assert f'heading "{asked.says(question)}" [level=1]' in tree
        asked.skip()
    asked.wait_for("That is kept")
    expect(page.locator(".closing")).to_have_text("Todavía sin palabra.")
    asked.wait_until_sent()
    assert asked.entry().unnamed
    page.get_by_role("button", name="Listo").click()
    expect(page.get_by_role("heading", name="Hoy")).to_be_visible(timeout=SOON)


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

    asked.wait_for("Where in your body do you notice something?")
    asked.choose("chest")
    seen("Where in your body do you notice something?")
    asked.press(asked.button("Next"))
    page.locator(".cell").nth(1).click()
    seen("Is it pleasant or not? How much energy is in it?")
    asked.press(asked.button("Next"))
    asked.wait_for("Which word comes closest?")
    asked.press(asked.button("More words"))
    page.locator("[data-key=afraid]").click()
    seen("Which word comes closest?")
    asked.press(asked.button("Next"))
    seen("How much of each is there?")
    asked.skip()
    seen("What is around you?")
    asked.skip()
    seen("That is kept")
    page.goto(f"{server.url}/my-words")
    expect(page.get_by_role("heading", name=asked.says("My words"))).to_be_visible(timeout=SOON)
    settle(page)
    wrong.extend(look(page, "My words"))
    assert wrong == []
