"""Zips of faces that an administrator uploads: looked at, decided on, and only then stored.

An upload lies in a folder of its own until it is stored, cancelled, replaced or an hour old. It is read by the reader
of the commands `manifest` and `import-faces`.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from core.config import settings
from core.domain.emotions import Emotion
from core.domain.files import refused
from core.domain.language import Sentence
from core.domain.network.rating import Rater
from core.domain.people import Refusal
from core.services.faces.looking import Progress
from core.services.faces.stimulus_sets import bring_in, importing_alone, refusing
from core.services.gate.access import require_administrator
from core.stimuli.emotion_words import plain, read_answers
from core.stimuli.records import ROLES, Face, LeftOut, StimulusError
from core.storage import waiting_faces
from core.storage.database import Store

if TYPE_CHECKING:
    from core.stimuli.uploaded import UploadedSet


@dataclass(frozen=True)
class Choice:
    """What somebody says of an uploaded set."""

    form: str = ""
    """How its pictures are named: "manifest" or one of `naming.LIKE`; "" for what fits best."""
    words: Mapping[str, str] = field(default_factory=dict)
    """What words for emotions mean that no table has: one of the seven, or `emotion_words.LEFT_OUT`."""


@dataclass(frozen=True)
class SetPreview:
    """What was understood of an uploaded set. It can be stored if nothing is wrong or asked."""

    forms: dict[str, int]
    """Way of naming to how many pictures it understands."""
    form: str
    """The one by which this was read."""
    unknown: dict[str, int]
    """Words for emotions to ask about, and how many pictures have them."""
    fer2013: bool
    """It is FER-2013, which is brought in another way."""
    mistakes: tuple[Sentence, ...]
    """What has to be mended first, a line for each kind."""
    emotions: dict[Emotion, int]
    people: dict[str, int]
    """Role to how many people have it; all under "" where nobody has any."""
    strengths: dict[int, int]
    """Percent to how many pictures."""
    samples: list[tuple[Emotion, bytes]]
    left_out: tuple[LeftOut, ...]
    notes: tuple[Sentence, ...]
    """What the set lacks."""

    @property
    def faces(self) -> int:
        return sum(self.emotions.values())

    @property
    def fits(self) -> bool:
        """Whether it can be stored."""
        return bool(self.faces) and not (self.unknown or self.mistakes or self.fer2013)


def require_uploads(store: Store, token: str) -> None:
    """Whoever is no administrator is refused."""
    _administrator(store, token)


def begin(store: Store, token: str, name: str, size: int) -> Path:
    """Where an administrator's upload, called `name`, is to be written; `size` in bytes as announced, 0 if unknown.

    Their former upload goes. Raises FileRefused where it is too large, or the disk too full.
    """
    person_id = _administrator(store, token)
    if size > most_bytes():
        raise refused("bytes")
    if not waiting_faces.has_room(size or most_bytes()):
        raise refused("disk")
    title = re.sub(r"[^\w-]+", " ", Path(name.replace("\\", "/")).stem[:60]).strip() or "faces"
    return waiting_faces.begin(person_id) / f"{title}.part"


def finish(part: Path) -> str:
    """The upload has arrived; the name by which the page asks for it."""
    part.rename(part.with_suffix(".zip"))
    return part.parent.name


def most_bytes() -> int:
    """Of a zip."""
    return settings().faces_upload * 1_000_000


def preview(store: Store, token: str, upload: str, choice: Choice, progress: Progress | None = None) -> SetPreview:
    """What is understood of an upload; nothing is stored. A file that is no zip of faces is refused and deleted."""
    from core.stimuli.samples import samples
    from core.stimuli.uploaded import told_as_left_out

    folder = _find(store, token, upload)
    with importing_alone(), refusing():
        held = _unpacked(folder)
        forms = held.forms()
        form = choice.form if choice.form in forms else next(iter(forms), "")
        answers = read_answers(f"{word}={meant}" for word, meant in choice.words.items())
        left_out = list(held.left_out)
        faces: list[Face] = []
        mistakes: tuple[Sentence, ...] = ()
        notes: tuple[Sentence, ...] = ()
        unknown: dict[str, int] = {}
        if not held.fer2013 and form:
            unknown, aside = held.ask(form, answers)
            left_out += aside
            asked = answers | {plain(word): None for word in unknown}  # for what is understood of the others
            try:
                info, faces = held.read(form, asked, progress)
                notes = () if unknown else tuple(note for note in info.notes if not told_as_left_out(note, form))
            except StimulusError as error:
                mistakes = error.lines
        elif not form and not held.fer2013:
            mistakes = (_nothing_named(held),)
        with_roles = {face.identity: face.role for face in faces if face.identity}
        return SetPreview(
            forms=forms,
            form=form,
            unknown=unknown,
            fer2013=held.fer2013,
            mistakes=mistakes,
            emotions=dict(sorted(Counter(face.target for face in faces).items())),
            people=_by_role(with_roles),
            strengths=dict(sorted(Counter(face.intensity for face in faces if face.intensity is not None).items())),
            samples=samples(faces),
            left_out=tuple(left_out),
            notes=notes,
        )


def store_upload(
    store: Store,
    token: str,
    upload: str,
    choice: Choice,
    title: str,
    source: str,
    licence: str,
    rater: Rater,
    progress: Progress | None = None,
) -> int:
    """Store the faces of an upload as they were previewed with the same choice, and delete the upload; returns the row
    id of the set."""
    folder = _find(store, token, upload)
    with importing_alone(), refusing():
        held = _unpacked(folder)
        answers = read_answers(f"{word}={meant}" for word, meant in choice.words.items())
        if held.fer2013 or choice.form not in held.forms() or held.ask(choice.form, answers)[0]:
            raise Refusal("Please look at the preview first, and answer what it asks.")
        names = {"title": title.strip() or None, "source": source.strip(), "licence": licence.strip()}
        reading = held.read(choice.form, answers, None, **names)
        set_id = bring_in(store, reading, rater, progress)
    cancel(store, token, upload)
    return set_id


def waits(store: Store, token: str, upload: str) -> bool:
    """Whether an administrator's own upload is there still."""
    return waiting_faces.find(_administrator(store, token), upload) is not None


def cancel(store: Store, token: str, upload: str) -> None:
    """Delete an upload; one that is gone already stays gone."""
    person_id = _administrator(store, token)
    if waiting_faces.find(person_id, upload) is not None:
        waiting_faces.delete_of(person_id)


def _administrator(store: Store, token: str) -> str:
    with store.begin() as db:
        return require_administrator(db, token).id


def _find(store: Store, token: str, upload: str) -> Path:
    folder = waiting_faces.find(_administrator(store, token), upload)
    if folder is None:
        raise Refusal("This upload is not here any more. Please choose the file again.")
    return folder


def _nothing_named(held: "UploadedSet") -> Sentence:
    return Sentence(
        "{folder}: no picture whose emotion is named. See “{command}”.",
        folder=held.root.name,
        command="python -m core manifest",
    )


def _by_role(role_of: Mapping[str, str | None]) -> dict[str, int]:
    counts = Counter(role or "" for role in role_of.values())
    divided = {role: counts[role] for role in ROLES if counts[role]}
    return divided if len(divided) > 1 else ({"": len(role_of)} if role_of else {})


def _unpacked(folder: Path) -> "UploadedSet":
    """What cannot be unpacked is not kept; nor is half of it where the disk is full."""
    from core.stimuli.uploaded import UploadedSet

    try:
        return UploadedSet.of(folder, 2 * most_bytes())
    except StimulusError:
        waiting_faces.delete(folder)
        raise
    except OSError as error:
        waiting_faces.delete(folder)
        raise refused("disk") from error
