"""The science of framing annotation: spans, codebook, detectors, agreement, formats.

Pure Python: no Django, no network, no clock, no hidden randomness.
"""
