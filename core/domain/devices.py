"""Browser, system and kind of device, from a user agent."""

from dataclasses import dataclass

_BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "Chrom": "Chrome",
    "CriOS": "Chrome",
    "Safari": "Safari",
}
_SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


@dataclass(frozen=True)
class Browser:
    """What a page knows of the browser: language of the words, its time zone, kind of device, user agent."""

    language: str
    time_zone: str | None
    device: str
    user_agent: str | None


def device_in_words(agent: str) -> str:
    """ "Firefox, Windows": enough to know one's own devices again; empty when the browser does not say."""
    parts = (next((name for sign, name in names.items() if sign in agent), "") for names in (_BROWSERS, _SYSTEMS))
    return ", ".join(filter(None, parts))


_ENGINES = {"Firefox": "firefox", "FxiOS": "firefox", "Chrom": "chromium", "CriOS": "chromium", "Safari": "safari"}
_NARROW, _WIDE = 600, 1024
BROWSER_KINDS = {
    "firefox": "Firefox",
    "chromium": "Chromium, and what is built on it: Chrome, Edge, Opera",
    "safari": "Safari",
    "other": "another one",
}
WINDOW_KINDS = {
    "narrow": f"less than {_NARROW} CSS pixels wide, as on a phone",
    "medium": f"{_NARROW} to {_WIDE - 1} CSS pixels wide, as on a tablet",
    "wide": f"{_WIDE} CSS pixels wide or wider, as on a computer",
}


def browser_kind(agent: str | None) -> str | None:
    """One of BROWSER_KINDS, from a user agent; None when the browser does not say."""
    return next((kind for sign, kind in _ENGINES.items() if sign in agent), "other") if agent else None


def window_kind(window: str | None) -> str | None:
    """One of WINDOW_KINDS, from a size such as "1440x900@1"."""
    if not window:
        return None
    width = int(window.split("x")[0])
    return "narrow" if width < _NARROW else "medium" if width < _WIDE else "wide"


def device_kind(agent: str) -> str:
    """ "phone", "tablet" or "computer", from the user agent; tablets that call themselves computers count as such."""
    if "iPad" in agent or ("Android" in agent and "Mobile" not in agent):
        return "tablet"
    return "phone" if "Mobi" in agent else "computer"


def printable(text: str | None, longest: int) -> str | None:
    """What a browser says, as far as a database takes it."""
    return "".join(sign for sign in text or "" if sign.isprintable())[:longest] or None
