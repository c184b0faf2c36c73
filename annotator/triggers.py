"""Database triggers that refuse what no code may do, on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import migrations


def refuse(
    *, table: str, event: str, message: str, columns: Sequence[str] = ()
) -> migrations.RunPython:
    """Return a migration step that makes the database refuse ``UPDATE`` or ``DELETE``.

    ``columns`` limits an UPDATE to changes of these columns.
    """
    name = f"refuse_{event.lower()}_{table}"
    of = f" OF {', '.join(columns)}" if columns else ""

    def make(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001  # RunPython's signature
        for statement in _create(schema_editor.connection.vendor, name, event + of, table, message):
            schema_editor.execute(statement)

    def drop(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001
        postgres = schema_editor.connection.vendor == "postgresql"
        schema_editor.execute(
            f"DROP FUNCTION {name}() CASCADE" if postgres else f"DROP TRIGGER {name}"
        )

    return migrations.RunPython(make, drop)


def _create(vendor: str, name: str, event: str, table: str, message: str) -> list[str]:
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        ]
    return [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{message}'; END $$",
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]
