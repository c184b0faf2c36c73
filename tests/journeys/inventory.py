"""Every page of the site, by the name of its address; what is no page is explained."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

# Who looks at what in which study; most pages exist full and empty.
FULL, BOTH = ("demo",), ("demo", "empty")
STUDY = {
    "project": BOTH,
    "project-settings": FULL,
    "project-people": BOTH,
    "import": (*BOTH, "loose"),
    "import-batch": ("loose",),
    "articles": BOTH,
    "articles-loose": ("demo", "loose"),
    "article": FULL,
    "events": BOTH,
    "event-proposals": (*BOTH, "loose"),
    "event": FULL,
    "event-claims": FULL,
    "event-claim": FULL,
    "coverage": FULL,
    "codebook": FULL,
    "assign": BOTH,
    "agreement": BOTH,
    "agreement-ledger": BOTH,
    "agreement-run": FULL,
    "export": BOTH,
    "detectors": BOTH,
}
EVERYBODY = ("home", "profile", "own-keys", "projects", "api-docs")
# With a password: changing it, setting up a second factor, saying it again.
ACCOUNT = (
    "account_change_password",
    "account_reauthenticate",
    "account_inactive",
    "account_logout",
    "mfa_index",
    "mfa_activate_totp",
)
# With a second factor.
FACTOR = (
    "mfa_reauthenticate",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
)
VISITOR = ("account_login", "account_signup")
# Walked step by step in the tests: they need a state of their own.
WALKED = {"mfa_authenticate", "project-new", "workbench", "ledger"}
ADMIN = (
    "admin:index",
    "admin:password_change",
    "admin:password_change_done",
    "admin:auth_user_password_change",
)
ADMIN_WALKED = {"admin:logout", "admin:login"}
ADMIN_STEPS = ("changelist", "add", "change", "history", "delete")
POSTED = "takes a form and leads back to the page that holds it"
NO_PAGE = {
    "account_set_password": "leads to changing it: everybody has one",
    "healthz": "JSON for a load balancer",
    "readyz": "JSON for a load balancer",
    "import-refused": "a file",
    "codebook-source": "a file",
    "download": "a file",
    "download-ledger": "a file",
    "download-suggestions": "a file",
    "mfa_download_recovery_codes": "a file",
    "theme": POSTED,
    "guided": POSTED,
    "own-keys-reset": POSTED,
    "member-add": POSTED,
    "member-create": POSTED,
    "member-password": POSTED,
    "member-remove": POSTED,
    "member-role": POSTED,
    "event-decide": POSTED,
    "withdraw": POSTED,
    "agreement-freeze": POSTED,
    "detectors-retry": POSTED,
    "detectors-train": POSTED,
    "detectors-use": POSTED,
    "detectors-stop": POSTED,
    "admin:autocomplete": "JSON for a field",
    "admin:jsi18n": "a script",
    "admin:view_on_site": "leads to the page itself",
}


def named_urls() -> set[str]:
    """Return the name of every address that a person may open; the API answers JSON only."""

    def walk(resolver: URLResolver, space: str) -> Iterator[str]:
        for entry in resolver.url_patterns:
            if isinstance(entry, URLResolver):
                inner = f"{space}{entry.namespace}:" if entry.namespace else space
                yield from walk(entry, inner)
            elif isinstance(entry, URLPattern) and entry.name:
                yield f"{space}{entry.name}"

    data = {"api-docs"}
    return {name for name in walk(get_resolver(), "") if name in data or name[:4] != "api-"}


def known(name: str) -> bool:
    """Whether an address is visited or explained."""
    if name.startswith("admin:") and name.endswith(tuple(f"_{step}" for step in ADMIN_STEPS)):
        return True
    walked = {*WALKED, *ADMIN_WALKED, "admin:app_list"}
    visited = {*STUDY, *EVERYBODY, *ACCOUNT, *FACTOR, *VISITOR, *ADMIN, *walked}
    return name in visited or name in NO_PAGE


def address(name: str, filled: dict[str, Any], study: str = "demo") -> str:
    """Return an address; ``filled`` holds the names and numbers of the rows."""
    numbers = {"import-batch": "batch", "article": "article", "agreement-run": "run"}
    key = numbers.get(name, "event")
    given = {"slug": filled[study], "pk": filled[key], "claim": filled["claim"]}
    wanted = get_resolver().reverse_dict.getlist(name)[0][0][0][1]
    return reverse(name, kwargs={one: given[one] for one in wanted})


def study_pages(filled: dict[str, Any]) -> list[str]:
    return [address(name, filled, study) for name, studies in STUDY.items() for study in studies]


def admin_pages(filled: dict[str, Any]) -> list[str]:
    """Return every page of the administration that its administrator may open."""
    own = [
        reverse("admin:index"),
        reverse("admin:password_change"),
        reverse("admin:password_change_done"),
        reverse("admin:auth_user_password_change", args=[filled["boss"]]),
    ]
    return own + [page for _, page in filled["admin"]]
