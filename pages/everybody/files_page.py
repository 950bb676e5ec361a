"""All faces, and files: pictures or a video in, every face outlined and rated; for patients and staff."""

import streamlit as st

from core.domain.patient.consent import NotAgreed, Purpose
from core.domain.people import NotAllowed
from core.services.exercise.rate_files import require_files
from pages.everybody.files.upload import show_upload
from pages.everybody.files.view import show_read_file
from pages.shared.express.words import what_it_reads_badly
from pages.shared.format import refusal_in_text
from pages.shared.network_cards import in_use
from pages.shared.quiet import quiet
from pages.shared.resources import store
from pages.shared.state import state
from pages.shared.words import _

st.title(_("Faces in files"))
try:
    require_files(store(), state().token)
except NotAgreed:
    st.markdown(
        _("Here a computer guesses what the faces in your pictures show. You are asked first whether you want that.")
    )
    if st.button(_("Read the question about consent"), type="primary", width="stretch"):
        st.switch_page("pages/account/consent.py", query_params={"purpose": Purpose.CAMERA.value})
except NotAllowed as refusal:
    st.info(refusal_in_text(refusal))
else:
    st.markdown(
        _(
            "Choose pictures or a video. A computer looks for every face and **guesses which emotion it shows**. It "
            "can be wrong, and it does not know what anybody feels."
        )
    )
    weak = what_it_reads_badly(in_use())
    if weak:
        st.markdown(weak)
    quiet(
        _(
            "Files are looked at in memory and never stored; they are forgotten when they were read, or when you "
            "leave. Give only pictures of people who would agree to this."
        )
    )
    for number, (name, read) in enumerate(show_upload()):
        show_read_file(number, name, read)
