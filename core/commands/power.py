"""Say what a plan's checks find: how often an unchanged person is called better or worse, and a true gain is found.

    python -m core power [--preset standard] [--rate .65] [--gain .15] [--sd .3] [--correlation 0] [--follow-up 6]
                         [--json]

Whole courses are simulated: --rate is the share of faces named as meant before training, --gain what is added after
the baseline, --sd how much a person varies from day to day (in logits), --correlation how much of that carries over
from one check to the next; with --follow-up also what so many checks, months after the end, say of people who gained
and keep all or lose all. Intervals are Wilson's, 95 %.
"""

import argparse
import json
import sys
from dataclasses import asdict

from core.domain.exercise.presets import PRESETS


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--preset", choices=PRESETS, default="standard")
    parser.add_argument("--rate", type=float, default=0.65, help="default: .65")
    parser.add_argument("--gain", type=float, default=0.15, help="default: .15")
    parser.add_argument("--sd", type=float, default=0.3, help="default: .3")
    parser.add_argument("--correlation", type=float, default=0.0, help="default: 0")
    parser.add_argument("--courses", type=int, default=10_000, metavar="N", help="default: 10000")
    parser.add_argument("--seed", type=int, default=1, help="default: 1")
    parser.add_argument("--follow-up", type=int, default=0, metavar="CHECKS", help="from 2 to 14; default: none")
    parser.add_argument("--json", action="store_true", help="print one object")


def run(options: argparse.Namespace) -> int:
    from core.domain.statistics.course_power import course_power
    from core.domain.statistics.follow_up_power import follow_up_power

    preset = PRESETS[options.preset]
    if message := _wrong(options):
        print(message, file=sys.stderr)
        return 1
    try:
        found = course_power(
            preset.design, options.rate, options.gain, options.sd, options.correlation, options.courses, options.seed
        )
        end, checks = options.rate + options.gain, options.follow_up
        kept, lost = (
            follow_up_power(
                preset.design,
                checks,
                options.rate,
                end,
                later,
                options.sd,
                options.correlation,
                options.courses,
                options.seed,
            )
            if checks
            else None
            for later in (end, options.rate)
        )
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    if options.json:
        later = {"follow_up": {"kept": asdict(kept), "lost": asdict(lost)}} if kept and lost else {}
        print(json.dumps(asdict(found) | later, indent=1))
        return 0
    design = preset.design
    print(
        f"{options.preset}: {design.faces} faces in {design.checks} checks of {design.length}, each on a day of its "
        f"own: {design.baseline} before training, {design.middle} in the middle, {design.end} at the end; "
        f"about {preset.minutes} minutes."
    )
    lines = [
        ("unchanged, called better", found.better_if_unchanged),
        ("unchanged, called worse", found.worse_if_unchanged),
        (f"gained {100 * options.gain:g} points, found", found.found),
    ]
    if kept and lost:
        lines += [
            ("kept, called fewer", kept.fewer),
            ("kept, still called better", kept.still),
            ("all lost, called fewer", lost.fewer),
            ("all lost, called better", lost.still),
        ]
    for name, one in lines:
        print(f"{name:28} {100 * one.share:5.1f} % of courses ({100 * one.low:.1f} to {100 * one.high:.1f})")
    return 0


def _wrong(options: argparse.Namespace) -> str | None:
    """What cannot be simulated, in a sentence."""
    if options.sd < 0 or not -1 < options.correlation < 1:
        return "--sd is 0 or more, --correlation between -1 and 1"
    if not 1 <= options.courses <= 1_000_000:
        return "--courses is a number from 1 to 1000000"
    if options.seed < 0:
        return "--seed is 0 or more"
    if options.follow_up and not 2 <= options.follow_up <= 14:
        return "--follow-up is a number of checks from 2 to 14"
    return None
