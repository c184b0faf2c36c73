"""What a person sees at an address that only takes a form: a page, not the browser's own error."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render


class OnlyPosted:
    """Give an empty 405 a page; one reaches it by reloading, or by signing in after a form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        empty = isinstance(answer, HttpResponse) and not answer.content
        if answer.status_code != 405 or not empty or not request.accepts("text/html"):
            return answer
        page = render(request, "405.html", status=405)
        page["Allow"] = answer["Allow"]
        return page
