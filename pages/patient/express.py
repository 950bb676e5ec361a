"""Show an emotion to the camera: notice and consent, the check of the camera, then Mirror, Show it or Name it."""

from core.domain.camera.ladder import Way
from pages.patient.camera.gate import pass_gate
from pages.patient.camera.preflight_view import show_preflight
from pages.patient.camera.run import show_run
from pages.patient.camera.state import CameraScreen, express_state
from pages.patient.camera.tasks import show_choice, show_mirror
from pages.shared.state import state

express = express_state()
if express.stream_ended(left=state().page != "express"):
    express.begin_again()
if pass_gate():
    if express.way is None:
        show_preflight()
    elif express.step is CameraScreen.MIRROR and express.way is Way.STREAM:
        show_mirror()
    elif express.step is CameraScreen.RUN and express.run is not None:
        show_run()
    else:
        show_choice()
