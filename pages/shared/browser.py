"""Browser of this tab: language, time zone, device, theme."""

import streamlit as st

from core.domain.devices import Browser, device_kind, printable
from pages.shared.state import state


def browser() -> Browser:
    """Language of the words, time zone, kind of device and user agent of the tab that is running this script."""
    agent = st.context.headers.get("User-Agent")
    return Browser(
        language=state().language,
        time_zone=printable(st.context.timezone, 64),
        device=device_kind(agent or ""),
        user_agent=printable(agent, 512),
    )


def dark() -> bool:
    """Whether the tab is shown in the dark theme."""
    return bool(st.context.theme.get("type") == "dark")
