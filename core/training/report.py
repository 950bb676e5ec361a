"""A network's figures as text: for a terminal, and for the README."""

from core.domain.card import Card, Quality
from core.domain.emotions import Emotion


def as_text(name: str, quality: Quality) -> str:
    """A few lines on the whole, a table by emotion, the confusion matrix with targets in rows."""
    low, high = quality.interval
    kappa = "–" if quality.kappa is None else f"{quality.kappa:.3f}"
    lines = [
        f"{name}: {quality.right:,} of {quality.faces:,} faces right",
        f"accuracy {quality.accuracy:.2%} (95 % interval {low:.2%} to {high:.2%}), "
        f"macro F1 {quality.macro_f1:.3f}, kappa {kappa}",
        f"calibration error {quality.ece:.3f}, {quality.ece_before:.3f} without temperature",
        "",
        f"{'':10}{'faces':>7}{'precision':>11}{'recall':>9}{'specificity':>13}{'F1':>8}{'accuracy':>10}",
    ]
    lines += [
        f"{row.emotion:10}{row.faces:7}{row.precision:11.3f}{row.recall:9.3f}{row.specificity:13.3f}"
        f"{row.f1:8.3f}{row.accuracy:10.3f}"
        for row in quality.classes
    ]
    lines += ["", f"{'target':10}" + "".join(f"{emotion.word:>10}" for emotion in Emotion)]
    lines += [
        f"{emotion.word:10}" + "".join(f"{count:10}" for count in row)
        for emotion, row in zip(Emotion, quality.matrix, strict=True)
    ]
    return "\n".join(lines)


def as_markdown(card: Card) -> str:
    """The README's paragraph and table on the network that ships."""
    main = card.quality[card.split]
    lines = [f"`{card.name}` {card.version}, {card.parameters:,} parameters, seed {card.seed}:", ""]
    for name, quality in card.quality.items():
        low, high = quality.interval
        lines.append(
            f"- {name}: {quality.accuracy:.1%} of {quality.faces:,} faces (95 % interval {low:.1%} to {high:.1%}), "
            f"macro F1 {quality.macro_f1:.3f}, calibration error {quality.ece:.3f}"
        )
    for share in (share for share in card.served if " at " not in share.group):
        low, high = share.interval
        rate = share.right / share.faces
        lines.append(f"- built-in faces, {share.group}: {rate:.0%} of {share.faces:,} ({low:.0%} to {high:.0%})")
    lines += ["", f"| {card.split} | faces | precision | recall | specificity | F1 |", "|---|---|---|---|---|---|"]
    lines += [
        f"| {row.emotion} | {row.faces:,} | {row.precision:.3f} | {row.recall:.3f} | {row.specificity:.3f} "
        f"| {row.f1:.3f} |"
        for row in main.classes
    ]
    return "\n".join(lines)
