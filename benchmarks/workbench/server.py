"""Serve the workbench and, beside it, a plain page of the same text."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from annotator.labeling.keymap import bindings
from benchmarks.workbench.article import make_assignment
from framing.scheme import as_dict, load

ROOT = Path(__file__).resolve().parents[2]
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}

# The floor: the same text in the same type, in paragraphs, made by script from the same JSON. As
# pages are usually made, all of it is laid out; the lazy form puts off what is not in view, as the
# workbench does.
PLAIN = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Plain</title>
<link rel="stylesheet" href="/static/css/tokens.css">
<link rel="stylesheet" href="/static/css/base.css">
<link rel="stylesheet" href="/static/css/workbench.css">
<style>.all > p { content-visibility: visible !important; }</style>
<body class="wb"><div class="desk"><div class="panes">
<main class="read" id="article" tabindex="0"></main></div></div>
<script type="module" src="/plain.js"></script></body></html>"""
PLAIN_JS = """
const data = await (await fetch(`/api/v1/assignments${location.search.replace("?", "/")}/`)).json();
performance.mark("workbench-data");
const paper = document.createElement("article");
paper.className = location.pathname === "/lazy" ? "paper" : "paper all";
for (const line of data.article.text.split("\\n\\n")) {
  const paragraph = document.createElement("p");
  paragraph.textContent = line;
  paper.append(paragraph);
}
document.querySelector("main").append(paper);
performance.mark("workbench-built");
document.body.dataset.ready = "true";
"""


class Pages:
    """The answers, and the assignments that were made so far."""

    def __init__(self) -> None:
        self.scheme = as_dict(load("framing-1"))
        self.bindings = [one.as_json() for one in bindings(load("framing-1"))]
        self.made: dict[str, bytes] = {}

    def assignment(self, key: str) -> bytes:
        """Return the assignment named ``WORDS-SPANS``."""
        if key not in self.made:
            words, spans = (int(number) for number in key.split("-"))
            body = make_assignment(words=words, spans=spans, scheme=self.scheme, seed=1)
            body["bindings"] = self.bindings
            self.made[key] = json.dumps(body).encode()
        return self.made[key]

    def workbench(self, key: str) -> bytes:
        page = (ROOT / "templates/labeling/workbench.html").read_text(encoding="utf-8")
        page = re.sub(r"\{% if .*?endif %\}|\{% load static %\}", "", page)
        page = re.sub(r"\{% static '([^']+)' %\}", r"/static/\1", page)
        page = re.sub(r"\{% url '\w+' %\}", "/none/", page)
        page = page.replace("{{ assignment.pk }}", "1").replace("{{ csrf_token }}", "none")
        return page.replace(
            'data-assignment="1"', f'data-assignment="1" data-api="/api/v1/assignments/{key}/"'
        ).encode()

    def get(self, path: str) -> tuple[str, bytes] | None:
        name, _, query = path.partition("?")
        if name.startswith("/static/"):
            file = ROOT / name[1:]
            return (TYPES[file.suffix], file.read_bytes()) if file.is_file() else None
        if found := re.fullmatch(r"/api/v1/assignments/(\d+-\d+)/", name):
            return "application/json", self.assignment(found[1])
        pages = {
            "/workbench": lambda: ("text/html", self.workbench(query)),
            "/lazy": lambda: ("text/html", PLAIN.encode()),
            "/plain": lambda: ("text/html", PLAIN.encode()),
            "/plain.js": lambda: ("text/javascript", PLAIN_JS.encode()),
        }
        return pages[name]() if name in pages else None


@contextmanager
def serving() -> Iterator[str]:
    """Serve on a free port of this machine; give the address."""
    pages = Pages()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        revision = 0

        def do_GET(self) -> None:
            found = pages.get(self.path)
            self._answer(200 if found else 404, *(found or ("text/plain", b"unknown")))

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            applied = [operation["id"] for operation in body["operations"]]
            revision = int(self.headers["If-Match"].strip('"')) + len(applied)
            answer = {"revision": revision, "state": "open", "applied": applied}
            self._answer(200, "application/json", json.dumps(answer).encode())

        def _answer(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            if self.path.startswith("/static/"):
                self.send_header("Cache-Control", "max-age=3600")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
