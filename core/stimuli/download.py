"""Download of FER-2013 from Kaggle, only when somebody asks for it: the only place here that goes online."""

from pathlib import Path

from core.domain.language import Sentence
from core.stimuli.records import StimulusError

DATASET = "msambare/fer2013"


def download_fer2013() -> Path:
    """Fetch FER-2013's folder form with kagglehub; the folder to give to `read_fer2013`.

    Kagglehub keeps it in its own cache (`~/.cache/kagglehub`, or KAGGLEHUB_CACHE) and does not fetch it twice.
    """
    import kagglehub  # 0.4 s and a network library, for a function that few call
    from kagglehub.exceptions import BackendError, CredentialError, DataCorruptionError, UnauthenticatedError

    try:
        return Path(kagglehub.dataset_download(DATASET))
    except (OSError, BackendError, CredentialError, DataCorruptionError, UnauthenticatedError) as error:
        raise StimulusError(
            f"kaggle.com/datasets/{DATASET}",
            Sentence("the download failed ({error})", error=f"{type(error).__name__}: {str(error)[:200]}"),
            Sentence("a connection to Kaggle"),
            Sentence("Try again online, or download it with a browser and give the file's path."),
        ) from error
