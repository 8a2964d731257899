"""What happens to the examples once they are published: corrections, proposals, reports of damage, an inspection."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from importlib.resources import files
from typing import Any
from uuid import UUID

from ortaq.alerts import actions as alerts
from ortaq.alerts import inspecting
from ortaq.demo.examples import Side
from ortaq.engine import access, actions
from ortaq.engine.models import Record
from ortaq.people.actors import Member

DATED = {"visit": "date", "act": "date", "order": "deadline"}  # the day in each step of an inspection


def create(sides: Mapping[str, Side], specialists: Mapping[str, Member], refs: Mapping[str, UUID]) -> None:
    table = read()
    for row in table["revision"]:
        editor = sides[row["country"]].editor
        record, data = _changed(editor, refs[row["ref"]], row)
        actions.revise(editor, record.id, data, base_revision=record.revision, reason=row["reason"])
    for row in table["proposal"]:
        specialist = specialists[row["country"]]
        record, data = _changed(specialist, refs[row["ref"]], row)
        actions.propose(specialist, record.id, data, base_revision=record.revision, reason=row["reason"])
    for row in table["alert"]:
        _alert(sides[row["country"]].officer, refs[row["object"]], row)


def read() -> dict[str, Any]:
    return tomllib.loads((files("ortaq.demo") / "data" / "afterwards.toml").read_text("utf-8"))


def _changed(member: Member, id_: UUID, row: Mapping[str, Any]) -> tuple[Record, dict[str, Any]]:
    """The record and its data with one text in one language: what was the original stays it."""
    record = access.visible(member).get(id=id_)
    data = access.views(member, [record])[0].data
    texts = data[row["field"]]
    origin = texts.get(row["lang"], {"origin": "human"})["origin"]
    return record, {**data, row["field"]: {**texts, row["lang"]: {"text": row["text"], "origin": origin}}}


def _alert(officer: Member, object_: UUID, row: Mapping[str, Any]) -> None:
    """A report by somebody unknown; the officer answers and inspects where the row says so."""
    record = access.visible(officer).get(id=object_)
    told = alerts.Told(row["text"], row["lang"], threat=row["threat"], seen=row["seen"], place=row["place"])
    alert, _secret = alerts.report(record, told, asker="")
    if "answer" in row:
        alerts.answer(officer, alert.id, row["answer"])
    if "inspection" in row:
        _inspect(officer, record, alert.id, row["inspection"])


def _inspect(officer: Member, record: Record, alert: UUID, steps: Mapping[str, Mapping[str, Any]]) -> None:
    inspection = inspecting.inspect(officer, record.id, alert)
    for step, values in steps.items():
        day = date.today() + timedelta(days=values["day"])
        given = {DATED[step]: day, **{name: value for name, value in values.items() if name != "day"}}
        inspection = inspecting.write_step(officer, inspection.id, step, given, base_revision=inspection.revision)
