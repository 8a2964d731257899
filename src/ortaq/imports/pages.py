"""What the pages of imports show and do; the views only open and draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from ortaq.engine import access, kinds
from ortaq.engine.access import View
from ortaq.engine.kinds import Kind
from ortaq.engine.problems import Absent, Forbidden, Gone, Problem, Problems
from ortaq.engine.traced import DRAFT, IN_REVIEW, PUBLISHED
from ortaq.imports import columns, jobs, matching
from ortaq.imports.mapping import Mapping
from ortaq.imports.models import (
    CHECK,
    CHECKED,
    CHECKING,
    CREATE,
    DONE,
    FAILED,
    IMPORT,
    IMPORTING,
    MAPPING,
    MERGED,
    SKIP,
    STOPPED,
    TAKEN_BACK,
    UNDER_WAY,
    UNDO,
    UNDOING,
    ImportJob,
    ImportProfile,
    Twin,
)
from ortaq.imports.opening import edited
from ortaq.imports.sheet import SUFFIXES
from ortaq.imports.twins import of_view
from ortaq.people.actors import Member
from ortaq.web.writing import acting, choices, organisations, titled

PAGE = 50  # twins on one page
LISTED = 100  # edited records that are looked for and named
STATES = {
    MAPPING: _("columns to be mapped"),
    CHECK: _("waiting for the check"),
    CHECKING: _("being checked"),
    CHECKED: _("checked"),
    IMPORT: _("waiting for the import"),
    IMPORTING: _("being imported"),
    DONE: _("imported"),
    UNDO: _("waiting to be undone"),
    UNDOING: _("being undone"),
    TAKEN_BACK: _("undone"),
    FAILED: _("failed"),
    STOPPED: _("stopped"),
}
BECOMES = {
    IN_REVIEW: _("records in review, complete enough to be published"),
    DRAFT: _("drafts, which may lack what publishing needs"),
    PUBLISHED: _("published records, where one person may publish"),
}
WHY = {
    "number": _("the same number"),
    "name": _("the same name, and near"),
    "earlier": _("came in earlier, the row says something else now"),
}
SAID = {
    "check": _("The file is being checked. Nothing is written meanwhile."),
    "import": _("The import has begun. You can leave this page and come back."),
    "undo": _("The import is being undone."),
    "stop": _("It stops with the next step. What came in stays; you can go on or undo it."),
    "remove": _("The import is forgotten. What came in stays."),
}
UNDECIDED = ""


@dataclass(frozen=True)
class Line:
    """One job for people; ``share`` is how much is done, in percent."""

    job: ImportJob
    kind: Any
    state: Any
    under_way: bool
    share: int


def _line(job: ImportJob) -> Line:
    share = 100 * job.done // max(1, job.count)
    kind = kinds.get(job.kind)
    return Line(job, kind.label if kind else job.kind, STATES[job.state], job.state in UNDER_WAY, share)


def all_(request: HttpRequest, reader: Member) -> dict[str, Any]:
    rows = [_line(job) for job in ImportJob.objects.filter(user=request.user)]  # type: ignore[misc]  # signed in
    owners = [row for row in organisations(reader) if jobs.may_for(reader, UUID(row["id"]))]
    return {
        "rows": rows,
        "under_way": any(row.under_way for row in rows),
        "kinds": choices(reader.lang),
        "owners": owners,
        "owner": request.POST.get("owner") or str(reader.organisation or ""),
        "kind": request.POST.get("kind") or "heritage_object",
        "profiles": _profiles(reader),
        "profile": request.POST.get("profile", ""),
        "accept": ",".join(SUFFIXES),
        "days": jobs.KEPT.days,
        "most": jobs.MOST_BYTES // 1_000_000,
    }


def bring(request: HttpRequest, reader: Member) -> ImportJob:
    """The job of an uploaded file, mapped by a profile when one was chosen. Raises Problem, Forbidden."""
    file, given = request.FILES.get("file"), request.POST
    if file is None or file.file is None:
        raise Problem("file", _("Choose a file."))
    try:
        owner = UUID(given.get("owner", ""))
    except ValueError:
        raise Problem("owner", _("Choose the organisation that will own the record.")) from None
    profile = _chosen_profile(reader, given.get("profile", ""))
    kind = profile.kind if profile else given.get("kind", "")
    job = jobs.bring(request.user, reader, file.file, file.name or "", file.size or 0, kind, owner)
    if profile:
        job.profile, job.mapping = profile, profile.mapping
        job.save()
    return job


def _chosen_profile(reader: Member, text: str) -> ImportProfile | None:
    """Raises Absent for one that is not his."""
    try:
        return jobs.profile(reader, UUID(text)) if text else None
    except ValueError:
        raise Absent(text) from None


def one(reader: Member, job: ImportJob) -> dict[str, Any]:
    """The page of one job: what is to be done next."""
    twins = list(job.twins.values_list("row", "choice"))
    rows = {row for row, _choice in twins}
    decided = {row for row, choice in twins if choice}
    owner = access.visible(reader).filter(id=job.organisation).first()
    return {
        "line": _line(job),
        "job": job,
        "owner": titled(access.views(reader, [owner])[0], reader.lang) if owner else None,
        "becomes": BECOMES[job.record_state],
        "result": job.result,
        "unknown": len(job.result.get("unknown", ())),
        "twins": len(rows),
        "undecided": len(rows - decided),
        "errors": jobs.errors(job.id).is_file(),
        "rejected": jobs.rejected(job.id).is_file(),
        "may_go_on": jobs.goes_on(job),
        "mapped": job.state not in (MAPPING,),
        "merged": [_twin_line(reader, twin) for twin in job.twins.filter(choice=MERGED)[:LISTED]],
        "edited": _edited(reader, job) if job.state == DONE else [],
        "undo": {
            name: _named(reader, keys) for name, keys in job.result.get("undo", {}).items() if name != "withdrawn"
        },
    }


def _edited(reader: Member, job: ImportJob) -> list[dict[str, str]]:
    """The records of the import that an undo would leave, because somebody changed them since; at most a page."""
    if job.run is None:
        return []
    kept = {row.record: row.revision for row in job.run.rows.filter(merged=False)}
    changed = access.visible(reader).filter(id__in=list(kept), revision__gt=1).order_by("-updated")[:LISTED]
    found = [record for record in changed if edited(reader, record, kept[record.id])]
    return [titled(view, reader.lang) for view in access.views(reader, found)]


def _named(reader: Member, keys: list[str]) -> list[dict[str, str]]:
    found = []
    for key in keys[:LISTED]:
        try:
            found.append(titled(access.get(reader, key), reader.lang))
        except (Absent, Gone):
            found.append({"text": key, "lang": "", "url": ""})
    return found


def change(request: HttpRequest, job: ImportJob) -> Any:
    """Does what a button says. Raises Problem, or Absent for an unknown one."""
    do = request.POST.get("do", "")
    if do == "check":
        jobs.begin(job, CHECK, (CHECKED, FAILED, STOPPED))
    elif do == "import":
        jobs.import_(job)
    elif do == "undo":
        if request.POST.get("sure") != "1":
            raise Problem("sure", _("Tick the box that says what will happen, then press the button again."))
        jobs.undo(job)
    elif do in ("stop", "remove"):
        getattr(jobs, do)(job)
    else:
        raise Absent(do)
    return SAID[do]


def mapped(job: ImportJob, kind: type[Kind]) -> dict[str, Any]:
    """The page of columns."""
    return columns.page(kind, job.head, Mapping.parse(job.mapping)) | {
        "job": job,
        "head": job.head,
        "kind": kind,
        "profile_name": job.profile.name if job.profile else "",
        "becomes": list(BECOMES.items()),
    }


def map_(reader: Member, job: ImportJob, kind: type[Kind], form: QueryDict) -> None:
    """Keeps what was posted, under a name too where one is given, and begins the check.

    Raises Problem, Problems, Forbidden.
    """
    jobs.mappable(job)
    rules, wrong = columns.posted(kind, job.head, Mapping.parse(job.mapping), form)
    job.mapping = rules.text
    job.save(update_fields=["mapping"])
    if wrong:
        raise Problems(wrong)
    if form.get("profile", "").strip():
        job.profile = jobs.keep(reader, job.organisation, job.kind, form.get("profile", ""), rules.text)
    jobs.map_(job, rules, form.get("state", ""))


def map_or_layer(request: HttpRequest, reader: Member, job: ImportJob, kind: type[Kind]) -> str:
    """Does what the page of columns was sent for; the name of the page to go to."""
    if "read" in request.POST:
        layer = request.POST.get("layer", "")
        jobs.layer(job, layer if layer in job.head["layers"] else "")
        return "import_columns"
    map_(reader, job, kind, request.POST)
    return "import"


def values(job: ImportJob, kind: type[Kind], lang: str) -> dict[str, Any]:
    """The page of cells that are no terms."""
    rules = Mapping.parse(job.mapping)
    found = {(table, value): count for table, value, count in job.result.get("unknown", ())}
    rows = []
    for at, unknown in enumerate(matching.unknown(kind, rules, found)):
        terms = matching.choices(unknown.vocabulary, lang)
        labels = dict(terms)
        offered = [(code, labels[code]) for code in unknown.proposals if code in labels]
        rest = [(code, label) for code, label in terms if code not in unknown.proposals]
        rows.append({"at": at, "it": unknown, "offered": offered, "rest": sorted(rest, key=lambda one: one[1])})
    return {"job": job, "rows": rows}


LEAVE_OUT = "-"


def match(reader: Member, job: ImportJob, kind: type[Kind], form: QueryDict) -> None:
    """Puts the chosen terms into the tables of the mapping and checks again. Raises Problem, Forbidden."""
    rules = Mapping.parse(job.mapping)
    tables = {name: dict(table) for name, table in rules.tables.items()}
    known = {(table, value) for table, value, _count in job.result.get("unknown", ())}
    for at in range(matching.MOST_VALUES):
        table, value, to = (form.get(f"{key}{at}", "") for key in ("table", "value", "to"))
        if to and (table, value) in known and table in tables:
            tables[table][value] = "" if to == LEAVE_OUT else to
    rules = matching.again(rules, tables=tables)
    if job.profile:
        jobs.keep(reader, job.profile.organisation, job.kind, job.profile.name, rules.text)
    jobs.map_(job, rules, job.record_state)


def twins(reader: Member, job: ImportJob, start: int) -> dict[str, Any]:
    """One page of rows that may be there already."""
    numbers = list(job.twins.order_by("row").values_list("row", flat=True).distinct())
    shown = numbers[start : start + PAGE]
    rows: dict[int, list[dict[str, Any]]] = {number: [] for number in shown}
    for twin in job.twins.filter(row__in=shown):
        rows[twin.row].append(_twin_line(reader, twin))
    found = [{"row": row, "lines": lines, "choice": lines[0]["it"].choice} for row, lines in rows.items()]
    return {
        "job": job,
        "rows": found,
        "count": len(numbers),
        "start": start,
        "earlier": max(0, start - PAGE) if start else None,
        "later": start + PAGE if start + PAGE < len(numbers) else None,
        "undecided": job.twins.filter(choice=UNDECIDED).values("row").distinct().count(),
    }


def _twin_line(reader: Member, twin: Twin) -> dict[str, Any]:
    record = access.visible(reader).filter(id=twin.record).first()
    view = access.views(reader, [record])[0] if record else None
    return {
        "it": twin,
        "title": titled(view, reader.lang) if view else None,
        "why": WHY[twin.why],
        "metres": apart(view, twin) if view else None,
        "merged": twin.choice == MERGED,
    }


def apart(view: View, twin: Twin) -> int | None:
    """How far the row lies from the record, as long as its reader may know where that is."""
    return twin.metres if view.kind and of_view(view.kind, view).spot else None


def decide(job: ImportJob, form: QueryDict) -> None:
    """Keeps the choices of one page, or one choice for all rows that nobody decided on."""
    rest = form.get("all", "")
    if rest in (CREATE, SKIP):
        job.twins.filter(choice=UNDECIDED).update(choice=rest)
        return
    for row in sorted(set(job.twins.exclude(choice=MERGED).values_list("row", flat=True))):
        choice = form.get(f"row{row}", "")
        if choice in (CREATE, SKIP):
            jobs.choose(job, row, choice)


def _profiles(reader: Member) -> list[dict[str, Any]]:
    found = []
    for profile in jobs.profiles(reader):
        kind = kinds.get(profile.kind)
        found.append({"it": profile, "kind": kind.label if kind else profile.kind})
    return found


def profiles(request: HttpRequest, reader: Member) -> dict[str, Any]:
    return {
        "rows": _profiles(reader),
        "owners": [row for row in organisations(reader) if jobs.may_for(reader, UUID(row["id"]))],
        "kinds": choices(reader.lang),
        "typed": request.POST,
    }


LONGEST_FILE = 1_000_000  # bytes of a mapping


def new_profile(request: HttpRequest, reader: Member) -> ImportProfile:
    """A profile from a TOML file. Raises Problem, Forbidden."""
    given, file = request.POST, request.FILES.get("file")
    if file is None:
        raise Problem("file", _("Choose a file."))
    try:
        owner, text = UUID(given.get("owner", "")), file.read(LONGEST_FILE).decode("utf-8-sig")
    except ValueError:
        raise Problem("mapping", _("The mapping “%(name)s” cannot be read as UTF-8 text."), name=file.name) from None
    return jobs.keep(reader, owner, given.get("kind", ""), given.get("name", ""), text)


def profile(reader: Member, found: ImportProfile, form: QueryDict) -> Any:
    """Saves or removes a profile; what to say. Raises Problem, Forbidden, Absent."""
    do = form.get("do", "")
    if do == "remove":
        found.delete()
        return _("The profile is gone. What was imported with it stays.")
    if do != "save":
        raise Absent(do)
    name, mapping = form.get("name", ""), form.get("mapping", "").replace("\r\n", "\n")
    kept = jobs.keep(reader, found.organisation, found.kind, name, mapping)
    if kept.id != found.id:
        found.delete()
    return _("Saved.")


def reader_of(request: HttpRequest) -> Member:
    """Who imports; raises Forbidden for who may not make records at all."""
    reader = acting(request)
    if not reader.creates:
        raise Forbidden("create")
    return reader
