"""The commands of ``python -m framing``, one module each with ``add_parser`` and ``run``."""
