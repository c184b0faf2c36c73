"""Detectors propose; people decide. `pipeline` is the only registry."""
