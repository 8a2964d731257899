"""What the pages about reports show and do; the views only open and draw."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ortaq.alerts import access, actions, limits, mails, photos
from ortaq.alerts.forms import ReportForm
from ortaq.alerts.models import Alert, Sender
from ortaq.alerts.states import NEXT, OPEN, STATUS
from ortaq.engine import store
from ortaq.engine.access import View
from ortaq.engine.outputs.page import title_of
from ortaq.engine.problems import Absent, Problem, Problems
from ortaq.people.actors import Member
from ortaq.vocab import terms
from ortaq.web.reading import lang, opened, reader

TRAP = "website"  # a control that people do not see and programs fill in
SAID = {
    "take": _("The report is in your hands now."),
    "answer": _("Your answer stands on the sender's page."),
    "close": _("The case is closed."),
    "reject": _("The report was rejected with your reason."),
    "reopen": _("The case is open again."),
}


def reported(request: HttpRequest, key: str) -> View:
    """The object that damage is reported of; raises Absent for what is hidden, unpublished or of another kind."""
    view = opened(request, key)
    if not access.watched(view):
        raise Absent(key)
    return view


def form(request: HttpRequest, view: View, form_: ReportForm, wrong: Iterable[Problem] = ()) -> HttpResponse:
    for problem in wrong:
        place = str(problem.path[0]) if problem.path else None
        form_.add_error(place if place in form_.fields else None, problem.text)
    values = {"form": form_, "view": view, "title": title_of(view, lang()), "trap": TRAP}
    return render(request, "ortaq/alert_report.html", values, status=422 if form_.errors else 200)


def too_much(request: HttpRequest, view: View) -> HttpResponse:
    """The answer to a form that is too big to be read at all."""
    unread = ReportForm({})
    unread.full_clean()
    unread.errors.clear()
    response = form(request, view, unread, photos.too_big().problems)
    response.status_code = 413
    return response


def send(request: HttpRequest, view: View) -> HttpResponse:
    """Keeps the report and leads to its secret page, or shows the form with what is wrong."""
    given = ReportForm(request.POST, request.FILES)
    try:
        who = limits.asker(request)
        limits.count_try(who)
        if request.POST.get(TRAP):
            raise Problems([Problem("trap", _("Leave the last field empty: programs fill it in, people do not."))])
        if not given.is_valid():
            return form(request, view, given)
        limits.refuse_too_many(who, view.record.id)  # before a picture is kept for nothing
        told = _told(given.cleaned_data)
        _alert, secret = actions.report(view.record, told, who, mails.to_responsible(mails.site(request)))
    except Problems as found:
        given.full_clean()
        return form(request, view, given, found.problems)
    path = reverse("alert_status", args=[secret])
    if told.email:
        link = mails.site(request) + path
        transaction.on_commit(lambda: mails.link_to_sender(told.email, link), robust=True)
    return redirect(f"{path}?sent=1")


def _told(data: dict[str, Any]) -> actions.Told:
    photo = photos.keep(data["photo"]) if data["photo"] else ""
    words = {name: data[name] for name in ("text", "threat", "seen", "place", "email")}
    return actions.Told(lang=lang(), photo=photo, **words)


def status(request: HttpRequest, alert_: Alert, sender: Sender, secret: str) -> dict[str, Any]:
    """The page of the sender. The object is named as everybody may see it."""
    view = access.object_of(reader(request), alert_)
    return {
        "alert": alert_,
        "status": STATUS[alert_.status],
        "ended": alert_.status not in OPEN,
        "view": view,
        "title": title_of(view, lang()) if view else None,
        "secret": secret,
        "link": mails.site(request) + reverse("alert_status", args=[secret]),
        "new": request.GET.get("sent") == "1",
        "by_mail": bool(sender.email),
        "threat": threat(alert_),
    }


def alert(reader_: Member, case: access.Case[Alert]) -> dict[str, Any]:
    """The page of those who work on the report."""
    attends = reader_.may("attend", case.thing)
    return {
        "case": case,
        "alert": case.thing,
        "title": title_of(case.view, lang()),
        "doors": [verb for verb, at in NEXT.items() if attends and case.thing.status in at],
        "own": case.thing.taken_by == reader_.id,
        "threat": threat(case.thing),
        "inspections": [access.Case(i, case.view) for i in access.followed_by(reader_, case.thing)],
        "inspects": reader_.may("inspect", case.view.record),
        "answered_by_mail": Sender.objects.filter(alert=case.thing).exclude(email="").exists(),
    }


def work(reader_: Member, alert_: Alert, given: QueryDict) -> list[Problem]:
    """Does what a button says; the problems that prevented it."""
    verb, text = given.get("do", ""), given.get("text", "")
    try:
        if verb in ("take", "reopen"):
            getattr(actions, verb)(reader_, alert_.id)
        elif verb in NEXT:
            getattr(actions, verb)(reader_, alert_.id, text, mails.to_sender)
        else:
            raise Absent(verb)
    except Problems as found:
        return found.problems
    return []


def threat(alert_: Alert) -> str:
    return terms.label("threat", alert_.threat, lang()) if alert_.threat else ""


def picture(alert_: Alert) -> HttpResponse:
    """The photo of a report that was opened by one who may; raises Absent when there is none, or none here."""
    try:
        with store.open(alert_.photo) as file:
            return HttpResponse(file.read(), content_type="image/jpeg", headers={"Cache-Control": "private, no-store"})
    except (ValueError, FileNotFoundError):
        raise Absent("photo") from None
