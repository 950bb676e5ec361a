"""Preflight component: ask the browser for the camera, once the person says so, and which cameras it has."""

from dataclasses import asdict
from pathlib import Path

from core.domain.camera.ladder import Permission
from pages.patient.camera.state import BrowserCameras
from pages.shared.component import ELEMENTS, as_data, component, source
from pages.shared.words import _

_HERE = Path(__file__).parent
_component = component(
    "lexithymia_preflight",
    html='<div class="preflight"></div>',
    css=source(_HERE / "preflight.css"),
    js=source(ELEMENTS, _HERE / "preflight.js"),
)


def ask_for_camera(before: BrowserCameras | None) -> BrowserCameras | None:
    """A button that asks for the camera, then, after `before` was found, a choice if there are several cameras. None
    until the browser has answered."""
    words = {"start": _("Switch on the camera"), "which": _("Which camera?")}
    known = None if before is None else asdict(before)
    result = _component(key="preflight", data=as_data({"words": words, "found": known}), on_found_change=lambda: None)
    return _found(result.get("found"))


def _found(payload: object) -> BrowserCameras | None:
    """What came from the browser, as far as it can be what our script sends."""
    if not isinstance(payload, dict) or payload.get("permission") not in set(Permission):
        return None
    cameras = payload.get("cameras")
    return BrowserCameras(
        secure=payload.get("secure") is True,
        permission=str(payload["permission"]),
        cameras=cameras if isinstance(cameras, int) else 0,
        device=str(payload.get("device") or "")[:256],
        devices=tuple(_device(*one) for one in payload.get("devices") or [] if isinstance(one, list) and len(one) == 2),
    )


def _device(key: object, name: object) -> tuple[str, str]:
    return str(key)[:256], str(name)[:256]
