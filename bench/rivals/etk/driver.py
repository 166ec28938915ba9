"""Runs DIG's phone, e-mail and social-media extractors of etk over texts: JSON lines in and out.

For Python 2.7, as etk was. `driver.py CHECKOUT` reads {"text": ...} lines, answers each with a list
of [kind, value] in the same order, and ends with the CPU-seconds that the extractors took.
"""

# ruff: noqa: UP010, UP031, PTH118
from __future__ import print_function

import json
import os
import sys
import time


def load(checkout):
    for folder in ("data_extractors", "structured_extractors", "spacy_extractors"):
        sys.path.insert(0, os.path.join(checkout, "etk", folder))
    from digEmailExtractor import email_extractor
    from digPhoneExtractor import phone_extractor
    from digTokenizerExtractor.tokenizer_extractor import TokenizerExtractor

    tokenizer = TokenizerExtractor(recognize_linebreaks=True, create_structured_tokens=True)
    handles = load_handles()

    def find(text):
        tokens = [token["value"] for token in tokenizer.extract(text, True)]
        found = [["phone", one["value"]] for one in phone_extractor.extract(tokens)]
        found += [["email", one["value"]] for one in email_extractor.extract(text)]
        return found + handles(tokens)

    return find


def load_handles():
    """The social-media matcher over spaCy's vocabulary; without spaCy 1.9 it finds nothing."""
    try:
        import social_media_extractor
        from spacy.en import English
    except ImportError as problem:
        print("no handles: %s" % problem, file=sys.stderr)
        return lambda tokens: []
    nlp = English(parser=False, entity=False)
    matcher = social_media_extractor.load_social_media_matcher(nlp)

    def find(tokens):
        doc = nlp.tokenizer.tokens_from_list(tokens)
        if nlp.tagger:
            nlp.tagger(doc)
        try:
            found = social_media_extractor.extract(doc, matcher)
        except UnicodeEncodeError:  # it turns a name into bytes of ASCII
            return []
        return [
            ["handle", "%s:%s" % (one["metadata"]["social_network"], one["value"])] for one in found
        ]

    return find


def main():
    find = load(sys.argv[1])
    texts = [json.loads(line)["text"] for line in sys.stdin]
    start = time.clock()
    found = [find(text) for text in texts]
    taken = time.clock() - start
    for one in found:
        print(json.dumps(one))
    print(json.dumps(taken))


if __name__ == "__main__":
    main()
