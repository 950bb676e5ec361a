"""Scores as a FHIR R4 bundle: an Observation (category survey) for each finished check, each verdict on a
block of checks, and each questionnaire total.

The subject is a Patient of whom nothing is said but the pseudonym. No Observation has a time: its day is a component,
in days since the person's first run. The bundle is written entry by entry.
"""

import json
from collections.abc import Sequence
from typing import IO, Any
from uuid import NAMESPACE_URL, uuid5

from core.domain.patient.questionnaires import Questionnaire
from core.domain.statistics.metrics import wilson
from core.export.dataset import ExportedChange, ExportedScore, ExportedTotal

BUNDLE = "fhir/bundle.json"
_SYSTEM = "urn:lexithymia"
_SURVEY = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "survey"}]}


class FhirBundle:
    """A collection, in the order of `patient`, `check`, `change` and `total`; `close` ends it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._first = file, True
        self._write('{"resourceType": "Bundle", "type": "collection", "entry": [')

    def patient(self, participant: str) -> None:
        self._entry(
            f"Patient/{participant}",
            {
                "resourceType": "Patient",
                "identifier": [{"system": f"{_SYSTEM}:participant", "value": participant}],
            },
        )

    def check(self, score: ExportedScore) -> None:
        """The share of a whole check's faces that were named as meant, with its interval."""
        low, high = wilson(score.right, score.shown)
        ends = (("low", "lower", low), ("high", "upper", high))
        counted = (("shown", "faces that count", score.shown), ("right", "faces named as meant", score.right))
        self._observation(
            f"Observation/check/{score.participant}/{score.block}",
            score.participant,
            _code(*score.measure),
            score.day,
            _percent(score.right / score.shown),
            [
                *({"code": _code(name, said), "valueInteger": value} for name, said, value in counted),
                *(
                    {"code": _code(name, f"{side} end of the 95 % interval"), "valueQuantity": _percent(end)}
                    for name, side, end in ends
                ),
                *_blueprint(score),
            ],
            method="Faces of a whole check, no feedback; Wilson score interval of this check alone",
        )

    def change(self, change: ExportedChange) -> None:
        """The gain of a block of checks over an earlier one, with the interval that agrees with its verdict."""
        found, (low, high) = change.verdict, change.verdict.interval
        counted = (
            ("phase", "phase of the course", change.phase),
            ("days-before", f"checks of the {change.against}, each on a day of its own", found.days_before),
            ("days-after", "checks of this block", found.days_after),
            ("faces-before", f"faces of the {change.against}", found.faces_before),
            ("faces-after", "faces of this block", found.faces_after),
        )
        shares = (
            ("before", f"mean share of the {change.against}", found.before),
            ("after", "mean share of this block", found.after),
            ("low", "lower end of the interval", low),
            ("high", "upper end of the interval", high),
            ("se", "standard error of the gain", found.se),
        )
        plain = (
            ("z", "gain over its standard error", found.z),
            ("limit-better", "limit of z for better", found.limits.better),
            ("limit-worse", "limit of -z for worse", found.limits.worse),
            ("day-sd", "of the person from day to day, in logits", found.day_sd),
        )
        part = change.part if change.against == "baseline" else f"{change.part}-{change.against}"
        self._observation(
            f"Observation/change/{change.participant}/{change.phase}/{part}",
            change.participant,
            _code(f"change-{part}", f"Change of the share named as meant, {change.part} against {change.against}"),
            change.day,
            _percent(found.gain),
            [
                {"code": _code("verdict", "verdict"), "valueString": found.kind.value},
                *({"code": _code(name, said), "valueInteger": value} for name, said, value in counted),
                *({"code": _code(name, said), "valueQuantity": _percent(value)} for name, said, value in shares),
                *(
                    {
                        "code": _code(name, said),
                        "valueQuantity": {"value": round(value, 6), "system": _UCUM, "code": "1"},
                    }
                    for name, said, value in plain
                ),
            ],
            method="Blocks of checks on many days compared by a moderated t (Smyth 2004) against limits simulated for "
            "whole courses: at most 5 in 100 unchanged people are ever called better; the interval is gain - limit for "
            "better x standard error to gain + limit for worse x standard error",
        )

    def total(self, total: ExportedTotal, number: int, known: Questionnaire | None) -> None:
        """A questionnaire's total, the person's `number`-th in this export."""
        self._observation(
            f"Observation/total/{total.participant}/{number}",
            total.participant,
            _code(total.questionnaire, f"{known.name if known else total.questionnaire}, total"),
            total.day,
            {"value": total.total, "unit": "points", "system": _UCUM, "code": "{score}"},
        )

    def close(self) -> None:
        self._write("\n]}\n")

    def _observation(
        self,
        name: str,
        participant: str,
        code: dict[str, Any],
        day: int | None,
        value: dict[str, Any],
        parts: Sequence[dict[str, Any]] = (),
        method: str = "",
    ) -> None:
        resource: dict[str, Any] = {
            "resourceType": "Observation",
            "status": "final",
            "category": [_SURVEY],
            "code": code,
            "subject": {"reference": _url(f"Patient/{participant}")},
            "valueQuantity": value,
        }
        if method:
            resource["method"] = {"text": method}
        days = [] if day is None else [{"code": _code("day", "Days since the person's first run"), "valueInteger": day}]
        self._entry(name, resource | ({"component": [*days, *parts]} if days or parts else {}))

    def _entry(self, name: str, resource: dict[str, Any]) -> None:
        entry = json.dumps({"fullUrl": _url(name), "resource": resource}, ensure_ascii=False)
        self._write(f"\n{entry}" if self._first else f",\n{entry}")
        self._first = False

    def _write(self, said: str) -> None:
        self._file.write(said.encode())


def _percent(share: float) -> dict[str, Any]:
    return {"value": round(100 * share, 4), "unit": "%", "system": _UCUM, "code": "%"}


def _blueprint(score: ExportedScore) -> list[dict[str, Any]]:
    said = _code("blueprint", "What two checks must share to be compared")
    return [{"code": said, "valueString": score.blueprint}] if score.blueprint else []


_UCUM = "http://unitsofmeasure.org"


def _code(code: str, said: str) -> dict[str, Any]:
    return {"coding": [{"system": f"{_SYSTEM}:score", "code": code}], "text": said}


def _url(name: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{_SYSTEM}/{name}')}"
