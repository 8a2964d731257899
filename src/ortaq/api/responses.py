"""What every operation may answer beside its success, so that the schema hides nothing."""

from __future__ import annotations

from typing import Any

from ortaq.api.problems import TYPES
from ortaq.api.shapes import ProblemShape

OPTIONAL: dict[str, Any] = {"auth": None, "openapi_extra": {"security": [{}, {"Token": []}]}}


def answers(success: dict[int, Any]) -> dict[int, Any]:
    """The responses of one operation: ``success`` and a problem for each status of an error."""
    return success | dict.fromkeys(sorted(set(TYPES) - {500}), ProblemShape)
