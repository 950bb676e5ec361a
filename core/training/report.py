"""A network's figures as text, in the form of Surya & Liu's table; targets in rows, answers in columns."""

from collections.abc import Sequence

from core.domain.emotions import Emotion
from core.domain.network.card import Card
from core.domain.network.quality import Crowd, Interval, Quality, Share
from core.training.data import PUBLIC


def as_text(name: str, quality: Quality) -> str:
    """A few lines on the whole, a table by class, the confusion matrix."""
    return "\n".join([*_head(name, quality), _calibration(quality), "", *_tables(quality)])


def crowd_as_text(crowd: Crowd) -> str:
    """The same of the crowd head, whose shares are of votes: how sure it is says nothing of how often most agree."""
    head = _head(f"What people would say, {crowd.rule}", crowd.quality)
    return "\n".join([*head, "", *_tables(crowd.quality)])


def _head(name: str, quality: Quality) -> list[str]:
    kappa = "–" if quality.kappa is None else f"{quality.kappa:.3f}"
    return [
        f"{name}: {quality.right:,} of {quality.faces:,} faces right",
        f"accuracy {quality.accuracy:.2%} ({_percent(quality.interval)}), macro F1 {quality.macro_f1:.3f} "
        f"({_plain(quality.macro_f1_interval)}), kappa {kappa}",
    ]


def _calibration(quality: Quality) -> str:
    verdict = "no more than" if quality.could_be_perfect else "more than"
    return (
        f"calibration error {quality.calibration.error:.3f} ({_plain(quality.calibration.interval)}), "
        f"{quality.uncalibrated.error:.3f} without temperature; {verdict} a perfectly calibrated network shows by "
        f"chance ({quality.perfect:.3f}, {_plain(quality.perfect_range)})"
    )


def _tables(quality: Quality) -> list[str]:
    width = max(map(len, quality.names)) + 2
    lines = [
        f"{'':{width}}{'faces':>7}{'precision':>11}{'recall':>9}{'specificity':>13}{'F1':>8}{'accuracy':>10}"
        f"{'AP':>8}{'AUC':>8}",
    ]
    lines += [
        f"{row.name:{width}}{row.faces:7}{row.precision:11.3f}{row.recall:9.3f}{row.specificity:13.3f}{row.f1:8.3f}"
        f"{row.accuracy:10.3f}{_figure(row.average_precision):>8}{_figure(row.auc):>8}"
        for row in quality.classes
    ]
    lines += ["", f"{'target':{width}}" + "".join(f"{one:>{width}}" for one in quality.names)]
    lines += [
        f"{one:{width}}" + "".join(f"{count:{width}}" for count in row)
        for one, row in zip(quality.names, quality.matrix, strict=True)
    ]
    return lines


def as_answer(shares: dict[str, float]) -> str:
    """One picture's shares by emotion, the largest first."""
    return "\n".join(
        f"  {word:10} {shares[word]:6.1%}" for word in sorted(shares, key=shares.__getitem__, reverse=True)
    )


def as_markdown(cards: dict[str, Card], default: str) -> str:
    """For docs/networks.md: the network that ships in detail, then all networks in a table, then future work in one."""
    twin = cards[default].twin
    rows = [card for card in cards.values() if card.kind != "future" or card.key == twin]
    future = [card for card in cards.values() if card not in rows]
    parts = [_detail(cards[default], cards), _table(rows)]
    if future:
        parts += ["What the papers name as future work:\n\n" + _table(future), _rare(cards[default], future)]
    return "\n\n".join(parts)


def table(cards: dict[str, Card]) -> str:
    """All cards, a line each, for a terminal."""
    lines = [f"{'network':24}{'paper':>8}{'ours':>8}  {'interval':16}{'difference':>11}  on; protocol"]
    for card in cards.values():
        printed = card.published.accuracy if card.published else None
        difference = "–" if card.difference is None else f"{card.difference:+.1f}"
        lines.append(
            f"{card.key:24}{_share(printed):>8}{_share(card.reproduced.accuracy):>8}  "
            f"{_percent(card.reproduced.interval):16}{difference:>11}  {_on(card)}; {_protocol(card)}"
        )
    return "\n".join(lines)


def _detail(card: Card, cards: dict[str, Card]) -> str:
    size = f"{card.size / 1e6:.1f} MB"
    lines = [f"`{card.key}` {card.version}: {card.title}; {card.parameters:,} parameters, {size}, {card.weights}:", ""]
    for name, quality in card.quality.items():
        lines.append(
            f"- {name}: {quality.accuracy:.1%} of {quality.faces:,} faces ({_percent(quality.interval)}), macro F1 "
            f"{quality.macro_f1:.3f}, calibration error {quality.calibration.error:.3f} "
            f"({_plain(quality.calibration.interval)}; by chance alone {quality.perfect:.3f})"
        )
    for crowd in card.crowd:
        lines.append(
            f"- what most people saw, eight answers: {crowd.quality.accuracy:.1%} of {crowd.quality.faces:,} faces of "
            f"PrivateTest ({_percent(crowd.quality.interval)}); {crowd.rule}"
        )
    for by in ("intensity", "skin", "sex"):
        if shown := [share for share in card.served if share.by == by]:
            lines.append(f"- built-in faces by {by}: " + ", ".join(map(_group, shown)))
    if card.twin in cards:
        twin = cards[card.twin]
        full = [_group(share) for share in twin.served if (share.by, share.group) == ("intensity", "100 %")]
        lines.append(
            f"- `{twin.key}`, which saw no rendered face in training: {twin.split} {twin.main.accuracy:.1%} "
            f"({_percent(twin.main.interval)}), built-in faces at {', '.join(full)}; {_protocol(twin)}, `{card.key}` "
            f"{_protocol(card)}: rendered faces are not the only difference"
        )
    lines += [
        "",
        f"| {card.split} | faces | precision | recall | specificity | F1 | accuracy | AP | AUC |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {row.name} | {row.faces:,} | {row.precision:.3f} | {row.recall:.3f} | {row.specificity:.3f} "
        f"| {row.f1:.3f} | {row.accuracy:.3f} | {_figure(row.average_precision)} | {_figure(row.auc)} |"
        for row in card.main.classes
    ]
    return "\n".join(lines)


def _table(cards: Sequence[Card]) -> str:
    lines = [
        "| network | paper | published | here (95 %) | on | epochs run / asked | runs | note |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for card in cards:
        printed = card.published.accuracy if card.published else None
        setup = card.setup
        lines.append(
            f"| `{card.key}` | {card.paper or 'ours'} | {_share(printed)} | {_share(card.reproduced.accuracy)} "
            f"({_percent(card.reproduced.interval)}) | {_on(card)} | {setup.epochs_run} / {setup.epochs_asked} "
            f"| {setup.runs_done} / {setup.runs_asked} | {_note(card)} |"
        )
    return "\n".join(lines)


def _on(card: Card) -> str:
    """The faces that the accuracy is of; fewer emotions are easier to tell apart."""
    classes = len(card.setup.classes)
    return card.split if classes == len(Emotion) else f"{card.split}, {classes} emotions"


def _rare(default: Card, future: Sequence[Card]) -> str:
    """How much is found of the two emotions that imbalance costs most, beside the default's intervals."""
    sentences = []
    for card in (default, *future):
        ours, usual = ([one.main.of(word) for word in ("disgust", "fear")] for one in (card, default))
        same = all(b.recall_interval[0] <= a.recall <= b.recall_interval[1] for a, b in zip(ours, usual, strict=True))
        said = " and ".join(f"{one.recall:.2f}" for one in ours)
        sentences.append(
            f"`{card.key}` {said}" + (" (no more than chance apart)" if same and card is not default else "")
        )
    return f"Disgust and fear found (recall): {', '.join(sentences)}."


def _note(card: Card) -> str:
    """What a row must say besides its figures: what it is, the difference, what was not run."""
    said = [card.title]
    if card.difference is not None:
        said.append(f"{card.difference:+.1f} points")
    if PUBLIC in card.split:
        said.append(f"its epoch was chosen on {PUBLIC}")
    return "; ".join([*said, _protocol(card)])


def _protocol(card: Card) -> str:
    return f"partial: {card.setup.partial}" if card.setup.partial else "full protocol"


def _group(share: Share) -> str:
    return f"{share.group} {share.rate:.0%} of {share.faces:,} ({_percent(share.interval, 0)})"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.1%}"


def _percent(interval: Interval, digits: int = 1) -> str:
    return f"{100 * interval[0]:.{digits}f}–{100 * interval[1]:.{digits}f}"


def _plain(interval: Interval) -> str:
    return f"{interval[0]:.3f}–{interval[1]:.3f}"


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
