"""Ask the browser for the camera, once the person says so, and hear what it has."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import streamlit as st

from core.domain.camera.ladder import Permission
from pages.patient.camera.state import Found
from pages.shared.component import ELEMENTS, as_data, source
from pages.shared.words import _

_HERE = Path(__file__).parent
_component = st.components.v2.component(
    "lexithymia_preflight",
    html='<div class="preflight"></div>',
    css=source(_HERE / "preflight.css"),
    js=source(ELEMENTS, _HERE / "preflight.js"),
)


def ask_for_camera(before: Found | None) -> Found | None:
    """A button that asks for the camera, then, after `before` was found, a choice if there are several cameras. None
    until the browser has answered."""
    words = {"start": _("Switch on the camera"), "which": _("Which camera?")}
    found = None if before is None else asdict(before)
    result = _component(key="preflight", data=as_data({"words": words, "found": found}), on_found_change=lambda: None)
    return _found(result.get("found"))


def _found(told: Any) -> Found | None:
    """What came from the browser, as far as it can be what our script sends."""
    if not isinstance(told, dict) or told.get("permission") not in set(Permission):
        return None
    cameras = told.get("cameras")
    return Found(
        secure=told.get("secure") is True,
        permission=str(told["permission"]),
        cameras=cameras if isinstance(cameras, int) else 0,
        device=str(told.get("device") or "")[:256],
        devices=tuple(_device(*one) for one in told.get("devices") or [] if isinstance(one, list) and len(one) == 2),
    )


def _device(key: Any, name: Any) -> tuple[str, str]:
    return str(key)[:256], str(name)[:256]
