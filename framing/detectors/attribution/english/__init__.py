"""English: its cue words, the labels of spaCy's English parses, and the rules over both."""
