"""A strict RFC 8259 reader that keeps positions and spellings (assets-pa-v1.md 1.3, 4.1, 4.2.2).

Python's own json module is too lenient here: it takes NaN, lone surrogates and duplicate keys, and it forgets where and
how a value was written.

parse() gives a tree of Node or raises Fault at the first faulty byte:
  - ill-formed UTF-8: the first byte of the ill-formed sequence, inside a string or not;
  - a byte-order mark: position 0;
  - a lone surrogate escape: its backslash;
  - nesting: the bracket that opens level 128;
  - everything else: the first byte that the grammar does not allow, or the end of the text.
"""

import re

MAX_DEPTH = 127
EXACT = 2**53 - 1
HUGE = 10**40  # stands for every integer of more than 40 digits

_SPACE = re.compile(rb"[ \t\n\r]*")
_STRING = re.compile(rb'"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*"')
_LOW_SURROGATE = re.compile(rb"\\u[dD][c-fC-F][0-9a-fA-F]{2}")
_NUMBER = re.compile(rb"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_ESCAPE = re.compile(r'\\(?:u([0-9a-fA-F]{4})|(.))', re.DOTALL)
_PLAIN_ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_HEX = b"0123456789abcdefABCDEF"
_LITERALS = {0x74: (b"true", "true"), 0x66: (b"false", "false"), 0x6E: (b"null", "null")}


class Fault(Exception):
    """kind is one of json-encoding, json-syntax, json-depth; position counts from the start of the text."""

    def __init__(self, kind, position):
        super().__init__(f"{kind} at {position}")
        self.kind = kind
        self.position = position


class Node:
    """kind: object, array, string, number, true, false, null. The text of the value is text[start:end].

    value: str of a string; int of an integral number, else None. items: nodes of an array. members: of an object, in
    text order, as (key, key_start, key_end, node), positions with the quotes."""

    __slots__ = ("kind", "start", "end", "value", "items", "members")

    def __init__(self, kind, start, end, value=None, items=None, members=None):
        self.kind = kind
        self.start = start
        self.end = end
        self.value = value
        self.items = items
        self.members = members

    def get(self, key):
        """The first member's node, or None."""
        for name, _, _, node in self.members:
            if name == key:
                return node
        return None

    def is_integer(self):
        return self.kind == "number" and self.value is not None


def _string_fault(text, start):
    """Where the string that begins at `start` goes wrong by grammar."""
    at = start + 1
    while at < len(text):
        byte = text[at]
        if byte == 0x22:
            raise AssertionError("the string is sound")
        if byte < 0x20:
            return at
        if byte != 0x5C:
            at += 1
            continue
        at += 1
        if at == len(text):
            return at
        if text[at] != 0x75:
            if text[at] not in b'"\\/bfnrt':
                return at
            at += 1
            continue
        for _ in range(4):
            at += 1
            if at == len(text) or text[at] not in _HEX:
                return at
        at += 1
    return at


def _lone_surrogate(text, start, end):
    """The position of the first lone surrogate escape in text[start:end], where every escape is well-formed, or None.
    A high one is lone unless a whole low one follows; what does follow may be malformed, which is the later fault."""
    at = text.find(b"\\", start, end)
    while 0 <= at < end:
        if text[at + 1] != 0x75:
            at = text.find(b"\\", at + 2, end)
            continue
        unit = int(text[at + 2:at + 6], 16)
        after = at + 6
        if 0xDC00 <= unit < 0xE000:
            return at
        if 0xD800 <= unit < 0xDC00:
            if not _LOW_SURROGATE.match(text, after):
                return at
            after += 6
        at = text.find(b"\\", after, end)
    return None


def _read_string(text, at):
    match = _STRING.match(text, at)
    if match is None:
        stop = _string_fault(text, at)
        # The well-formed part before the fault may hold an earlier one.
        whole = text.rfind(b"\\", at, stop)
        broken = stop if whole < 0 or not _inside_escape(text, at, whole, stop) else whole
        lone = _lone_surrogate(text, at + 1, broken)
        if lone is not None:
            raise Fault("json-encoding", lone)
        raise Fault("json-syntax", stop)
    raw = text[at + 1:match.end() - 1]
    if b"\\" not in raw:
        return match.end(), raw.decode("utf-8")
    lone = _lone_surrogate(text, at + 1, match.end() - 1)
    if lone is not None:
        raise Fault("json-encoding", lone)
    return match.end(), _unescape(raw.decode("utf-8"))


def _inside_escape(text, start, backslash, stop):
    """Whether the fault at `stop` lies inside the escape that begins at `backslash`."""
    run = 0
    while text[backslash - 1 - run] == 0x5C and backslash - 1 - run > start:
        run += 1
    if run % 2 == 1:
        return False  # the second half of an escaped backslash
    length = 6 if text[backslash + 1:backslash + 2] == b"u" else 2
    return backslash + length > stop


def _unescape(raw):
    units = _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else _PLAIN_ESCAPES[m[2]], raw)
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le")


def _read_number(text, at):
    match = _NUMBER.match(text, at)
    if match is None:
        raise Fault("json-syntax", at + 1)  # a minus without a digit
    end = match.end()
    following = text[end:end + 1]
    # A fraction or exponent that lacks its digits: the fault is behind the point, the e or the sign.
    if following == b"." and match[1] is None and match[2] is None:
        raise Fault("json-syntax", end + 1)
    if following in (b"e", b"E") and match[2] is None:
        raise Fault("json-syntax", end + (2 if text[end + 1:end + 2] in (b"+", b"-") else 1))
    if match[1] is not None or match[2] is not None:
        return Node("number", at, end)
    if end - at > 40:
        return Node("number", at, end, -HUGE if text[at] == 0x2D else HUGE)
    return Node("number", at, end, int(match[0]))


def _read_literal(text, at):
    literal, kind = _LITERALS[text[at]]
    for index, byte in enumerate(literal):
        if at + index == len(text) or text[at + index] != byte:
            raise Fault("json-syntax", at + index)
    return Node(kind, at, at + len(literal))


def _read_key(text, at):
    """A key with its colon: (key, key_start, key_end, position of the value)."""
    if text[at:at + 1] != b'"':
        raise Fault("json-syntax", at)
    end, key = _read_string(text, at)
    colon = _SPACE.match(text, end).end()
    if text[colon:colon + 1] != b":":
        raise Fault("json-syntax", colon)
    return key, at, end, _SPACE.match(text, colon + 1).end()


def _read_text(text):
    """The document's root; every position a fault names is at most len(text)."""
    space = _SPACE
    at = space.match(text, 0).end()
    stack = []  # containers that are open, each with the key that waits for the next value
    key = None
    while True:
        # A value begins at `at`.
        byte = text[at] if at < len(text) else -1
        if byte == 0x7B or byte == 0x5B:
            if len(stack) == MAX_DEPTH:
                raise Fault("json-depth", at)
            node = Node("object", at, at, members=[]) if byte == 0x7B else Node("array", at, at, items=[])
            stack.append((node, key))
            at = space.match(text, at + 1).end()
            if text[at:at + 1] != (b"}" if byte == 0x7B else b"]"):
                if byte == 0x7B:
                    *key, at = _read_key(text, at)
                continue
            stack.pop()
            at += 1
            node.end = at
        elif byte == 0x22:
            end, value = _read_string(text, at)
            node = Node("string", at, end, value)
            at = end
        elif byte == 0x2D or 0x30 <= byte <= 0x39:
            node = _read_number(text, at)
            at = node.end
        elif byte in _LITERALS:
            node = _read_literal(text, at)
            at = node.end
        else:
            raise Fault("json-syntax", at)
        # The value is complete; so may be the containers around it.
        while stack:
            parent, parent_key = stack[-1]
            is_object = parent.kind == "object"
            if is_object:
                parent.members.append((*key, node))
            else:
                parent.items.append(node)
            at = space.match(text, at).end()
            byte = text[at] if at < len(text) else -1
            if byte == 0x2C:
                at = space.match(text, at + 1).end()
                if is_object:
                    *key, at = _read_key(text, at)
                break
            if byte != (0x7D if is_object else 0x5D):
                raise Fault("json-syntax", at)
            at += 1
            stack.pop()
            parent.end = at
            node = parent
            key = parent_key
        else:
            at = space.match(text, at).end()
            if at < len(text):
                raise Fault("json-syntax", at)
            return node


def parse(text):
    """The tree of a strict JSON text given as bytes; raises Fault."""
    if text.startswith(b"\xef\xbb\xbf"):
        raise Fault("json-encoding", 0)
    try:
        text.decode("utf-8")
    except UnicodeDecodeError as error:
        ill_formed = error.start
    else:
        return _read_text(text)
    # What stands before the ill-formed sequence may be at fault earlier.
    try:
        _read_text(text[:ill_formed])
    except Fault as fault:
        if fault.position < ill_formed:
            raise
    raise Fault("json-encoding", ill_formed)


def walk(node):
    """Every node of a tree in text order, without recursion."""
    pending = [node]
    while pending:
        node = pending.pop()
        yield node
        if node.kind == "object":
            pending.extend(member[3] for member in reversed(node.members))
        elif node.kind == "array":
            pending.extend(reversed(node.items))


def duplicate_keys(node):
    """(key, key_start) of the second and every later holder of a key in one object; not of the objects inside."""
    if len({member[0] for member in node.members}) == len(node.members):
        return []
    seen = set()
    found = []
    for key, start, _, _ in node.members:
        if key in seen:
            found.append((key, start))
        seen.add(key)
    return found


_TO_ESCAPE = re.compile(r'["\\\x00-\x1f]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}


def canonical_string(value):
    escaped = _TO_ESCAPE.sub(lambda m: _SHORT.get(m[0]) or f"\\u{ord(m[0]):04x}", value)
    return b'"' + escaped.encode("utf-8") + b'"'


def canonical(node, text, kept=frozenset()):
    """The canonical bytes of a tree without duplicate keys, and the positions in them of the numbers that have no
    canonical spelling (a fraction, an exponent, beyond 2^53-1). Numbers whose start is in `kept` stay as they are."""
    out = []
    length = 0
    without_form = []
    pending = [node]
    while pending:
        item = pending.pop()
        if isinstance(item, bytes):
            piece = item
        elif item.kind == "object":
            pending.append(b"}")
            members = sorted(item.members, key=lambda member: member[0], reverse=True)
            for index, (key, _, _, value) in enumerate(members):
                comma = b"" if index == len(members) - 1 else b","
                pending.append(value)
                pending.append(comma + canonical_string(key) + b":")
            piece = b"{"
        elif item.kind == "array":
            pending.append(b"]")
            for index in range(len(item.items) - 1, -1, -1):
                pending.append(item.items[index])
                if index:
                    pending.append(b",")
            piece = b"["
        elif item.kind == "string":
            piece = canonical_string(item.value)
        elif item.kind == "number":
            piece = text[item.start:item.end]
            if item.start not in kept:
                if item.value is None or abs(item.value) > EXACT:
                    without_form.append(length)
                else:
                    piece = b"%d" % item.value
        else:
            piece = item.kind.encode()
        out.append(piece)
        length += len(piece)
    return b"".join(out), without_form


def first_difference(node, text, kept=frozenset()):
    """The first byte at which `text` differs from its canonical form, or None."""
    form, without_form = canonical(node, text, kept)
    limit = without_form[0] if without_form else None
    if form == text:
        return limit
    same = 0
    for same, (a, b) in enumerate(zip(form, text)):
        if a != b:
            break
    else:
        same = min(len(form), len(text))
    return same if limit is None else min(same, limit)
