"""The page that lists which keys of the workbench a person changed, and takes changes back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from annotator.accounts.models import User
from annotator.accounts.refusals import Invalid
from annotator.corpus.access import person
from annotator.labeling.keymap import Binding, bindings
from annotator.labeling.own_keys import do_reset_keys, schemes_of


@require_safe
@login_required
def own_keys(request: HttpRequest) -> HttpResponse:
    user = person(request.user)
    return render(request, "labeling/own_keys.html", {"rows": _rows(user), "here": "profile"})


@require_POST
@login_required
def own_keys_reset(request: HttpRequest) -> HttpResponse:
    """Take back the change that ``id`` names, all of them without one."""
    user = person(request.user)
    wanted = request.POST.get("id")
    try:
        do_reset_keys(user=user, ids=list(user.keys) if wanted is None else [wanted])
    except Invalid as problem:
        messages.error(request, problem.detail)
    else:
        messages.success(request, "The codebook's keys act again.")
    return redirect("own-keys")


def _rows(user: User) -> list[dict[str, Any]]:
    """Return what the person changed, in the codebook's order, what none has last."""
    known: dict[str, Binding] = {}
    for scheme in schemes_of(user):
        known |= {binding.id: binding for binding in bindings(scheme)}
    order = [id for id in known if id in user.keys]
    order += [id for id in user.keys if id not in known]
    return [{"id": id, "key": user.keys[id], "binding": known.get(id)} for id in order]
