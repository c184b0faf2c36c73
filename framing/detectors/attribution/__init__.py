"""Attribution: who is made to say what, by which words.

`lexicon` holds the cue words, `page` the article with its quotations, `trees` reads the parse,
`cue_verbs` and `clauses` know what a cue takes, `verbs` and `phrases` draft relations around it,
`speech` and `beside` give quotations their speaker, `settle` resolves conflicts, `values` and
`sources` decide the attributes; `detector` and `ghost` are the entrances.
"""
