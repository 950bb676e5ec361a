"""Origin of a request: the address that attempts are counted for, and the browser in words."""

from ipaddress import IPv6Address, ip_address

from starlette.requests import Request

from core.domain.devices import device_in_words
from core.domain.people import EntryPlace
from core.services.accounts.sign_in import Visit
from core.web.cookies import browser_of
from core.web.middleware.proxy import from_here


def visit_of(request: Request) -> Visit:
    """`request.client` is the peer, or who a trusted proxy says it is (see core/web/middleware/proxy.py)."""
    host = request.client.host if request.client else ""
    return Visit(
        address=counted_address(host),
        device=device_in_words(request.headers.get("user-agent", "")),
        browser=browser_of(request),
        place=EntryPlace.THIS_MACHINE if from_here(request.scope) else EntryPlace.NEW_BROWSER,
    )


def counted_address(host: str) -> str:
    """The address that stands for `host` where attempts and connections are counted.

    One household has a whole /64 of IPv6, and would not notice a limit on one address."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or IPv6Address(int(address) >> 64 << 64))
    return str(address)
