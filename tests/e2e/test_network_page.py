"""The page about the network in a real browser, for each role, and where the computer looked at one face."""

import pytest
from playwright.sync_api import Page, expect

from core.domain.people import Role
from core.services.accounts import accounts
from tests.e2e.acting import SOON, answer_by_key
from tests.e2e.look import SCHEMES, look, look_everywhere
from tests.e2e.server import AppServer
from tests.e2e.windows import COMPUTER, OpenPage
from tests.others import first_of
from tests.support import PASSWORD, new_patient

NARROW = {"width": 360, "height": 740}
HEADINGS = [
    "How often it is right",
    "Where it looks",
    "On the faces of this program",
    "What it cannot do",
    "Networks of published research",
]


def open_network(page: Page, server: AppServer, title: str = "About the network") -> None:
    page.goto(f"{server.url}/network")
    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible(timeout=SOON)
    expect(page.locator(".js-plotly-plot").first).to_be_visible(timeout=SOON)
    expect(page.locator(".heat-map canvas").first).to_be_visible(timeout=SOON)
    expect(page.locator("[data-stale=true]")).to_have_count(0, timeout=SOON)


def test_a_visitor_reads_it_on_any_screen(server: AppServer, open_page: OpenPage) -> None:
    page = open_page(NARROW)
    open_network(page, server)
    for name in HEADINGS:
        expect(page.get_by_role("heading", name=name)).to_be_visible()
    expect(page.get_by_role("heading", name="All figures")).to_have_count(0)
    assert look_everywhere(page, "network") == []


@pytest.mark.slow
def test_it_is_complete_in_spanish(server: AppServer, open_page: OpenPage) -> None:
    page = open_page(NARROW, locale="es-ES")
    open_network(page, server, "Sobre la red")
    said = page.locator("[data-testid=stMain]").inner_text()
    assert [word for word in (" the ", " of ten ", "photograph") if word in said] == []


def test_a_patient_finds_no_choice(server: AppServer, clinician: str, code: str, open_page: OpenPage) -> None:
    page = open_page(token=new_patient(server.store, clinician, code))
    open_network(page, server)
    expect(page.get_by_role("combobox")).to_have_count(0)


@pytest.mark.slow
@pytest.mark.parametrize("role", first_of(Role.CLINICIAN, Role.RESEARCHER))
def test_staff_find_all_figures_and_cannot_choose(
    server: AppServer, administrator: str, open_page: OpenPage, role: Role
) -> None:
    link = accounts.invite_colleague(server.store, administrator, f"network {role}", role)
    page = open_page(token=accounts.accept_invitation(server.store, link, PASSWORD, "en"))
    open_network(page, server)
    expect(page.get_by_text("An administrator can choose another.")).to_be_visible(timeout=SOON)
    for section, inside in (("What it mixes up, beside people", "Each row adds up"), ("The card", "Known bias")):
        box = page.get_by_role("combobox", name="Show")
        box.click()
        box.fill(section)
        page.keyboard.press("Enter")
        expect(page.get_by_text(inside).first).to_be_visible(timeout=SOON)
        expect(page.locator("[data-stale=true]")).to_have_count(0, timeout=SOON)
        assert look(page) == []


@pytest.mark.parametrize("viewport", first_of(NARROW, COMPUTER), ids=["phone", "computer"])
def test_what_others_saw_shows_where_the_computer_looked_and_the_keyboard_takes_the_colour_away(
    server: AppServer, open_page: OpenPage, viewport: dict[str, int]
) -> None:
    page = open_page(viewport)
    page.goto(f"{server.url}/try")
    expect(page.locator(".trial .answers")).to_be_visible(timeout=SOON)
    answer_by_key(page, "3")
    page.get_by_text("What others saw").click()
    colour, tick = page.locator(".heat"), page.get_by_label("Show the colour")
    expect(page.get_by_role("img", name="Where the computer looked. Of ten parts of the colour")).to_be_visible()
    expect(colour).to_be_visible()
    tick.focus()  # brings it into view: what moves after this is the layout
    face, box = page.locator(".heated canvas").bounding_box(), colour.bounding_box()
    assert face is not None
    assert box is not None
    assert face["x"] <= box["x"]
    assert box["x"] + box["width"] <= face["x"] + face["width"] + 1
    assert box["width"] > face["width"] / 2
    page.keyboard.press("Space")
    expect(colour).to_be_hidden()
    assert page.locator(".heated canvas").bounding_box() == face, "nothing moves"
    page.keyboard.press("Space")
    expect(colour).to_be_visible()
    expect(page.get_by_role("link", name="More about the computer (new tab)")).to_be_visible()
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        assert look(page, scheme) == []
