"""What a browser kept away because the content security policy says so."""

from playwright.sync_api import Page

_TELL = """
document.addEventListener('securitypolicyviolation', (event) => {
  console.error(`kept away: ${event.effectiveDirective} ${event.blockedURI}`);
});
"""


def kept_away(page: Page) -> list[str]:
    """A list to which everything is added that `page` tries from now on and may not."""
    noticed: list[str] = []
    page.add_init_script(_TELL)
    page.on("console", lambda message: noticed.append(message.text) if "kept away" in message.text else None)
    return noticed
