"""Built-in faces: 53 computer-made people, six emotions at five strengths, and neutral."""

from core.config import DATA
from core.stimuli.records import Face, SetInfo
from core.translations import N_

FOLDER = DATA / "stimuli" / "builtin"


def read_builtin() -> tuple[SetInfo, list[Face]]:
    """The built-in set: 1,643 faces of 384×384 pixels. Their pictures are not decoded here; a test does that."""
    from core.stimuli.manifest import read_folder  # the welcome page wants no more of this file than FOLDER

    return read_folder(
        FOLDER,
        name="builtin",
        title="Computer-made faces",
        source=N_("rendered with the ICT Face Model Light"),
        licence="MIT (data/stimuli/builtin/ICT-FACEKIT-LICENSE.txt)",
        decode=False,
    )
