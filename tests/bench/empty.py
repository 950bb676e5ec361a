"""The baseline of the bench: the least that Streamlit can do, a button and the number of its clicks."""

import streamlit as st

if "clicks" not in st.session_state:
    st.session_state.clicks = 0
if st.button("Go"):
    st.session_state.clicks += 1
st.write(f"clicks {st.session_state.clicks}")
