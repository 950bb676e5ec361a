"""What a browser kept away because the content security policy says so.

One thing it reports on each page: Streamlit's copy of long.js asks for WebAssembly, and multiplies without it when
that is refused. Allowing it would need 'wasm-unsafe-eval'.
"""

from playwright.sync_api import Page

_TELL = """
document.addEventListener('securitypolicyviolation', (event) => {
  if (event.blockedURI !== 'wasm-eval') console.error(`kept away: ${event.effectiveDirective} ${event.blockedURI}`);
});
"""


def kept_away(page: Page) -> list[str]:
    """A list to which everything is added that `page` tries from now on and may not."""
    noticed: list[str] = []
    page.add_init_script(_TELL)
    page.on("console", lambda message: noticed.append(message.text) if "kept away" in message.text else None)
    return noticed
