"""The situations: what happened, the face beside it, and what of it can be known. All of them are our own.

Nobody is shamed, hurt or lost in them. The words for what is felt are those of one's own feelings, by their keys.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.domain.emotions import Emotion
from core.translations import N_


class Fit(StrEnum):
    """How a face and a situation go together."""

    AGREES = "agrees"
    STILL = "still"
    """The face is neutral, though something is likely felt."""
    DIFFERS = "differs"
    OPEN = "open"
    """The situation makes no feeling more likely than another."""


@dataclass(frozen=True)
class Vignette:
    """One situation; texts in English."""

    text: str
    """What happened, in one or two sentences."""
    sex: str
    """Of the person whose face is shown, as sets of faces write it."""
    face: Emotion
    fit: Fit
    felt: tuple[str, ...]
    """Words that the situation makes likely; none where it is open."""
    others: tuple[str, ...]
    """Further words that are offered."""
    why: str
    """What of it speaks for them, in one or two sentences."""


VIGNETTES: Mapping[str, Vignette] = {
    "photograph": Vignette(
        N_("Marta opens a parcel. In it is the old photograph that she has looked for all year."),
        "f",
        Emotion.HAPPY,
        Fit.AGREES,
        ("happy", "moved", "surprised"),
        ("angry", "bored", "ashamed"),
        N_("She gets what she has wished for so long."),
    ),
    "dog": Vignette(
        N_("Pablo’s dog ran away this morning. Now it sits at the door and wags its tail."),
        "m",
        Emotion.HAPPY,
        Fit.AGREES,
        ("relieved", "happy", "fond"),
        ("disgusted", "bored", "jealous"),
        N_("He was worried, and now it is over."),
    ),
    "ladder": Vignette(
        N_("Hugo stands at the top of a ladder. It begins to shake."),
        "m",
        Emotion.FEAR,
        Fit.AGREES,
        ("afraid", "nervous", "surprised"),
        ("proud", "bored", "content"),
        N_("He could fall, and it comes all at once."),
    ),
    "goodbye": Vignette(
        N_("Sara’s best friend moves to another country today. They say goodbye at the station."),
        "f",
        Emotion.SAD,
        Fit.AGREES,
        ("sad", "lonely", "fond"),
        ("disgusted", "bored", "amused"),
        N_("She will miss somebody who is dear to her."),
    ),
    "dinner": Vignette(
        N_("Omar has cooked for three friends. One after the other, they write that they cannot come."),
        "m",
        Emotion.SAD,
        Fit.AGREES,
        ("disappointed", "sad", "lonely"),
        ("happy", "curious", "disgusted"),
        N_("He had looked forward to it, and it does not happen."),
    ),
    "queue": Vignette(
        N_("Nora has waited in the queue for a long time. A man walks past them all and goes first."),
        "f",
        Emotion.ANGRY,
        Fit.AGREES,
        ("angry", "irritated", "indignant"),
        ("afraid", "grateful", "lonely"),
        N_("Somebody takes a turn that is not his."),
    ),
    "telephone": Vignette(
        N_("Jorge calls about a bill. For the third time, they tell him to call another number."),
        "m",
        Emotion.ANGRY,
        Fit.AGREES,
        ("frustrated", "angry", "irritated"),
        ("moved", "proud", "jealous"),
        N_("He tries and tries, and it does not work."),
    ),
    "milk": Vignette(
        N_("Leila takes a big sip of milk. It is sour."),
        "f",
        Emotion.DISGUST,
        Fit.AGREES,
        ("disgusted", "surprised"),
        ("proud", "lonely", "grateful", "hopeful"),
        N_("It tastes bad, and she did not expect it."),
    ),
    "birthday": Vignette(
        N_("Marcos comes home and opens the door. The light goes on, and ten friends call his name."),
        "m",
        Emotion.SURPRISE,
        Fit.AGREES,
        ("surprised", "happy", "moved"),
        ("bored", "disgusted", "jealous"),
        N_("He thought that nobody was there."),
    ),
    "late_friend": Vignette(
        N_("Ana waited an hour for a friend. He comes smiling and says: you look well."),
        "f",
        Emotion.NEUTRAL,
        Fit.STILL,
        ("irritated", "disappointed", "angry"),
        ("proud", "afraid", "moved"),
        N_("An hour is long, and he says nothing of it."),
    ),
    "piano": Vignette(
        N_("In five minutes, Tomás plays the piano for thirty people. He sits there and looks at his hands."),
        "m",
        Emotion.NEUTRAL,
        Fit.STILL,
        ("nervous", "excited", "afraid"),
        ("bored", "disgusted", "jealous"),
        N_("It begins soon, and many people will listen."),
    ),
    "letter": Vignette(
        N_("Irene reads a letter twice. She has got the job that she wanted."),
        "f",
        Emotion.NEUTRAL,
        Fit.STILL,
        ("happy", "proud", "relieved"),
        ("angry", "ashamed", "lonely"),
        N_("It is what she had hoped for. Some people show that late, or not at all."),
    ),
    "thanks": Vignette(
        N_("The boss thanks everybody by name for the good work. She leaves out Adrián."),
        "m",
        Emotion.NEUTRAL,
        Fit.STILL,
        ("disappointed", "offended", "angry"),
        ("amused", "grateful", "calm"),
        N_("He did his part, and nobody says so."),
    ),
    "cat": Vignette(
        N_("Lucía’s cat has not eaten for two days. The vet says: we do not know yet what it is."),
        "f",
        Emotion.NEUTRAL,
        Fit.STILL,
        ("worried", "afraid", "sad"),
        ("amused", "proud", "jealous"),
        N_("She loves her cat, and she has to wait."),
    ),
    "train": Vignette(
        N_("Bruno’s train leaves in four minutes. At the ticket machine, the man before him looks for coins."),
        "m",
        Emotion.NEUTRAL,
        Fit.STILL,
        ("nervous", "irritated", "worried"),
        ("moved", "content", "proud"),
        N_("There is little time, and he can do nothing about it."),
    ),
    "dentist": Vignette(
        N_("The dentist calls Luis in. Luis makes a joke."),
        "m",
        Emotion.HAPPY,
        Fit.DIFFERS,
        ("nervous", "afraid"),
        ("proud", "jealous", "moved", "grateful"),
        N_("Many people do not like to go to the dentist, and some of them joke then."),
    ),
    "jumper": Vignette(
        N_("Carla’s brother gives her a jumper. It is the same as last year. She thanks him."),
        "f",
        Emotion.HAPPY,
        Fit.DIFFERS,
        ("disappointed", "amused", "fond"),
        ("afraid", "jealous", "proud"),
        N_("A smile can be kindness. She may have hoped for something else, or find it funny."),
    ),
    "stage": Vignette(
        N_("Eva’s daughter sings on a stage for the first time. There are tears in Eva’s eyes."),
        "f",
        Emotion.SAD,
        Fit.DIFFERS,
        ("proud", "moved", "happy"),
        ("angry", "bored", "disgusted"),
        N_("Something big happens for her child. Tears do not always come from sadness."),
    ),
    "road": Vignette(
        N_("Raúl’s little son runs towards the road. Raúl holds him back in time, and shouts."),
        "m",
        Emotion.ANGRY,
        Fit.DIFFERS,
        ("afraid", "relieved", "worried"),
        ("bored", "amused", "jealous"),
        N_("He loves his son. Shouting often comes from fear."),
    ),
    "secret_party": Vignette(
        N_("Nico’s friends come with a cake. They think that he knew nothing. He has known it for a week."),
        "m",
        Emotion.SURPRISE,
        Fit.DIFFERS,
        ("happy", "amused", "fond"),
        ("afraid", "angry", "lonely"),
        N_("He knew it, and he makes the face that his friends hope for."),
    ),
    "race": Vignette(
        N_("Julia comes second in the race. One second was missing. She hugs the winner."),
        "f",
        Emotion.HAPPY,
        Fit.DIFFERS,
        ("disappointed", "proud", "happy"),
        ("disgusted", "afraid", "bored"),
        N_("One can feel two things at once. A smile shows only one of them."),
    ),
    "message": Vignette(
        N_("A woman at the next desk reads a message and puts her phone down."),
        "f",
        Emotion.SAD,
        Fit.OPEN,
        (),
        ("sad", "worried", "disappointed", "bored", "irritated", "relieved"),
        N_("We do not know what the message says."),
    ),
    "watch": Vignette(
        N_("A woman on the bus looks at her watch."),
        "f",
        Emotion.SURPRISE,
        Fit.OPEN,
        (),
        ("surprised", "worried", "curious", "excited", "nervous", "relieved"),
        N_("She may be late or early, or wait for something good."),
    ),
    "window": Vignette(
        N_("A neighbour comes to his window and closes it."),
        "m",
        Emotion.ANGRY,
        Fit.OPEN,
        (),
        ("angry", "irritated", "nothing_much", "worried", "frustrated", "calm"),
        N_("It may be the noise or the cold, or he wants to sleep."),
    ),
}
