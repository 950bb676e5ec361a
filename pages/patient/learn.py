"""Learn: the shelf of emotions and lessons; short pages to read; and about one emotion what to look for on three people
from neutral to full, muscles, when people feel it, and three faces to try.

The emotion stands in the address (`?emotion=fear`), so a lesson can be linked to and survives a reload. A lesson's
pictures may be opened by address: every face on this page is named anyway.
"""

import streamlit as st

from core.domain.emotions import Emotion
from core.services.exercise.lessons import Example, examples
from pages.patient.parts.lesson_shelf import show_shelf
from pages.patient.parts.pages_to_read import show_list
from pages.shared.emotions import asked_emotion, label
from pages.shared.flash import show_flash
from pages.shared.quiet import quiet
from pages.shared.recognise.cues import confused_with, cue, muscles, when
from pages.shared.recognise.differences import difference
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _


def choose_again() -> None:
    st.query_params.clear()


def strength(intensity: int) -> str:
    """The words of one step of the slider."""
    if intensity == 0:
        return _("neutral")
    return _("full") if intensity == 100 else _("{percent} %").format(percent=intensity)


@st.fragment
def show_faces(emotion: Emotion, shown: list[Example]) -> None:
    """One person at a time, with a slider where there is more than the neutral face."""
    with st.container(horizontal_alignment="center"):
        face = st.container(width="content")
        number = st.segmented_control(
            _("Person"),
            range(len(shown)),
            format_func=lambda place: _("Person {number}").format(number=place + 1),
            default=0,
            required=True,
            label_visibility="collapsed",
        )
    frames = {intensity: picture for intensity, picture, _media_type in shown[number].frames}
    step = max(frames)
    if len(frames) > 1:
        step = st.select_slider(_("From neutral to full"), options=sorted(frames), value=step, format_func=strength)
    seen = _("Person {number}").format(number=number + 1)
    what = label(Emotion.NEUTRAL) if step == 0 else f"{label(emotion)}, {strength(step)}"
    face.image(frames[step], alt=f"{seen}: {what}")


def lesson(emotion: Emotion) -> None:
    st.title(label(emotion).capitalize())
    st.markdown(cue(emotion))
    shown = examples(store(), state().token, emotion)
    if shown:
        show_faces(emotion, shown)
        quiet(_("These faces are computer-made. Real people often show less."))
        if st.button(_("Try three faces"), width="stretch"):
            app = state()
            app.paused, app.trying, app.tried = False, None, None
            st.switch_page("pages/account/tryout.py", query_params={"emotion": emotion.word})
    else:
        st.info(_("There are no faces for this lesson yet. Please ask your clinician to bring in a set of faces."))
    with st.expander(_("When people feel it")):
        st.markdown(when(emotion))
    with st.expander(_("What it is often mixed up with")):
        for other in confused_with(emotion):
            st.markdown(f"**{label(other).capitalize()}.** {difference(emotion, other)}")
    if muscles(emotion):
        with st.expander(_("The muscles that move")):
            st.markdown("\n".join(f"- {muscle}" for muscle in muscles(emotion)))
            quiet(_("AU is short for action unit: the number of a movement in a list that researchers use."))
    st.button(_("Choose another emotion"), on_click=choose_again, width="stretch")


chosen = asked_emotion()
if chosen is None:
    st.title(_("Learn"))
    show_flash()
    show_shelf()
    show_list()
else:
    lesson(chosen)
