"""Doubts as one HTML file with the pictures inside, to be looked at on the machine that holds the data."""

import base64
from collections.abc import Mapping, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from core.training.doubts import Doubt

_HEAD = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Faces to look at again</title>
<style>
body { font: 16px/1.4 sans-serif; margin: 2rem; background: #fbfaf7; color: #1f2933 }
ul { display: flex; flex-wrap: wrap; gap: 1rem; padding: 0; list-style: none }
li { width: 10rem; background: #fff; border: 1px solid #e5e1d8; border-radius: 12px; padding: .75rem }
img { width: 96px; height: 96px; image-rendering: pixelated; display: block; margin-bottom: .5rem }
</style>
<h1>Faces to look at again</h1>
<p>For people to judge. The list changes nothing: the network alone never takes a face out of a set. Do not pass this
file on: it holds pictures of FER-2013.</p>
"""


def as_page(lists: Mapping[str, Sequence[Doubt]], pictures: Mapping[int, NDArray[np.uint8]]) -> str:
    """The lists under their titles; `pictures` by row, uint8 [48, 48]."""
    parts = [_HEAD]
    for title, doubtful in lists.items():
        parts.append(f"<h2>{title}</h2>\n<ul>")
        parts += [_item(one, pictures[one.row]) for one in doubtful]
        parts.append("</ul>")
    return "\n".join([*parts, "</html>", ""])


def _item(doubt: Doubt, picture: NDArray[np.uint8]) -> str:
    png = base64.b64encode(cv2.imencode(".png", picture)[1].tobytes()).decode()
    said = (
        f"{doubt.votes and max(doubt.votes)} of {sum(doubt.votes)} votes for one answer"
        if doubt.votes
        else "no votes known"
    )
    return (
        f'<li><img alt="face of row {doubt.row}" src="data:image/png;base64,{png}">row {doubt.row}, {doubt.split}<br>'
        f"label: <b>{doubt.label}</b><br>network: <b>{doubt.network}</b>, {max(doubt.probabilities):.0%}<br>"
        f"rather: <b>{doubt.suggested}</b>, doubt {doubt.doubt:.2f}<br>{said}</li>"
    )
