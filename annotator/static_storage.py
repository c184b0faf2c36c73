"""Static files as the site serves them: hashed names, our scripts minified, all compressed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.utils.module_loading import import_string
from whitenoise.storage import CompressedManifestStaticFilesStorage

OURS = ("workbench/", "ledger/")


class StaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # has no types
    """Give every file and every module import a name that changes with its content."""

    support_js_module_import_aggregation = True
    # Each pass settles the names one step further up the chain of imports.
    max_post_process_passes = 30

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Only our scripts: others' mention files in comments that their packages do not ship.
        scripts = self._patterns.pop("*.js")
        self._patterns |= {f"{folder}*.js": scripts for folder in (*OURS, "site/")}

    def file_hash(self, name: str, content: Any = None) -> str | None:
        """Return 6 hexadecimal digits: enough between versions, and each import carries them."""
        digest = super().file_hash(name, content)
        return digest[:6] if digest else None

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[Any]:
        """Minify before hashing: a name must change with what is served, not with a comment."""
        if not dry_run:
            for name in paths:
                if name.startswith(OURS) and name.endswith(".js"):
                    self._minify(name, *paths[name])
                    paths[name] = (self, name)
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _minify(self, name: str, folder: Any, path: str) -> None:
        """Store a script from its source: what is short already would come out otherwise."""
        with folder.open(path) as file:
            source = file.read().decode("utf-8")
        self.delete(name)
        # Imported where files are collected: a process that serves pages needs no minifier.
        minify = import_string("minify.string")
        self._save(name, ContentFile(minify("application/javascript", source).encode("utf-8")))
