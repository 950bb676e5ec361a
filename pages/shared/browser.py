"""Browser of this tab: language, time zone, device, theme."""

import streamlit as st

from core.services.exercise.recognition import Browser
from pages.shared.state import state


def browser() -> Browser:
    """Language of the words, time zone, kind of device and user agent of the tab that is running this script."""
    agent = st.context.headers.get("User-Agent")
    return Browser(
        language=state().language,
        time_zone=_clean(st.context.timezone, 64),
        device=device(agent or ""),
        user_agent=_clean(agent, 512),
    )


def _clean(text: str | None, longest: int) -> str | None:
    """What a browser says, as far as a database takes it."""
    return "".join(sign for sign in text or "" if sign.isprintable())[:longest] or None


def device(agent: str) -> str:
    """ "phone", "tablet" or "computer", from the user agent; tablets that call themselves computers count as such."""
    if "iPad" in agent or ("Android" in agent and "Mobile" not in agent):
        return "tablet"
    return "phone" if "Mobi" in agent else "computer"


def dark() -> bool:
    """Whether the tab is shown in the dark theme."""
    return bool(st.context.theme.get("type") == "dark")
