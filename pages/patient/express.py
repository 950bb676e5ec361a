"""Show an emotion to the camera: notice and consent, the check of the camera, then Mirror, Show it or Name it."""

from core.domain.ladder import Way
from pages.shared.express_gate import pass_gate
from pages.shared.express_preflight import show_preflight
from pages.shared.express_run import show_run
from pages.shared.express_state import Step
from pages.shared.express_tasks import show_choice, show_mirror
from pages.shared.state import state

express = state().express
if express.stream_ended:
    express.begin_again()
if pass_gate():
    if express.way is None:
        show_preflight()
    elif express.step is Step.MIRROR and express.way is Way.STREAM:
        show_mirror()
    elif express.step is Step.RUN and express.run is not None:
        show_run()
    else:
        show_choice()
