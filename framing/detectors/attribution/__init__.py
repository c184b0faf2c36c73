"""Attribution: who is made to say what, by which words.

`lexicon` holds the cue words, `page` the article with its quotations, `trees` reads the parse,
`verbs` and `phrases` draft relations around a cue, `speech` gives quotations their speaker,
`settle` resolves conflicts, `values` decides the attributes, `detector` is the entrance.
"""
