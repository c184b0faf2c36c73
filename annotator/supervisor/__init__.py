"""One command that starts Redis, worker and web server, and restarts what dies or hangs."""


class CannotStart(RuntimeError):
    """The machinery cannot start; the message says why and what to do."""
