"""JUnit as prpack writes it: docs/contracts/ci-formats.md 3, read a second time.

ElementTree refuses what is not well-formed XML 1.0; the rest is checked here, more strictly than the usual schemas do."""

import xml.etree.ElementTree as ElementTree

PASSED, FAILED, SKIPPED, ERROR = "passed", "failed", "skipped", "error"
SHAPE = {  # element: (its attributes, the elements in it)
    "testsuites": ({"name"}, {"testsuite"}),
    "testsuite": ({"name", "tests", "failures", "errors", "skipped"}, {"testcase", "system-out"}),
    "testcase": ({"classname", "name"}, {"skipped", "failure", "error", "system-out"}),
    "skipped": ({"message"}, set()),
    "failure": ({"message", "type"}, set()),
    "error": ({"message", "type"}, set()),
    "system-out": (set(), set()),
}


class Wrong(Exception):
    """The text is not such a document."""


class Case:
    def __init__(self, element):
        self.group = element.get("classname").rsplit(".", 1)[-1]
        self.name = element.get("name")
        kinds = [child.tag for child in element if child.tag != "system-out"]
        if len(kinds) > 1:
            raise Wrong(f"{self.group} of {self.name} has {kinds}")
        self.outcome = {"failure": FAILED, "skipped": SKIPPED, "error": ERROR}[kinds[0]] if kinds else PASSED
        self.text = "".join(element.find(kind).text or "" for kind in kinds)
        self.reason = "".join(element.find(kind).get("message") for kind in kinds)
        self.out = element.findtext("system-out") or ""

    def __repr__(self):
        return f"{self.group} of {self.name}: {self.outcome} {self.reason}"


class Suite:
    def __init__(self, element):
        self.name = element.get("name")
        self.cases = [Case(child) for child in element.findall("testcase")]
        self.out = element.findtext("system-out") or ""
        outcomes = [case.outcome for case in self.cases]
        counts = {"tests": len(outcomes), "failures": outcomes.count(FAILED), "errors": outcomes.count(ERROR),
                  "skipped": outcomes.count(SKIPPED)}
        if {name: int(element.get(name)) for name in counts} != counts:
            raise Wrong(f"{self.name} counts {element.attrib}; there are {counts}")
        names = [(case.group, case.name) for case in self.cases]
        if len(set(names)) != len(names):
            raise Wrong(f"{self.name} has a case twice: {names}")

    def group(self, group):
        return [case for case in self.cases if case.group == group]


def _check(element):
    attributes, children = SHAPE[element.tag]
    if set(element.attrib) != attributes or not {child.tag for child in element} <= children:
        raise Wrong(f"<{element.tag}> has {element.attrib} and {[child.tag for child in element]}")
    for child in element:
        _check(child)


def read(data):
    """The suites of a document, which is bytes."""
    root = ElementTree.fromstring(data)
    if root.tag != "testsuites":
        raise Wrong(f"the root is <{root.tag}>")
    _check(root)
    return [Suite(child) for child in root]
