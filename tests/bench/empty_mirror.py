"""The baseline of the live mirror: streamlit_webrtc alone, which sends each frame back as it came."""

import streamlit as st
from streamlit_webrtc import WebRtcMode, webrtc_streamer

if st.button("Go"):
    st.session_state.on = True
webrtc_streamer(
    key="echo",
    mode=WebRtcMode.SENDRECV,
    rtc_configuration={"iceServers": []},
    media_stream_constraints={
        "video": {"width": {"ideal": 640}, "height": {"ideal": 480}, "frameRate": {"ideal": 30, "max": 30}},
        "audio": False,
    },
    desired_playing_state=st.session_state.get("on", False),
    video_frame_callback=lambda frame: frame,
    sendback_audio=False,
    media_toggle_controls=False,
    video_html_attrs={"autoPlay": True, "controls": False, "muted": True},
)
