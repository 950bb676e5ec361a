"""Pages of a clinic, opened in one language and in another, and all that they say."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit.testing.v1 import AppTest

from core.config import ROOT
from core.domain.language import SOURCE
from core.storage.database import Store
from pages.shared.state import AppState

MADE_UP = "qq-QQ"
"""No language, and none of which Unicode's data know how to write a date."""

_OWN = re.compile(r'\$\$ID-[0-9a-f]{32}|(?<=deferred_file_id: ")[0-9a-f]+|(?<=default: )\d+')
"""What differs from one run of a page to the next, and which language is the chosen one."""


@dataclass(frozen=True)
class Clinic:
    """A demonstration, and the sign-ins and ids of its people by their codes; "" is a visitor."""

    store: Store
    tokens: Mapping[str, str]
    ids: Mapping[str, str]

    def page(
        self,
        script: str,
        code: str,
        language: str,
        asked: Mapping[str, str],
        widgets: Mapping[str, str] | None = None,
        **app: Any,
    ) -> AppTest:
        """What somebody sees who asks for a page with `asked` in the address and chose `widgets` there; `app`: more
        of what the tab knows."""
        at = AppTest.from_file(str(ROOT / "pages" / script), default_timeout=60)
        at.session_state["lexithymia"] = AppState(token=self.tokens.get(code, ""), language=language, **app)
        for key, chosen in (widgets or {}).items():
            at.session_state[key] = chosen
        for name, value in asked.items():
            at.query_params[name] = value
        return at.run()


def said(at: AppTest) -> list[str]:
    """Every element of a page with all its words, also what is given to a component of our own."""
    return [_OWN.sub("", str(element.proto)).replace(MADE_UP, SOURCE) for element in at.main]


def page_link(_page: str, label: str, **_how: Any) -> None:
    """Stands in for the link: a page that runs alone knows of no others."""
    st.markdown(label)


def switch_page(*_where: Any, **_how: Any) -> None:
    """The same for going there."""
    st.stop()
