"""Consent question on the screen: the text, then yes and no, of one size and in plain sight."""

import streamlit as st

from core.domain.patient.consent import ConsentText, Purpose, Relation
from core.services.privacy import consents
from core.services.privacy.consent_texts import text
from core.translations import N_, say
from pages.shared.component import as_data, component
from pages.shared.consent.words import relation_name
from pages.shared.flash import flash_refusals, show_flash
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _

_top = component(  # Streamlit stays where the last question was scrolled to
    "lexithymia_top",
    html="<span></span>",
    css="",
    js="""export default function () {
  document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
}""",
)


def ask(purpose: Purpose) -> bool:
    """Ask the signed-in patient about `purpose`; True in the run in which they answered."""
    shown = text(purpose, state().language)
    _top(key=f"top-{purpose}", data=as_data({}))
    st.title(shown.title)
    _show_points(shown)
    said = _yes_or_no(f"own-{shown.hash}")
    if said is not None:
        with flash_refusals():
            consents.decide(store(), state().token, purpose, shown.version, said, shown.language)
            return True
        show_flash()
    return False


def ask_guardian(purpose: Purpose) -> bool:
    """Ask the guardian of the signed-in minor, who holds the device now; True in the run in which they answered."""
    shown = text(purpose, state().language)
    _top(key=f"top-guardian-{purpose}", data=as_data({}))
    st.title(shown.title)
    st.markdown(
        _(
            "**For the parent or legal guardian.** The young person has read this text and agreed. It is written to "
            "them. Your yes is needed too. Your name is not kept, only what you are to them, your answer and the time."
        )
    )
    _show_points(shown)
    relation = st.radio(_("I am"), list(Relation), index=None, format_func=relation_name, horizontal=True)
    said = _yes_or_no(f"guardian-{shown.hash}")
    if said is not None:
        with flash_refusals():
            consents.guardian_decides(store(), state().token, purpose, shown.version, said, relation, shown.language)
            return True
        show_flash()
    return False


def _show_points(shown: ConsentText) -> None:
    """The text word for word: what is kept, who sees it and how to stop at once, the rest of each point unfolds."""
    with st.container(gap="xsmall"):
        for point in shown.points(say(shown.language, N_("Who sees it"))):
            if point.more:
                with st.expander(point.first):
                    st.markdown(point.more)
            else:
                st.markdown(point.first)


def _yes_or_no(key: str) -> bool | None:
    """A click counts for the text that stood above it, whatever stands there by now: `key` names it."""
    no, yes = st.columns(2)
    said_no = no.button(_("No"), width="stretch", key=f"no-{key}")
    said_yes = yes.button(_("Yes, I agree"), width="stretch", key=f"yes-{key}")
    return said_yes if said_yes or said_no else None
