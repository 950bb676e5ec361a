"""The camera's page is drawn from where the exercise stands after a step, not before it."""

from streamlit.testing.v1 import AppTest


def _page() -> None:
    import streamlit as st

    from pages.patient.camera.state import CameraScreen, express_state
    from pages.shared.frame.again import run_again, step_button

    def to_run(step: CameraScreen) -> None:
        express_state().step = step

    st.title(express_state().step)
    step_button("Begin", to_run, CameraScreen.RUN, type="primary")
    if st.toggle("The stream ends") and express_state().step is CameraScreen.RUN:
        express_state().step = CameraScreen.CHOICE
        run_again()


def test_what_stands_above_a_button_shows_the_step_that_it_took() -> None:
    at = AppTest.from_function(_page, default_timeout=60).run()
    assert at.title[0].value == "choice"
    at.button[0].click().run()
    assert not at.exception
    assert [title.value for title in at.title] == ["run"]


def test_what_is_learnt_below_is_drawn_above() -> None:
    at = AppTest.from_function(_page, default_timeout=60).run()
    at.button[0].click().run()
    at.toggle[0].set_value(True).run()
    assert not at.exception
    assert [title.value for title in at.title] == ["choice"]
