"""Heat map in words, and as what the trial component lays over the face."""

from math import isqrt

from core.domain.network.rating import NetworkRating
from pages.shared.emotions import label
from pages.shared.recognise.view import HeatMap
from pages.shared.words import _


def heat_map(look: NetworkRating) -> HeatMap | None:
    """The heat map of one face; None where the network does not say where it looked, or found nothing anywhere."""
    if not look.heat or not any(look.heat):
        return None
    return HeatMap(
        values=look.heat,
        box=look.box,
        title=_("Where the computer looked"),
        legend=_(
            "The stronger the colour, the more this place counted for {emotion}. The map is coarse: each place also "
            "sees what lies around it."
        ).format(emotion=f"*{label(look.top)}*"),
        where=_spread_in_words(look.heat),
        toggle=_("Show the colour"),
    )


def _spread_in_words(heat: bytes) -> str:
    """How the colour spreads over the face, in tenths. The crop is the face from forehead to chin: the eyes lie in
    its upper half, the nose in the sixth below, the mouth in the lower third."""
    side = isqrt(len(heat))
    rows = [sum(heat[side * row : side * (row + 1)]) for row in range(side)]
    half, third = side // 2, side - side // 3
    upper, middle, lower = _tenths(sum(rows[:half]), sum(rows[half:third]), sum(rows[third:]))
    return _(
        "Of ten parts of the colour, {upper} lie over forehead and eyes, {middle} over nose and cheeks, {lower} over "
        "mouth and chin."
    ).format(upper=upper, middle=middle, lower=lower)


def _tenths(*amounts: int) -> list[int]:
    """The amounts as whole tenths that add up to ten: what rounding down leaves goes to the largest remainders."""
    exact = [10 * amount / sum(amounts) for amount in amounts]
    tenths = [int(share) for share in exact]
    for place in sorted(range(len(exact)), key=lambda place: tenths[place] - exact[place])[: 10 - sum(tenths)]:
        tenths[place] += 1
    return tenths
