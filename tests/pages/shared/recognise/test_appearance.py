"""The visual language: one set of colours in two places, legible in both themes, and fonts that are really there."""

import re
import tomllib
from pathlib import Path

import pytest

from core.config import DATA, ROOT
from core.domain.emotions import Emotion
from pages.shared.palette import DARK, LIGHT, Theme, css_variables

CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
THEMES = pytest.mark.parametrize(("name", "theme"), [("light", LIGHT), ("dark", DARK)])


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2 between two colours written as #RRGGBB."""

    def luminance(colour: str) -> float:
        parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@THEMES
def test_the_theme_of_streamlit_has_the_colours_of_the_palette(name: str, theme: Theme) -> None:
    configured = CONFIG[name]
    assert configured["backgroundColor"] == theme.paper
    assert configured["secondaryBackgroundColor"] == theme.card
    assert configured["borderColor"] == theme.line
    assert configured["textColor"] == theme.ink
    assert configured["linkColor"] == theme.accent
    assert configured["grayTextColor"] == theme.soft_ink
    assert configured["primaryColor"] == theme.accent


@THEMES
def test_text_has_4_5_to_1_and_the_emotions_3_to_1_against_what_they_stand_on(name: str, theme: Theme) -> None:
    for ground in (theme.paper, theme.card):
        for text in (theme.ink, theme.soft_ink, theme.accent):
            assert contrast(text, ground) >= 4.5
        for emotion in Emotion:
            assert contrast(theme.emotions[emotion], ground) >= 3
    assert contrast(theme.on_accent, theme.accent) >= 4.5


def test_components_get_every_emotion_in_both_themes() -> None:
    css = css_variables()
    for emotion in Emotion:
        assert f'[data-emotion="{emotion.word}"]' in css
        assert f"--{emotion.word}:{LIGHT.emotions[emotion]};" in css
        assert f"--{emotion.word}:{DARK.emotions[emotion]};" in css


def test_every_font_named_ships_with_its_licence() -> None:
    files = [Path(face["url"]) for face in CONFIG["fontFaces"]]
    assert {file.parent for file in files} == {Path("/fonts")}
    for file in files:
        assert (DATA / "fonts" / file.name).read_bytes()[:4] == b"wOF2"
    assert "SIL OPEN FONT LICENSE" in (DATA / "fonts" / "OFL.txt").read_text(encoding="utf-8")
    assert CONFIG["font"].startswith(CONFIG["fontFaces"][0]["family"])


def test_what_is_written_on_the_accent_is_not_white_in_the_dark() -> None:
    sheets = sorted(ROOT.glob("pages/**/*.css"))
    assert sheets
    white = [
        sheet.name for sheet in sheets if re.search(r"[;{ ]color: *(#fff|#ffffff|white)\b", sheet.read_text("utf-8"))
    ]
    assert white == []
