"""Words of the expression exercise: why a way is not open, what to do about the picture, what the network saw."""

from collections.abc import Mapping

from core.domain.camera.hold import Hold, Interruption, Phase
from core.domain.camera.ladder import Reason, Tick, Way
from core.domain.camera.shape import Moved
from core.domain.emotions import Emotion
from core.domain.exercise.places import FacePlace
from pages.shared.emotions import label
from pages.shared.words import _


def why(reason: Reason) -> str:
    """What stands in the way of the live picture, and what can be done about it."""
    reasons = {
        Reason.INSECURE: _(
            "Browsers allow the camera only on pages with https. This page came without it; whoever runs it can "
            "change that."
        ),
        Reason.NO_CAMERA: _("No camera was found, or another program is using it."),
        Reason.DENIED: _(
            "The browser does not let this page use the camera. You can change that with the sign beside the address. "
            "You need not."
        ),
        Reason.NOT_ANSWERED: _("The browser asked whether this page may use the camera, and got no answer."),
        Reason.NO_PLACE: _("Many people use their camera here just now, so there is no live picture for the moment."),
        Reason.STREAM_BLOCKED: _(
            "The live picture does not get through to the server. Often a firewall is in the way. Nothing is wrong "
            "with your camera."
        ),
        Reason.TOO_SLOW: _("The live picture arrives too slowly for holding an expression."),
        Reason.TOO_DARK: _("It is very dark. Please put a light in front of you, not behind you."),
        Reason.NO_FACE: _("There is no face in the picture. Please sit so that your face is in the middle."),
        Reason.TWO_FACES: _("There is more than one face in the picture. Please be alone before the camera."),
        Reason.TOO_SMALL: _("Your face is small in the picture. Please come a little closer."),
        Reason.GAVE_WAY: _("The live picture broke off. Perhaps the camera was unplugged, or the connection is weak."),
    }
    return reasons[reason]


def instead(way: Way) -> str:
    """How it goes on by `way`."""
    ways = {
        Way.STREAM: _("You see yourself as in a mirror, live."),
        Way.SNAPSHOT: _("You can take single pictures instead."),
        Way.FILE: _("You can choose pictures from a file instead."),
        Way.NOT_TODAY: _("Then not today. Everything else works as before."),
    }
    return ways[way]


def tick(check: Tick) -> str:
    """What is checked before the beginning."""
    return {
        Tick.CAMERA: _("Camera on"),
        Tick.LIGHT: _("Enough light"),
        Tick.FACE: _("One face, near"),
        Tick.SPEED: _("Fast enough"),
    }[check]


def now(hold: Hold) -> str:
    """What the person does at this moment of an attempt."""
    if hold.phase is Phase.COUNTDOWN:
        return _("Get ready.")
    problem = {
        Interruption.NO_FACE: _("There is no face in the picture. The ring fills as soon as there is one."),
        Interruption.TWO_FACES: _("There is more than one face in the picture. The ring fills when you are alone."),
        Interruption.GAP: _("The picture stood still for a moment. Please hold it once more."),
    }
    return problem[hold.interrupted] if hold.interrupted else _("Hold it until the ring is full.")


def what_moved(emotion: Emotion, places: Mapping[FacePlace, Moved]) -> str:
    """The places that moved as `emotion` moves them, then those that hardly did; empty where nothing can be said."""
    as_meant = {
        FacePlace.BROWS: _("Your eyebrows moved as they do in {emotion}."),
        FacePlace.EYES: _("Your eyes moved as they do in {emotion}."),
        FacePlace.NOSE: _("Your nose moved as it does in {emotion}."),
        FacePlace.MOUTH: _("Your mouth moved as it does in {emotion}."),
    }
    hardly = {
        FacePlace.BROWS: _("Your eyebrows hardly moved that way."),
        FacePlace.EYES: _("Your eyes hardly moved that way."),
        FacePlace.NOSE: _("Your nose hardly moved that way."),
        FacePlace.MOUTH: _("Your mouth hardly moved that way."),
    }
    if len(places) == 2 and set(places.values()) == {Moved.AS_MEANT}:
        first, second = places
        too = {FacePlace.EYES: _("So did your eyes."), FacePlace.MOUTH: _("So did your mouth.")}
        return f"{as_meant[first].format(emotion=label(emotion))} {too[second]}"
    said = [
        sentences[place].format(emotion=label(emotion))
        for kind, sentences in ((Moved.AS_MEANT, as_meant), (Moved.HARDLY, hardly))
        for place, how in places.items()
        if how is kind
    ]
    return " ".join(said)
