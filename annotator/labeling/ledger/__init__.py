"""The ledger of an event as people judge it: claims that last, and what each answers to them."""
