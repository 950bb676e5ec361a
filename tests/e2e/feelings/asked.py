"""A check-in in a browser, acted on by keyboard alone or by touch alone."""

from playwright.sync_api import Locator, Page, expect

from core.domain.feelings.check_in import CheckIn
from core.domain.feelings.words import UNNAMED, feeling_words
from core.services.accounts import accounts
from core.services.feelings import diary
from core.translations import say
from tests.e2e.acting import SOON, press
from tests.e2e.server import AppServer
from tests.e2e.windows import OpenPage
from tests.services.feelings.acting import agree_to_diary

SMALL_PHONE = {"width": 360, "height": 740}
BODY, GRID, WORDS, RATINGS, SITUATION = QUESTIONS = (
    "Where in your body do you notice something?",
    "Is it pleasant or not? How much energy is in it?",
    "Which word comes closest?",
    "How much of each is there?",
    "What is around you?",
)
KEPT = "That is kept"
KEPT_HERE = """() => Object.keys(localStorage).filter((key) => key.startsWith("lexithymia."))
  .flatMap((key) => JSON.parse(localStorage.getItem(key)).events)"""
_COVERED = """(element) => {
  const box = element.getBoundingClientRect();
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  return element.getRootNode().elementFromPoint(x, y) !== element;
}"""


class Asked:
    """A check-in in a browser; `touch`: it is only ever tapped, else only the keyboard is used."""

    def __init__(self, page: Page, server: AppServer, token: str, language: str = "en", touch: bool = False) -> None:
        self.page, self.server, self.token, self.language, self.touch = page, server, token, language, touch
        self.form = page.locator(".check-in")

    def says(self, sentence: str) -> str:
        return say(self.language, sentence)

    def heard(self) -> dict[str, tuple[str, ...]]:
        """What a screen reader finds at each question."""
        fear, unnamed = (
            " ".join((word.name[self.language], word.meaning[self.language]))
            for word in (feeling_words()["afraid"], feeling_words()[UNNAMED])
        )
        return {
            BODY: (
                f'list "{self.says(BODY)}"',
                f'checkbox "{self.says("eyes and face")}"',
                f'checkbox "{self.says("whole body")}"',
                f'button "{self.says("Nothing in the body")}"',
            ),
            GRID: (
                f'radiogroup "{self.says("Pleasant and energy")}"',
                f'radio "{self.says("unpleasant")}, {self.says("high energy")}"',
                f'radio "{self.says("pleasant")}, {self.says("low energy")}"',
            ),
            WORDS: (
                f'group "{self.says(WORDS)}"',
                f'button "{fear}"',
                f'textbox "{self.says("None fits? A word of my own")}"',
                f'button "{unnamed[0].upper()}{unnamed[1:]}"',
            ),
            RATINGS: (self.says("0 is not at all, 4 is very much."), f'group "{self.says("interest")}"'),
            SITUATION: (f'group "{self.says("With whom?")}"', f'group "{self.says("Where?")}"', "textbox"),
        }

    def button(self, name: str) -> Locator:
        return self.form.get_by_role("button", name=self.says(name), exact=True)

    def wait_for(self, question: str) -> None:
        expect(self.page.locator(".check-in .question")).to_have_text(self.says(question), timeout=SOON)

    def press(self, place: Locator, key: str = "Enter") -> None:
        """A tap, or a key at something that the keyboard can reach."""
        if self.touch:
            place.tap()
            return
        press(place, key)

    def choose(self, name: str) -> None:
        """A round choice or a box, by its label."""
        place = self.form.get_by_label(self.says(name), exact=True).first
        self.press(place, "Space")
        expect(place).to_be_checked()

    def next(self, question: str) -> None:
        self.press(self.button("Next"))
        self.wait_for(question)
        expect(self.page.locator(".check-in .question")).to_be_focused()

    def skip(self) -> None:
        self.press(self.button("Skip this"))

    def covered(self, name: str) -> bool:
        """Whether something lies over a button, without any scrolling."""
        return bool(self.button(name).evaluate(_COVERED))

    def entry(self) -> CheckIn:
        return diary.mine(self.server.store, self.token).entries[-1]

    def wait_until_sent(self) -> None:
        for _ in range(SOON // 100):
            if self.page.evaluate(KEPT_HERE) == []:
                return
            self.page.wait_for_timeout(100)
        raise AssertionError("something still waits to be sent")


def opened(
    open_page: OpenPage,
    server: AppServer,
    token: str,
    language: str = "en",
    agreed: bool = True,
    size: dict[str, int] = SMALL_PHONE,
    touch: bool = False,
    dark: bool = False,
) -> Asked:
    if agreed:
        agree_to_diary(server.store, token)
    accounts.set_language(server.store, token, language)
    page = open_page(size, f"{language}-ES", token, has_touch=touch, color_scheme="dark" if dark else "light")
    page.goto(f"{server.url}/check-in")
    asked = Asked(page, server, token, language, touch)
    if agreed:
        asked.wait_for(BODY)
    return asked
