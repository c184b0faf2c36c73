"""Reading and writing files: one format a module, all of them listed in ``catalog``."""
