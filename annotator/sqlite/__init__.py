"""SQLite with one writer at a time: Django's backend plus a queue in front of BEGIN."""
