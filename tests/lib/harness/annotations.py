"""Workflow commands as GitHub's runner reads them: docs/contracts/ci-formats.md 4, read a second time."""

import re

LINE = re.compile(r"::(error|warning|notice) (?:file=([^,:\r\n]+),line=([1-9][0-9]*)(?:,col=([1-9][0-9]*))?,)?title=([a-z0-9-]+)::(.*)")


class Wrong(Exception):
    """The text has a line that is not such a command."""


class Annotation:
    def __init__(self, line):
        found = LINE.fullmatch(line)
        if found is None:
            raise Wrong(line)
        self.level, path, number, column, self.title, message = found.groups()
        self.path = None if path is None else _decode(path, {"%3A": ":", "%2C": ","})
        self.line = None if number is None else int(number)
        self.column = None if column is None else int(column)
        self.message = _decode(message, {})


def _decode(text, more):
    for escape, character in {"%0D": "\r", "%0A": "\n", **more}.items():
        text = text.replace(escape, character)
    if re.search(r"%(?!25)", text):
        raise Wrong(f"{text} has a sequence that the runner does not decode")
    return text.replace("%25", "%")


def read(text):
    """Each line of the text, which are all commands."""
    if text and not text.endswith("\n"):
        raise Wrong("the last line has no end")
    return [Annotation(line) for line in text.split("\n")[:-1]]
