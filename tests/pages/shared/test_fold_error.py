"""An error in a part of a page that runs alone, such as a fold that is filled when it is opened."""

from streamlit.testing.v1 import AppTest


def page_with_a_broken_part() -> None:
    import streamlit as st

    from pages.shared.frame import refusals_on_page

    @st.fragment
    def part() -> None:
        raise ZeroDivisionError

    with refusals_on_page():
        st.markdown("before")
        part()


def test_it_is_told_once_in_its_place() -> None:
    at = AppTest.from_function(page_with_a_broken_part).run()
    assert len(at.exception) == 1, "by whom every error of a page is told"
    assert not at.warning, "and not once more for the whole page"
