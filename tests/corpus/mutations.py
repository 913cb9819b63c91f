"""Mutations of packs: of prelude fields, of JSON nodes and tokens, of raw bytes. All draw from one random.Random."""

import strict_json

VALUES = [
    b"null", b"true", b"false", b"0", b"-1", b"1", b"2", b"-0", b"0.0", b"-0.0", b"1.0", b"1.5", b"1e0", b"1.8e308", b"4E+0",
    b"1e999", b"01",
    b"15", b"16", b"255", b"256", b"64", b"65", b"2147483647", b"2147483648", b"-2147483648", b"-2147483649",
    b"4294967296",
    b"9007199254740991", b"9007199254740992", b"-9007199254740991", b"-9007199254740992", b"9223372036854775807",
    b"9223372036854775808", b"18446744073709551615", b"18446744073709551616", b"1" * 30, b"-" + b"9" * 45,
    b'""', b'"x"', b'"0"', b'"GLYPH"', b'"SOUNDS"', b'"SCENE"', b'"TILES"', b'"NONE"', b'"RAW"', b'"glyph"',
    b'"\\u0000"', b'"\\n"', b'"\\u000a"', b'"\x7f"', b'"\\u0041"', b'"\\/"', b'"\\ud83d\\ude00"', b'"\\ud83d"',
    b'"\\ude00"', b'"\\x"',
    '"\u00e9"'.encode(), '"😀"'.encode(), b'"\xff"', b'"\xc0\x80"', b'"\xed\xa0\x80"', b'"\xe2\x82"',
    b"[]", b"{}", b"[1]", b'{"a":1}', b'[{"asset_id":1,"slot":0}]', b'{"a":1,"a":1}', b"[1.5]", b'{"b":1,"a":2}',
    b"NaN", b"", b"nul",
]
KEYS = [b"asset_id", b"asset_name", b"bank_type", b"codec", b"decoded_size", b"metadata", b"offset", b"size", b"slot",
        b"preload",
        b"asset_table", b"pipeline", b"tile_size", b"width", b"height", b"palette_count", b"palette_authored",
        b"frames", b"channels",
        b"sample_rate", b"a", b"zzz", b"", b"Size", b"\\u0061", "é".encode()]
SPACES = [b" ", b"\n", b"\t", b"\r\n", b"  ", b"\x0b", b"\x00", b"\xc2\xa0", b"\xef\xbb\xbf"]
PRELUDE = [(0, 4), (4, 4), (8, 4), (12, 8), (20, 4), (24, 4), (28, 4)]


class Mutant:
    """A pack while it is changed: prelude, header text, and what stands behind it."""

    def __init__(self, data, rng):
        self.rng = rng
        header_len = int.from_bytes(data[8:12], "little")
        sound = len(data) >= 32 and data[:4] == b"ASPA" and 32 + header_len <= len(data)
        end = 32 + header_len if sound else min(32, len(data))
        self.prelude, self.text, self.rest = bytearray(data[:32]), data[32:end], data[end:]
        self.steps = []

    def bytes(self):
        return bytes(self.prelude) + self.text + self.rest

    def resize(self, text):
        """Takes another header text; mostly the prelude is made to fit, sometimes one of its two numbers, or none."""
        grown = len(text) - len(self.text)
        self.text = text
        coin = self.rng.random()
        if len(self.prelude) == 32 and coin < 0.94:
            if coin < 0.92:
                self.add_to_field(8, 4, grown)
            if coin < 0.90 or coin >= 0.92:
                self.add_to_field(12, 8, grown)

    def add_to_field(self, at, width, delta):
        number = int.from_bytes(self.prelude[at:at + width], "little") + delta
        self.prelude[at:at + width] = (number % 256**width).to_bytes(width, "little")

    def tree(self):
        try:
            return strict_json.parse(self.text)
        except strict_json.Fault:
            return None


def prelude_field(mutant):
    rng = mutant.rng
    if len(mutant.prelude) < 32:
        return False
    at, width = rng.choice(PRELUDE)
    number = int.from_bytes(mutant.prelude[at:at + width], "little")
    end, size = 32 + len(mutant.text), 32 + len(mutant.text) + len(mutant.rest)
    number = rng.choice([0, 1, 2, number + 1, number - 1, 256**width - 1, 1 << rng.randrange(8 * width),
                         number ^ 1 << rng.randrange(8 * width),
                         end, end + 1, end - 1, size, size + 1, size - 1, len(mutant.text), size - 32, 268_435_456,
                         268_435_457,
                         int.from_bytes(mutant.prelude[at:at + width], "big"), int.from_bytes(b"PPA1", "little")])
    mutant.prelude[at:at + width] = (number % 256**width).to_bytes(width, "little")
    return True


def _splice(mutant, start, end, piece):
    mutant.resize(mutant.text[:start] + piece + mutant.text[end:])
    return True


def _choose(mutant, accept):
    """A random node of the header that `accept` takes, or None."""
    root = mutant.tree()
    nodes = [node for node in strict_json.walk(root) if accept(node)] if root else []
    return mutant.rng.choice(nodes) if nodes else None


def node_value(mutant):
    node = _choose(mutant, lambda node: True)
    return node is not None and _splice(mutant, node.start, node.end, mutant.rng.choice(VALUES))


def node_number(mutant):
    """Changes a number, or the way it is spelled."""
    rng = mutant.rng
    node = _choose(mutant, lambda node: node.kind == "number")
    if node is None:
        return False
    spelled = mutant.text[node.start:node.end]
    number = node.value or 0
    piece = rng.choice([b"%d" % (number + 1), b"%d" % (number - 1), b"%d" % (number * 2), b"%d" % -number,
                        spelled + b".0", spelled + b"e0",
                        b"-" + spelled, b"+" + spelled, b"0" + spelled, spelled + b"0", spelled + b".",
                        b"%d" % (number + rng.randrange(64)),
                        b'"' + spelled + b'"', b"%d" % (number + 2**32), b"%d" % (number + 2**64)])
    return _splice(mutant, node.start, node.end, piece)


def node_of_other(mutant):
    """Gives a member the value that the same member has elsewhere."""
    root = mutant.tree()
    if root is None:
        return False
    places = {}
    for node in strict_json.walk(root):
        if node.kind == "object":
            for key, _, _, value in node.members:
                places.setdefault(key, []).append(value)
    shared = sorted(key for key, nodes in places.items() if len(nodes) > 1)
    if not shared:
        return False
    target, source = mutant.rng.sample(places[mutant.rng.choice(shared)], 2)
    return _splice(mutant, target.start, target.end, mutant.text[source.start:source.end])


def _pieces(mutant, node):
    """The members or elements of a container, as spelled."""
    if node.kind == "object":
        return [mutant.text[start:value.end] for _, start, _, value in node.members]
    return [mutant.text[item.start:item.end] for item in node.items]


def _rebuild(mutant, node, pieces):
    opening, closing = (b"{", b"}") if node.kind == "object" else (b"[", b"]")
    return _splice(mutant, node.start, node.end, opening + b",".join(pieces) + closing)


def _container(mutant, at_least):
    return _choose(mutant, lambda node: len((node.members if node.kind == "object" else node.items) or ()) >= at_least)


def member_dropped(mutant):
    node = _container(mutant, 1)
    if node is None:
        return False
    pieces = _pieces(mutant, node)
    del pieces[mutant.rng.randrange(len(pieces))]
    return _rebuild(mutant, node, pieces)


def member_twice(mutant):
    node = _container(mutant, 1)
    if node is None:
        return False
    pieces = _pieces(mutant, node)
    piece = mutant.rng.choice(pieces)
    if node.kind == "object" and mutant.rng.random() < 0.4:
        piece = piece[:piece.index(b":") + 1] + mutant.rng.choice(VALUES)
    pieces.insert(mutant.rng.randrange(len(pieces) + 1), piece)
    return _rebuild(mutant, node, pieces)


def members_moved(mutant):
    node = _container(mutant, 2)
    if node is None:
        return False
    pieces = _pieces(mutant, node)
    one, other = mutant.rng.sample(range(len(pieces)), 2)
    pieces[one], pieces[other] = pieces[other], pieces[one]
    return _rebuild(mutant, node, pieces)


def member_added(mutant):
    """A member, sorted in or not; its name may be known or not."""
    node = _choose(mutant, lambda node: node.kind == "object")
    if node is None:
        return False
    pieces = _pieces(mutant, node)
    pieces.append(b'"' + mutant.rng.choice(KEYS) + b'":' + mutant.rng.choice(VALUES))
    if mutant.rng.random() < 0.6:
        pieces.sort()
    return _rebuild(mutant, node, pieces)


def key_changed(mutant):
    node = _choose(mutant, lambda node: node.kind == "object" and node.members)
    if node is None:
        return False
    _, start, end, _ = mutant.rng.choice(node.members)
    return _splice(mutant, start + 1, end - 1, mutant.rng.choice(KEYS))


def string_spelled(mutant):
    """Escapes one character of a string or key, which may be needless or wrong."""
    rng = mutant.rng
    root = mutant.tree()
    if root is None:
        return False
    spans = []
    for node in strict_json.walk(root):
        if node.kind == "string":
            spans.append((node.start, node.end))
        elif node.kind == "object":
            spans.extend((start, end) for _, start, end, _ in node.members)
    spans = [(start, end) for start, end in spans if end - start > 2]
    if not spans:
        return False
    start, end = rng.choice(spans)
    at = rng.randrange(start + 1, end - 1)
    byte = mutant.text[at]
    piece = rng.choice([b"\\u%04x" % byte, b"\\u%04X" % byte, b"\\" + bytes([byte]), b"\\u00e9", b"\\ud83d\\ude00",
                        b"\\ud83d", b"\\udc00",
                        b"\\ud83d\\", b"\\ud83d\\n", b"\\n", b"\\u000a", b"\n", b"\x00", b"\x7f", b"\\\"", b"\\u005c",
                        b"\\/", b"/"])
    return _splice(mutant, at, at + 1, piece)


def space_between(mutant):
    """Something that is or is not white space, between two tokens or (then it is just another character) inside one."""
    rng = mutant.rng
    places = [index for index, byte in enumerate(mutant.text) if byte in b"{}[],:"]
    if not places:
        return False
    at = rng.choice(places) + rng.randrange(2)
    return _splice(mutant, at, at, rng.choice(SPACES[:5] if rng.random() < 0.7 else SPACES))


def nested_deeper(mutant):
    node = _choose(mutant, lambda node: True)
    if node is None:
        return False
    levels = mutant.rng.choice([1, 120, 121, 122, 123, 124, 125, 126, 127, 128])
    opening, closing = mutant.rng.choice([(b"[", b"]"), (b'{"a":', b"}")])
    return _splice(mutant, node.start, node.end, opening * levels + mutant.text[node.start:node.end] + closing * levels)


def _some_bytes(rng):
    if rng.random() < 0.5:
        return bytes([rng.choice(b'{}[],:"\\ntfu0129-+.eE \t\n\x00')])
    return bytes([rng.randrange(256)])


def header_byte(mutant):
    rng = mutant.rng
    if not mutant.text:
        return False
    at = rng.randrange(len(mutant.text))
    kind = rng.randrange(4)
    if kind == 0:
        return _splice(mutant, at, at + 1, bytes([mutant.text[at] ^ 1 << rng.randrange(8)]))
    if kind == 1:
        return _splice(mutant, at, at + 1, _some_bytes(rng))
    if kind == 2:
        return _splice(mutant, at, at, _some_bytes(rng))
    return _splice(mutant, at, at + rng.choice([1, 1, 1, 2, 5]), b"")


def header_cut(mutant):
    return bool(mutant.text) and _splice(mutant, mutant.rng.randrange(len(mutant.text)), len(mutant.text), b"")


def _replace_all(mutant, data):
    fresh = Mutant(data, mutant.rng)
    mutant.prelude, mutant.text, mutant.rest = fresh.prelude, fresh.text, fresh.rest
    return True


def file_byte(mutant):
    """Anywhere in the file, the prelude as it was."""
    rng = mutant.rng
    data = bytearray(mutant.bytes())
    if not data:
        return False
    at = rng.randrange(min(len(data), 2_000))
    kind = rng.randrange(3)
    if kind == 0:
        data[at] ^= 1 << rng.randrange(8)
    elif kind == 1:
        data.insert(at, rng.randrange(256))
    else:
        del data[at]
    return _replace_all(mutant, bytes(data))


def file_cut(mutant):
    data = mutant.bytes()
    return bool(data) and _replace_all(mutant, data[:mutant.rng.randrange(len(data))])


def file_grown(mutant):
    mutant.rest += mutant.rng.choice([b"\0", b"x", bytes(16)])
    return True


def payload_byte(mutant):
    if not mutant.rest:
        return False
    rest = bytearray(mutant.rest)
    rest[mutant.rng.randrange(len(rest))] ^= 1 << mutant.rng.randrange(8)
    mutant.rest = bytes(rest)
    return True


def region_moved(mutant):
    """Bytes between header and payload region, payload_offset mostly following."""
    gap = mutant.rng.choice([1, 3, 16])
    mutant.rest = bytes(gap) + mutant.rest
    if len(mutant.prelude) == 32 and mutant.rng.random() < 0.8:
        mutant.add_to_field(12, 8, gap)
    return True


# Each with its weight.
ALL = [
    (prelude_field, 8), (node_value, 24), (node_number, 10), (node_of_other, 8), (member_dropped, 8), (member_twice, 7),
    (members_moved, 7),
    (member_added, 7), (key_changed, 5), (string_spelled, 7), (space_between, 4), (nested_deeper, 2), (header_byte, 12),
    (header_cut, 1),
    (file_byte, 6), (file_cut, 2), (file_grown, 1), (payload_byte, 2), (region_moved, 1),
]
_FUNCTIONS = [function for function, _ in ALL]
_WEIGHTS = [weight for _, weight in ALL]


def mutate(data, rng):
    """(bytes, names of the steps): one to three mutations of a pack."""
    mutant = Mutant(data, rng)
    wanted = rng.choices((1, 2, 3), (70, 20, 10))[0]
    while len(mutant.steps) < wanted:
        function = rng.choices(_FUNCTIONS, _WEIGHTS)[0]
        if function(mutant):
            mutant.steps.append(function.__name__)
    return mutant.bytes(), mutant.steps
