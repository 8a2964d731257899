"""Pages about people: invitations, members, deputies, specialists."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ortaq.engine import access
from ortaq.engine.problems import Absent, Problems
from ortaq.people import invitations as inviting_people
from ortaq.web import inviting, staff, staffing
from ortaq.web.writing import acting


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def invitations(request: HttpRequest, key: str) -> HttpResponse:
    reader, outcome = acting(request), inviting.Outcome()
    view = staff.led(reader, key)
    if request.method == "POST":
        outcome = inviting.act(reader, view, request.POST, request.FILES, staff.site(request))
        if outcome.said:
            messages.success(request, outcome.said)
            return redirect("invitations", view.key)
    values = inviting.page(reader, view, request.POST, outcome)
    return render(request, "ortaq/people/invitations.html", values, status=422 if outcome.problems else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, key: str) -> HttpResponse:
    problems = []
    try:
        found = inviting_people.behind(key)
        if request.method == "POST":
            return _answer(request, found)
    except Absent:
        return render(request, "ortaq/people/invitation_over.html", status=404)
    except Problems as wrong:
        problems = wrong.problems
    view = access.get(_node_reader(found), found.organisation)
    values = inviting.offer(found, view, request.LANGUAGE_CODE) | {"problems": problems}
    return render(request, "ortaq/people/invitation.html", values, status=422 if problems else 200)


def _node_reader(found: Any) -> access.Reader:
    """The name of the inviting organisation is in the letter already."""
    return access.Reader(frozenset({"public", f"org:{found.organisation}"}))


def _answer(request: HttpRequest, found: Any) -> HttpResponse:
    """Takes the role for who is signed in with the invited address; else an account, and on to signing in."""
    user: Any = request.user
    if user.is_authenticated:
        if user.email != found.email:
            raise Absent("invitation")
        inviting_people.accept(user, found)
        messages.success(request, _("The role is yours now."))
        return redirect("account")
    inviting_people.make_account(found, request.POST.get("password", ""), request.POST.get("terms") == "1")
    messages.info(request, _("Now sign in with your password. After that you take the role."))
    return redirect(f"{staff.login_url()}?next={request.path}")


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def members(request: HttpRequest, key: str) -> HttpResponse:
    reader, problems = acting(request), []
    view = staff.organisation(reader, key)
    staffing.may_look(reader, view)
    if request.method == "POST":
        try:
            messages.success(request, staffing.change_role(reader, view, request.POST))
            return redirect("members", view.key)
        except Problems as wrong:
            problems = wrong.problems
    values = staffing.members_page(reader, view, request.POST, problems)
    return render(request, "ortaq/people/members.html", values, status=422 if problems else 200)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def drafts(request: HttpRequest, key: str) -> HttpResponse:
    reader, problems = acting(request), []
    view, of = staff.organisation(reader, key), staffing.author(request.GET.get("of", ""))
    staffing.may_hand_over(reader, view, of)
    if request.method == "POST":
        try:
            messages.success(request, staffing.hand_over(reader, view, of, request.POST))
            return redirect("members", view.key)
        except Problems as wrong:
            problems = wrong.problems
    values = staffing.drafts_page(reader, view, of, request.POST, problems)
    return render(request, "ortaq/people/drafts.html", values, status=422 if problems else 200)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def deputies(request: HttpRequest) -> HttpResponse:
    reader, problems = acting(request), []
    if request.method == "POST":
        try:
            messages.success(request, staffing.deputise(reader, request.POST))
            return redirect("deputies")
        except Problems as wrong:
            problems = wrong.problems
    values = staffing.deputies_page(reader, request.POST, problems)
    return render(request, "ortaq/people/deputies.html", values, status=422 if problems else 200)
