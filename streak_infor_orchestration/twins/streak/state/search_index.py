"""What search finds: whole words of names and texts, behind the truth by the configured lag (§3.14)."""

import re
from collections import defaultdict
from typing import Any

from streak_infor_orchestration.twins.streak.state.later import Later

Json = dict[str, Any]
Document = tuple[str, str]
"""("boxes" | "contacts" | "orgs", key)"""

_WORD = re.compile(r"\w+")


class SearchIndex:
    """Shows an entry as it was when it was indexed: with a lag, search is stale and still finds the deleted."""

    def __init__(self, later: Later) -> None:
        self._later = later
        self._summaries: dict[Document, Json] = {}
        self._texts: dict[Document, str] = {}
        self._by_word: defaultdict[str, dict[Document, None]] = defaultdict(dict)
        self._boxes_by_name: defaultdict[str, dict[Document, None]] = defaultdict(dict)
        self.lag_seconds = 0.0

    def put(self, document: Document, summary: Json, text: str) -> None:
        """``text`` holds the words to find it by, of which a box's name is one."""
        self._later.after(self.lag_seconds, lambda: self._index(document, summary, text))

    def remove(self, document: Document) -> None:
        self._later.after(self.lag_seconds, lambda: self._forget(document))

    def find_words(self, query: str) -> list[tuple[str, Json]]:
        """The (kind, summary) of everything that has all words of the query."""
        words = _words(query)
        if not words:
            return []
        matches = min((self._by_word.get(word, {}) for word in words), key=len)
        return [
            (document[0], self._summaries[document])
            for document in matches
            if all(document in self._by_word.get(word, {}) for word in words)
        ]

    def find_boxes_named(self, name: str) -> list[tuple[str, Json]]:
        return [(document[0], self._summaries[document]) for document in self._boxes_by_name.get(name, {})]

    def _index(self, document: Document, summary: Json, text: str) -> None:
        if self._texts.get(document) != text:
            self._forget(document)
            self._texts[document] = text
            for word in _words(text):
                self._by_word[word][document] = None
            if document[0] == "boxes":
                self._boxes_by_name[summary["name"]][document] = None
        self._summaries[document] = summary

    def _forget(self, document: Document) -> None:
        text = self._texts.pop(document, None)
        if text is None:
            return
        for word in _words(text):
            self._by_word[word].pop(document, None)
        summary = self._summaries.pop(document)
        if document[0] == "boxes":
            self._boxes_by_name[summary["name"]].pop(document, None)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))
