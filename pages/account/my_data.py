"""My data: what was agreed when, changing one's mind, a copy of everything, and asking for deletion."""

from datetime import date, tzinfo
from functools import partial

import streamlit as st

from core.domain.patient.consent import FIRST, ConsentState, ConsentText, Purpose
from core.services.privacy import consents, erasure, my_data
from core.services.privacy.consent_texts import text
from core.services.privacy.consents import PurposeState
from pages.shared.consent.words import consent_state_in_words, purpose_name, word_in_words
from pages.shared.flash import flash_refusals, show_flash
from pages.shared.format import day
from pages.shared.personal_file import personal_file
from pages.shared.quiet import quiet
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _

app = state()
COUNTED_LATER = {Purpose.NORMS, Purpose.RESEARCH}
"""A yes to these holds for what is counted or exported later, until it is taken back."""


def withdraw(shown: ConsentText) -> None:
    with flash_refusals():
        consents.decide(store(), app.token, shown.purpose, shown.version, False, shown.language)


def show(consent: PurposeState, zone: tzinfo) -> None:
    """One purpose: where it stands, what to do about it, the text, and what was said before."""
    shown = text(consent.purpose, app.language)
    with st.container(border=True):
        words, act = st.columns((3, 2), vertical_alignment="center")
        words.markdown(f"**{purpose_name(consent.purpose)}**")
        words.markdown(consent_state_in_words(consent))
        if consent.state is ConsentState.NOT_ASKED and consent.said_yes and consent.purpose in COUNTED_LATER:
            words.markdown(_("Your yes to the earlier text still counts."))
        open_ = consent.state in {ConsentState.NOT_ASKED, ConsentState.DECLINED}
        if open_ and act.button(_("Read and decide"), key=f"read-{consent.purpose}", width="stretch"):
            st.switch_page("pages/account/consent.py", query_params={"purpose": consent.purpose})
        if consent.said_yes:
            act.button(
                _("I do not agree any more"),
                key=f"no-{consent.purpose}",
                on_click=withdraw,
                args=(shown,),
                width="stretch",
            )
        for word in consent.words:
            quiet(word_in_words(word, zone))
        with st.expander(_("The text")):
            st.markdown(f"**{shown.title}**\n\n{shown.body}")


def show_deletion(asked_on: date | None) -> None:
    """What deletion means, and the way to ask for it or to take that back."""
    st.markdown(
        _(
            "You can ask that all that is kept about you be deleted: your answers, your plan, your account. Your "
            "clinician does it, and nobody can bring it back. You get an answer within one month. Some of a treatment "
            "record may have to be kept by law; then you are told what and for how long. You can also complain to the "
            "data protection authority of your country."
        )
    )
    if asked_on is None:
        with st.popover(_("Ask for deletion")):
            st.markdown(_("If you want to keep a copy of your data, save it first. Until it is deleted you can go on."))
            st.button(_("Yes, I want all of it to be deleted"), on_click=ask, type="primary")
    else:
        st.info(_("You asked for deletion on {date}. Your clinician sees it.").format(date=day(asked_on)))
        st.button(_("I do not want it deleted any more"), on_click=take_back)


def ask() -> None:
    with flash_refusals():
        erasure.ask(store(), app.token)


def take_back() -> None:
    with flash_refusals():
        erasure.take_back(store(), app.token)


mine = consents.mine(store(), app.token)
st.title(_("My data"))
show_flash()
st.header(_("What you agreed to"))
st.markdown(_("You can change your mind at any time. It holds from then on, and your treatment goes on as before."))
for purpose_state in mine.states:
    if purpose_state.words or purpose_state.purpose in FIRST:
        show(purpose_state, mine.zone)

st.header(_("A copy of your data"))
st.markdown(
    _(
        "You can have all that is kept about you: your account, what you agreed to, your plan and every answer. It is "
        "one file that other programs can read (a zip with CSV tables and JSON)."
    )
)
personal_file(
    _("Save my data"), "my-data", "my-data.zip", "application/zip", partial(my_data.copy_of, store(), app.token)
)

st.header(_("Deletion"))
show_deletion(erasure.asked(store(), app.token))
