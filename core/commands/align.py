"""Align every face of FER-2013 by its landmarks and write the set again, to train and evaluate on.

The landmark finder is MediaPipe's face mesh, read from its wheel:
  pip download --no-deps mediapipe==0.10.21
The result has the rows of the original in their order, so the FER+ votes still fit. Faces without landmarks stay.
"""

import argparse
import gzip
import sys
from pathlib import Path

from core.commands.import_faces import tell


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, required=True, metavar="PATH", help="FER-2013 in any of its forms")
    parser.add_argument("--finder", type=Path, required=True, metavar="WHEEL", help="MediaPipe's wheel")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.csv.gz")


def run(options: argparse.Namespace) -> int:
    from core.stimuli.fer2013 import read_arrays
    from core.training.align import LandmarkFinder, align_all

    partial = options.out.with_name(options.out.name + ".partial")
    try:
        finder = LandmarkFinder(options.finder)
        pictures, labels, usages = read_arrays(options.data, tell=tell)
        aligned_count = 0
        with gzip.open(partial, "wt", compresslevel=5) as file:
            file.write("emotion,pixels,Usage\n")
            for i, (face, seen) in enumerate(align_all(pictures, finder)):
                aligned_count += seen
                file.write(f"{labels[i]},{' '.join(map(str, face.ravel().tolist()))},{usages[i]}\n")
                if i % 1000 == 0:
                    print(f"{i:,} of {len(pictures):,}", flush=True)
        partial.replace(options.out)
    except (ValueError, OSError) as error:
        partial.unlink(missing_ok=True)
        print(error, file=sys.stderr)
        return 1
    share = aligned_count / len(pictures)
    print(f"{options.out}: landmarks in {aligned_count:,} of {len(pictures):,} faces ({share:.1%})")
    return 0
