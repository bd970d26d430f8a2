"""The method and the glossary, where somebody needs them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from trayecto.web.roles import Needs, page
from trayecto.web.words.method import STEPS, TERMS


@page("method/", name="method", needs=Needs.ACCOUNT)
def method(request: HttpRequest) -> HttpResponseBase:
    """Tell the method, step by step, and what each word means."""
    return render(request, "web/method.html", {"steps": STEPS, "terms": TERMS})
