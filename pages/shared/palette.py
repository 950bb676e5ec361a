"""The colours of the product, for charts and components: one place, two themes.

`.streamlit/config.toml` repeats paper, card, line, ink and accent because Streamlit reads them only there; a test
keeps both equal. The emotion colours keep 3:1 against paper and stay apart for every kind of colour vision; the
word always stands beside them.
"""

from dataclasses import dataclass

from core.domain.emotions import Emotion


@dataclass(frozen=True)
class Theme:
    """The colours of one theme as #RRGGBB."""

    paper: str
    card: str
    line: str
    ink: str
    soft_ink: str
    accent: str
    on_accent: str
    """Text on the accent."""
    emotions: dict[Emotion, str]
    """Edges and bars."""


LIGHT = Theme(
    paper="#FBFAF7",
    card="#FFFFFF",
    line="#E5E1D8",
    ink="#1F2933",
    soft_ink="#52606D",
    accent="#2F6F6D",
    on_accent="#FFFFFF",
    emotions={
        Emotion.ANGRY: "#9C330C",
        Emotion.DISGUST: "#0D9F63",
        Emotion.FEAR: "#B65CE8",
        Emotion.HAPPY: "#C17D0E",
        Emotion.SAD: "#00578E",
        Emotion.SURPRISE: "#84385A",
        Emotion.NEUTRAL: "#838C9E",
    },
)

DARK = Theme(
    paper="#14181B",
    card="#1C2226",
    line="#333B41",
    ink="#E8E6E1",
    soft_ink="#AEB6BC",
    accent="#7FC4BF",
    on_accent="#14181B",
    emotions={
        Emotion.ANGRY: "#EE5A36",
        Emotion.DISGUST: "#4FE0A3",
        Emotion.FEAR: "#A66BFF",
        Emotion.HAPPY: "#F2CC3D",
        Emotion.SAD: "#5585C9",
        Emotion.SURPRISE: "#B0607F",
        Emotion.NEUTRAL: "#CCD7EC",
    },
)


def css_variables() -> str:
    """The palette for components: `--paper` … on `.themed`, dark with `data-theme="dark"`, and
    `--emotion` on whatever carries `data-emotion="fear"`."""
    edges = "".join(f'[data-emotion="{e.word}"]{{--emotion:var(--{e.word})}}' for e in Emotion)
    return f'.themed{{{_variables(LIGHT)}}}.themed[data-theme="dark"]{{{_variables(DARK)}}}{edges}\n'


def _variables(theme: Theme) -> str:
    surfaces = {
        "paper": theme.paper,
        "card": theme.card,
        "line": theme.line,
        "ink": theme.ink,
        "soft-ink": theme.soft_ink,
        "accent": theme.accent,
        "on-accent": theme.on_accent,
    }
    colours = surfaces | {emotion.word: colour for emotion, colour in theme.emotions.items()}
    return "".join(f"--{name}:{colour};" for name, colour in colours.items())
