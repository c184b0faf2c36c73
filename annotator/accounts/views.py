"""Pages about the person who is signed in."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from annotator.accounts import people
from annotator.accounts.forms import ProfileForm
from annotator.accounts.models import User


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def profile(request: HttpRequest) -> HttpResponse:
    user = _me(request)
    form = ProfileForm(request.POST or None, user=user)
    if form.is_valid():
        people.do_change_profile(
            user=user,
            display_name=form.cleaned_data["display_name"],
            theme=form.cleaned_data["theme"],
            answers=form.answers,
        )
        messages.success(request, "Saved.")
        return redirect("profile")
    context = {"form": form, "here": "profile"}
    return render(request, "accounts/profile.html", context, status=400 if form.errors else 200)


@require_POST
@login_required
def theme(request: HttpRequest) -> HttpResponse:
    """Store the chosen theme; without script the button says ``toggle``."""
    user = _me(request)
    wanted = request.POST.get("theme", "")
    if wanted not in User.Theme.values:
        wanted = User.Theme.LIGHT if user.theme == User.Theme.DARK else User.Theme.DARK
    people.do_choose_theme(user=user, theme=wanted)
    if request.accepts("text/html"):
        return redirect(_back(request))
    return HttpResponse(status=204)


@require_POST
@login_required
def guided(request: HttpRequest) -> HttpResponse:
    """Remember that the walk through the workbench was taken or declined."""
    people.do_note_guided(user=_me(request))
    return HttpResponse(status=204)


def _me(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def _back(request: HttpRequest) -> str:
    """Return the page that the button was on, the home page when it was not ours."""
    page = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(
        page, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return page if ours else "/"
