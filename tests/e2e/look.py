"""What is wrong with a page as it stands."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SERIOUS = {"serious", "critical"}


def seriously_wrong(page: Page) -> list[str]:
    """The names of the rules that axe finds broken seriously."""
    return [v["id"] for v in Axe().run(page).response["violations"] if v["impact"] in SERIOUS]


def look(page: Page, name: str = "") -> list[str]:
    """What axe finds wrong on the page called `name`, and whether it scrolls sideways."""
    page.wait_for_timeout(900)
    found = Axe().run(page).response["violations"]
    wrong = [
        f"{name}: {v['id']} ({v['help']}): {[node['html'][:120] for node in v['nodes']][:3]}"
        for v in found
        if v["impact"] in SERIOUS
    ]
    width = page.viewport_size["width"] if page.viewport_size else 0
    if page.evaluate("document.documentElement.scrollWidth") > width:
        wrong.append(f"{name}: wider than {width} px")
    return wrong
