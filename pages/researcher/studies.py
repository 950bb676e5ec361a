"""Studies: what runs, and a new one with its arms."""

import streamlit as st

from core.domain.exercise.plan import Plan
from core.services.faces import stimulus_sets
from core.services.research import studies
from core.services.research.studies import Arm, Study
from pages.shared.flash import flash_refusals, show_flash
from pages.shared.format import day, plain
from pages.shared.measures.patient_words import plan_in_words
from pages.shared.measures.plan_fields import ask_plan, exposure_name
from pages.shared.quiet import quiet
from pages.shared.resources import store
from pages.shared.set_names import title_in_text
from pages.shared.state import state
from pages.shared.words import _, ngettext

app = state()
existing = studies.studies(store(), app.token)
sets = stimulus_sets.list_sets(store(), app.token)
titles = {one.name: one.title for one in reversed(sets)}


def close(study_id: str) -> None:
    with flash_refusals():
        studies.close_study(store(), app.token, study_id)


def describe(study_id: str, licence: str, authors: str) -> None:
    with flash_refusals():
        studies.describe_study(store(), app.token, study_id, licence, authors.splitlines())


def ask_description(study: Study) -> None:
    """Licence and authors, which every export of the study says."""
    with st.form(f"describe-{study.id}", border=False):
        licence = st.text_input(
            _("Licence of its exports (empty: all rights reserved)"), study.licence, max_chars=studies.LONGEST_NAME
        )
        authors = st.text_area(_("Authors of its exports, one in each line"), "\n".join(study.authors))
        if st.form_submit_button(_("Save")):
            describe(study.id, licence, authors)


def people_in_words(study: Study) -> str:
    taken = ngettext("{number} person was taken in", "{number} people were taken in", study.enrolled)
    left = ngettext("{number} withdrew", "{number} withdrew", study.withdrawn)
    return f"{taken.format(number=study.enrolled)}, {left.format(number=study.withdrawn)}."


def show(study: Study) -> None:
    with st.container(border=True):
        st.header(plain(study.name))
        st.markdown(people_in_words(study))
        if study.closed_at is None:
            quiet(_("Takes people in since {date}.").format(date=day(study.created_at)))
        else:
            quiet(_("Closed to new people since {date}.").format(date=day(study.closed_at)))
        with st.expander(_("Protocol and arms")):
            st.text(study.protocol)
            for place, arm in enumerate(study.arms):
                st.markdown(f"**{plain(arm.name)}**")
                st.markdown(plan_in_words(arm.plan, title_in_text(titles.get(arm.plan.set_name, arm.plan.set_name))))
                quiet(f"{_('How long a face is shown')}: {exposure_name(arm.plan.exposure_ms)}.")
                if study.by_arm is not None:
                    number = study.by_arm[place]
                    quiet(ngettext("{number} person", "{number} people", number).format(number=number))
            if study.seed is not None:
                quiet(_("Seed of the allocation: {seed}").format(seed=study.seed))
            else:
                quiet(_("Who is in which arm, and the seed that decides it, are shown once the study is closed."))
            ask_description(study)
        if study.closed_at is None:
            with st.popover(_("Take in nobody any more")):
                st.markdown(_("Whoever takes part goes on. A closed study cannot be opened again."))
                st.button(_("Close the study"), key=f"close-{study.id}", on_click=close, args=(study.id,))


def new(made: int) -> None:
    """Name, protocol, and an arm for each tab; empty again when one more study was `made`."""
    st.header(_("A new study"))
    st.markdown(
        _(
            "Clinicians take people in who agreed to research. By lot, in blocks of random size, each gets an arm; an "
            "arm is a plan. Nobody sees what comes next."
        )
    )
    number = st.segmented_control(_("Arms"), [2, 3, 4], default=2) or 2
    with st.form(f"study-{made}"):
        name = st.text_input(_("Name of the study"), max_chars=studies.LONGEST_NAME, key=f"name-{made}")
        help_text = _("Protocol: what is done, for whom, for how long, and what is measured")
        protocol = st.text_area(help_text, height=160, key=f"protocol-{made}")
        arms: list[tuple[str, Plan | None]] = []
        for place, tab in enumerate(st.tabs([_("Arm {number}").format(number=n + 1) for n in range(number)])):
            with tab:
                own = st.text_input(_("Name of the arm"), max_chars=studies.LONGEST_NAME, key=f"arm-{made}-{place}")
                arms.append((own, ask_plan(Plan().in_blocks("standard"), sets, f"{made}-{place}")))
        if not st.form_submit_button(_("Make the study"), type="primary"):
            return
    whole = [Arm(own, plan) for own, plan in arms if plan is not None]
    if len(whole) < len(arms):
        st.warning(_("Choose at least two emotions for practice."))
        return
    with flash_refusals():
        studies.make_study(store(), app.token, name, protocol, whole)
        st.switch_page("pages/researcher/studies.py", query_params={"made": "1"})
    show_flash()


st.title(_("Studies"))
show_flash()
if st.query_params.get("made"):
    st.success(_("The study is there. Clinicians can take people in from now on."))
for one in existing:
    show(one)
if not existing:
    st.markdown(_("There is no study yet. Practice outside a study needs none."))
new(len(existing))
