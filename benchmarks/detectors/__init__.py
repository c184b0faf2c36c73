"""How good the detectors are, beside a quotation extractor and a lexicon highlighter."""
