"""French: its cue words, the labels of spaCy's French parses, and the rules over both."""
