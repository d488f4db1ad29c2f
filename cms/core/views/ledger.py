"""The ledger in public: each day's root, and proof that what a receipt names still stands as it was written."""

from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from cms.core.feeds import LedgerDaysFeed
from cms.core.merkle import LEFT, Step, leaf_of, tree_of
from cms.core.models import LedgerDay
from cms.core.open_data import if_changed, json_answer
from cms.core.services.ledger_days import day_hashes, event_prove
from cms.core.views.answers import too_many

PAGE = 60


class ProofForm(forms.Form):
    """What a receipt says of its own event; neither is secret."""

    so = forms.CharField(
        label=_("Số sự kiện"),
        max_length=20,
        strip=True,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Ghi số sự kiện, như trên giấy biên nhận.")},
    )
    dau = forms.CharField(
        label=_("Dấu của sự kiện"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("64 chữ số và chữ cái từ a đến f; có dấu cách cũng được."),
        error_messages={
            "required": _("Ghi dấu của sự kiện, như trên giấy biên nhận."),
            "max_length": _("Dấu có 64 ký tự; phần vừa ghi dài hơn."),
        },
    )


@require_safe
def ledger_days(request: HttpRequest) -> HttpResponse:
    """List the closed days, newest first; ``truoc`` is the day before which the list goes on."""
    rows = LedgerDay.objects.newest()
    before = _day(request.GET.get("truoc", ""))
    found = list((rows.before(before) if before else rows)[: PAGE + 1])
    context = {
        "days": found[:PAGE],
        "older": found[PAGE - 1].day if len(found) > PAGE else None,
        "is_first": before is None,
        "form": ProofForm(),
        "shared": {"title": _now("Dấu nhật ký từng ngày"), "text": "", "feed": reverse("ledger_days_feed")},
    }
    return render(request, "pages/core/ledger_days.html", context)


@require_safe
def ledger_proof(request: HttpRequest) -> HttpResponse:
    """Say whether the event of a receipt still stands in the ledger, and how anybody can check it without us."""
    form = ProofForm(request.GET if {"so", "dau"} & set(request.GET) else None)
    proof = None
    if form.is_valid():
        if answer_at_once := too_many(request, "ledger_proof"):
            return answer_at_once
        proof = event_prove(seq=form.cleaned_data["so"], known=form.cleaned_data["dau"])
    context = {
        "breadcrumbs": [(_now("Dấu nhật ký từng ngày"), reverse("ledger_days"))],
        "form": form,
        "asked": form.is_bound and form.is_valid(),
        "proof": proof,
        "steps": _steps(proof.steps) if proof else [],
        "shared": {"title": _now("Đối chiếu giấy biên nhận"), "text": ""},
    }
    return render(request, "pages/core/ledger_proof.html", context, status=400 if form.errors else 200)


@require_safe
def ledger_day(request: HttpRequest, day: str) -> HttpResponseBase:
    """Answer with a day and the hashes of its events, from which everybody can work out its root."""
    found = LedgerDay.objects.filter(day=_day(day)).first() if _day(day) else None
    if found is None:
        raise Http404
    return if_changed(request, state=[found.root], answer=lambda: json_answer(_record(found)))


@require_safe
def ledger_atom(request: HttpRequest) -> HttpResponseBase:
    """Answer with the newest roots as Atom, unless the reader has them."""
    newest = LedgerDay.objects.newest().first()
    state = [newest.root if newest else ""]
    return if_changed(request, state=state, answer=lambda: LedgerDaysFeed()(request))


def _record(found: LedgerDay) -> dict[str, Any]:
    hashes = day_hashes(found)
    return {
        "day": found.day,
        "count": found.count,
        "first_event": found.first_seq if found.count else None,
        "last_event": found.last_seq if found.count else None,
        "previous": found.previous,
        "tree": tree_of(hashes),
        "root": found.root,
        "closed_at": found.closed_at,
        "formula": "root = SHA-256(previous \\n day \\n count \\n tree); tree: RFC 6962, SHA-256",
        # Not the hashes themselves: with one of them anybody could ask when its event was.
        "leaves": [leaf_of(each) for each in hashes],
    }


def _steps(steps: list[Step]) -> list[dict[str, Any]]:
    return [{"side": _now("bên trái") if side == LEFT else _now("bên phải"), "hash": other} for side, other in steps]


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed) if len(typed) == 10 else None
    except ValueError:
        return None
