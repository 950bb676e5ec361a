"""The baseline of a page with charts: two of one dot each."""

import plotly.graph_objects as go
import streamlit as st

st.write("two charts")
for place in ("left", "right"):
    st.plotly_chart(go.Figure(go.Scatter(x=[1], y=[1])), key=place)
