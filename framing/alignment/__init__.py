"""Which claims of an event's articles correspond. `aligning` loads spaCy, `ledger` does not."""
