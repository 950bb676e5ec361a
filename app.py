"""The frame: the server beside Streamlit, who is signed in, and navigation by role.

The server imports this file for `app`; Streamlit runs it as a script for every visit and click.
"""

import streamlit as st

from core.domain.people import NotSaved, Role
from core.translations import N_
from core.web.server import beside_streamlit
from pages.shared import frame
from pages.shared.component import publish_components
from pages.shared.demo_banner import show_banner
from pages.shared.frame import menu
from pages.shared.frame.entries import Audience, PageEntry
from pages.shared.recognise.feedback_words import feedback_in_json
from pages.shared.recovery_codes import show_recovery_codes
from pages.shared.state import restore_typed, state

VISITOR, PATIENT, CLINICIAN, RESEARCHER, ADMINISTRATOR, HANDED_OVER = Audience
STAFF = {CLINICIAN, RESEARCHER}
SIGNED_IN = {PATIENT, CLINICIAN, RESEARCHER}
EVERYBODY = {VISITOR, *SIGNED_IN}


PAGES = [
    PageEntry("account/openid.py", "openid", N_("One moment"), {VISITOR}, listed=False, only=frame.came_by_openid),
    PageEntry(
        "account/second_factor.py",
        "second-factor",
        N_("One-time code"),
        {VISITOR},
        listed=False,
        only=frame.is_half_in,
    ),
    PageEntry("account/handed_over.py", "handed-over", N_("Recognise"), {HANDED_OVER}, listed=False),
    PageEntry("account/set_up.py", "set-up", N_("Set up"), {VISITOR}, listed=False, only=frame.is_fresh),
    PageEntry("account/welcome.py", "welcome", N_("Welcome"), {VISITOR}, listed=False),
    PageEntry("account/sign_in.py", "sign-in", N_("Sign in"), {VISITOR}, listed=False),
    PageEntry("patient/home.py", "today", N_("Today"), {PATIENT}, on_bar=N_("Today")),
    PageEntry("account/tryout.py", "try", N_("Six faces"), {VISITOR, PATIENT}, listed=False),
    PageEntry("patient/recognise.py", "faces", N_("Recognise"), {PATIENT}, listed=False),
    PageEntry("patient/result.py", "result", N_("Your result"), {PATIENT}, listed=False),
    PageEntry("patient/express.py", "express", N_("Show an emotion"), {PATIENT}),
    PageEntry("patient/expression_result.py", "expression-result", N_("What you showed"), {PATIENT}, listed=False),
    PageEntry("patient/check_in_page.py", "check-in", N_("Check in"), {PATIENT}, listed=False),
    PageEntry("patient/reading_page.py", "reading", N_("To read"), {PATIENT}, listed=False),
    PageEntry("patient/own_summary.py", "own-summary", N_("Your words of these weeks"), {PATIENT}, listed=False),
    PageEntry("patient/questionnaire_page.py", "questionnaire", N_("Questionnaire"), {PATIENT}, listed=False),
    PageEntry("patient/feelings.py", "my-words", N_("My words"), {PATIENT}),
    PageEntry("patient/learn.py", "learn", N_("Learn"), {PATIENT}, on_bar=N_("Learn")),
    PageEntry("patient/progress.py", "progress", N_("My progress"), {PATIENT}),
    PageEntry("account/my_data.py", "my-data", N_("My data"), {PATIENT}),
    PageEntry("account/consent.py", "consent", N_("Your consent"), {PATIENT}, listed=False),
    PageEntry("clinician/patients.py", "patients", N_("My patients"), {CLINICIAN}, on_bar=N_("My patients")),
    PageEntry("clinician/patient.py", "patient", N_("One patient"), {CLINICIAN}, on_bar=N_("One patient")),
    PageEntry("researcher/home.py", "overview", N_("Overview"), {RESEARCHER}, on_bar=N_("Overview")),
    PageEntry("researcher/studies.py", "studies", N_("Studies"), {RESEARCHER}),
    PageEntry("researcher/export.py", "export", N_("Export"), {RESEARCHER}, on_bar=N_("Export")),
    PageEntry("staff/faces.py", "sets", N_("Faces"), {CLINICIAN, RESEARCHER}),
    PageEntry(
        "staff/approvals.py", "approvals", N_("Approvals"), {RESEARCHER, ADMINISTRATOR}, only=frame.wants_approval
    ),
    PageEntry("administrator/colleagues.py", "colleagues", N_("Colleagues"), {ADMINISTRATOR}),
    PageEntry("administrator/events.py", "events", N_("What happened"), {ADMINISTRATOR}),
    PageEntry("administrator/audit.py", "audit", N_("Who saw what"), {ADMINISTRATOR}, listed=False),
    PageEntry("administrator/unblind.py", "unblind", N_("Un-blind"), {ADMINISTRATOR}),
    PageEntry("account/me.py", "account", N_("My account"), SIGNED_IN, on_bar=N_("Me")),
    PageEntry("everybody/files_page.py", "faces-in-files", N_("Faces in files"), SIGNED_IN, listed=STAFF),
    PageEntry("everybody/about.py", "about", N_("What is alexithymia?"), EVERYBODY),
    PageEntry("everybody/network_page.py", "network", N_("About the network"), EVERYBODY),
    PageEntry("account/join.py", "join", N_("Come in"), EVERYBODY, listed=False),
]
"""Every page of the product. The first one of a role is its home; what is not `listed` is not in the menu."""
PLAYED = {"faces", "try"}
"""On which a run may stand, and then nothing else does."""


def show() -> None:
    """Find out who is here, let them choose among their pages, and run the chosen one."""
    go = frame.asked_for()
    try:
        person = frame.identify_visitor()
    except NotSaved as refusal:
        frame.wait(PAGES, refusal)
        return
    restore_typed()
    bare = state().playing
    chosen = frame.navigate(PAGES, person, go)
    if bare and chosen.url_path not in PLAYED:  # left by the browser's Back
        state().run = state().trying = None
        bare = False
    staff = person is not None and person.role is not Role.PATIENT
    title = f"{chosen.title} · Lexithymia"
    st.set_page_config(page_title=title, page_icon=frame.ICON, layout="wide" if staff else "centered")
    if person is not None and not bare:
        menu.show_menu(frame.entries_of(PAGES, person), person, chosen.url_path)
    body = st.container()
    frame.show_foot(person, bare or state().handed_over is not None)
    with body, frame.refusals_on_page():
        show_banner()
        if state().recovery_codes:
            show_recovery_codes()
        else:
            frame.run_page(chosen)


if __name__ == "__main__":
    show()
else:
    addresses = [page.path for page in PAGES]
    app = st.App(
        __file__, on_script_error=frame.show_error, **beside_streamlit(addresses, feedback_in_json, publish_components)
    )
