"""What assets-pa-v1.md says about one pack: an independent reading of sections 1, 2 and 4.

judge(data) answers with a Report. A comment names the clause of 4.2 wherever one decides between two readings."""

import json
import math

import strict_json
from strict_json import EXACT, Fault

HEADER_CAP = 268_435_456
INT32_MIN, INT32_MAX = -2**31, 2**31 - 1
UINT64_MAX = 2**64 - 1

ENTRY_TYPES = {
    "asset_id": "integer",
    "asset_name": "string",
    "bank_type": "string",
    "codec": "string",
    "decoded_size": "integer",
    "metadata": "object",
    "offset": "integer",
    "size": "integer",
}
PRELOAD_TYPES = {"asset_id": "integer", "slot": "integer"}
BANKS = ("GLYPH", "SOUNDS", "SCENE")

PLANE = 32_768
PALETTES = 2_048
PALETTE = 32
SHEET_SIZE = PLANE + PALETTES
SHEET_DECODED = 65_536 + PALETTES

DECLARATION = 1_048_576  # 4.4: bytes of an asset.json
DECLARED = {  # bank -> role, format and type of its shortest declaration, and the members that need not be declared
    "GLYPH": ("sprites", "GLYPH/indexed_v1", "glyph_bank", {"width", "height", "palette_count", "palette_authored"}),
    "SOUNDS": ("sources", "SOUNDS/pcm16le_v1", "sound_bank",
               {"sample_rate", "channels", "frames", "loop_start", "loop_end"}),
    "SCENE": ("sources", "SCENE/raw_v1", "scene_bank", set()),
}


class Report:
    """Findings are (id, class, byte offset or None). The rest is what companions are compared with."""

    def __init__(self):
        self.findings = []
        self.text = None  # the bytes of the header
        self.root = None  # its tree
        self.table_span = None  # (start, end) in the header text
        self.preload_span = None
        self.slices = []  # per table element: (position, size) in the file, or None
        self.entries = []
        self.preload = []
        self.payload_offset = None
        self.size_without_cut = None

    def add(self, id_, class_, at):
        self.findings.append((id_, class_, at))

    def ids(self):
        return sorted({f"{id_}:{class_}" for id_, class_, _ in self.findings})

    def loads(self):
        return all(class_ != "L" for _, class_, _ in self.findings)

    def conforms(self):
        return not self.findings

    def first_offset(self):
        offsets = [at for _, _, at in self.findings if at is not None]
        return min(offsets) if offsets else None


class Entry:
    """One element of asset_table. values: the members that are usable, by name; nodes: the nodes they came from."""

    def __init__(self):
        self.node = None
        self.nodes = {}
        self.values = {}
        self.beyond_exact = set()  # 4.2.9: members whose judging has ended

    def get(self, name):
        return self.values.get(name)


def judge(data):
    report = Report()
    header_len = _prelude(report, data)
    if header_len is None:
        return report
    text = data[32:32 + header_len]
    try:
        root = strict_json.parse(text)
    except Fault as fault:
        report.add(fault.kind, "L", 32 + fault.position)
        return report
    if report.payload_offset > 32 + header_len:
        report.add("slice-gap", "C", 12)  # 4.1: the payload region does not start at the header's end
    report.text, report.root = text, root
    _Header(report, data, text, root).judge()
    return report


def _prelude(report, data):
    """header_len, or None after a finding of class L (4.2.1)."""
    if len(data) < 32:
        report.add("file-truncated", "L", len(data))
        return None
    if data[:4] == b"PPA1":
        report.add("prelude-legacy", "L", 0)
        return None
    if data[:4] != b"ASPA":
        report.add("prelude-magic", "L", 0)
        return None
    version, header_len = (int.from_bytes(data[at:at + 4], "little") for at in (4, 8))
    payload_offset = int.from_bytes(data[12:20], "little")
    header_end = 32 + header_len
    if version != 1:
        report.add("prelude-version", "L", 4)
    elif header_len < 2 or header_len > HEADER_CAP:
        report.add("prelude-header-length", "L", 8)
    elif header_end > len(data) and payload_offset >= header_end:
        report.add("file-truncated", "L", len(data))
    elif header_end > len(data):
        report.add("prelude-header-length", "L", 8)
    elif payload_offset < header_end or payload_offset > len(data):
        report.add("prelude-payload-offset", "L", 12)
    else:
        for at in (20, 24, 28):
            if data[at:at + 4] != b"\0\0\0\0":
                report.add("prelude-reserved", "C", at)
        report.payload_offset = payload_offset
        return header_len
    return None


class _Header:
    def __init__(self, report, data, text, root):
        self.report = report
        self.data = data
        self.text = text
        self.root = root
        self.spelled = set()  # starts of the numbers whose spelling another rule judges (4.2.3)

    def add(self, id_, class_, at):
        """at: position in the header text."""
        self.report.add(id_, class_, 32 + at)

    def judge(self):
        duplicates = self._duplicate_keys()
        self._shape()
        if not duplicates:
            different = strict_json.first_difference(self.root, self.text, self.spelled)
            if different is not None:
                self.add("json-not-canonical", "C", different)
            else:
                self._entry_lengths()

    # JSON itself

    def _duplicate_keys(self):
        inside = self._metadata_spans()
        found = False
        for node in strict_json.walk(self.root):
            if node.kind != "object":
                continue
            for _, at in strict_json.duplicate_keys(node):
                in_metadata = any(start <= node.start < end for start, end in inside)
                self.add("json-duplicate-key", "C" if in_metadata else "L", at)
                found = True
        return found

    def _metadata_spans(self):
        """Every value that stands under the key metadata in an element of an asset_table of the root."""
        spans = []
        if self.root.kind != "object":
            return spans
        for key, _, _, table in self.root.members:
            if key != "asset_table" or table.kind != "array":
                continue
            for element in table.items:
                if element.kind == "object":
                    spans.extend((node.start, node.end) for name, _, _, node in element.members if name == "metadata")
        return spans

    # Shape

    def _wrong_type(self, id_, node):
        self.spelled.add(node.start)
        self.add(id_, "L", node.start)

    def _shape(self):
        root = self.root
        if root.kind != "object":
            self._wrong_type("header-shape", root)
            return
        self._unknown_members(root, ("asset_table", "preload"))
        table, preload = root.get("asset_table"), root.get("preload")
        if preload is None:
            self.add("preload-missing", "C", root.start)
        elements = self._array(table)
        if table is None:
            self.add("header-shape", "L", root.start)
        elif elements is not None:
            self.report.table_span = (table.start, table.end)
            self.report.entries = [self._entry(element) for element in elements]
        table_known = elements is not None
        if table_known:
            self._names_and_ids()
            self._slices()
        elements = self._array(preload)
        if elements is not None:
            self.report.preload_span = (preload.start, preload.end)
            self.report.preload = [self._preload_entry(element) for element in elements]
            self._preload(self.report.preload, table_known)

    def _array(self, node):
        """The elements; None when there are none to judge."""
        if node is None:
            return None
        if node.kind != "array":
            self._wrong_type("header-shape", node)
            return None
        return node.items

    def _unknown_members(self, node, known):
        for key, at, _, _ in node.members:
            if key not in known:
                self.add("header-unknown-member", "C", at)

    def _members(self, element, types, judge_number):
        """An Entry with the usable members of an element, or None when it is no object."""
        if element.kind != "object":
            self._wrong_type("header-shape", element)
            return None
        self._unknown_members(element, types)
        entry = Entry()
        entry.node = element
        for name, type_ in types.items():
            node = element.get(name)
            if node is None:
                self.add("entry-missing-member", "L", element.start)
            elif type_ == "integer" and node.is_integer():
                entry.nodes[name] = node
                judge_number(entry, name, node)
            elif type_ != "integer" and node.kind == type_:
                entry.nodes[name] = node
                entry.values[name] = node if type_ == "object" else node.value
            else:
                self._wrong_type("entry-type", node)
        return entry

    def _entry(self, element):
        entry = self._members(element, ENTRY_TYPES, self._entry_number)
        if entry is None:
            return None
        name, bank, codec = (entry.get(member) for member in ("asset_name", "bank_type", "codec"))
        if name == "":
            self.add("name-empty", "C", entry.nodes["asset_name"].start)
        elif name is not None and any(c < " " or c == "\x7f" for c in name):
            self.add("name-control", "C", entry.nodes["asset_name"].start)
        if bank is not None and bank not in BANKS:
            self.add("bank-legacy" if bank == "TILES" else "bank-unknown", "L", entry.nodes["bank_type"].start)
        if codec is not None and codec != "NONE":
            self.add("codec-legacy" if codec == "RAW" else "codec-unknown", "L", entry.nodes["codec"].start)
        if "metadata" in entry.values:
            self._metadata(entry.values["metadata"])
        if bank == "GLYPH":
            self._glyph(entry)
        elif bank == "SOUNDS":
            self._sound(entry)
        elif bank == "SCENE":
            self._scene(entry)
        return entry

    def _entry_number(self, entry, name, node):
        low, high = (INT32_MIN, INT32_MAX) if name == "asset_id" else (0, UINT64_MAX)
        if not low <= node.value <= high:
            self.spelled.add(node.start)
            self.add("entry-range", "L", node.start)
            return
        entry.values[name] = node.value
        if node.value > EXACT or (name == "asset_id" and node.value < 1):
            self.spelled.add(node.start)
            entry.beyond_exact.add(name)
            self.add("entry-range-exact", "C", node.start)

    def _preload_entry(self, element):
        return self._members(element, PRELOAD_TYPES, self._preload_number)

    def _preload_number(self, entry, name, node):
        if name == "slot":
            if 0 <= node.value <= 15:
                entry.values[name] = node.value
            else:
                self.spelled.add(node.start)
                self.add("preload-slot-range", "L", node.start)
        elif INT32_MIN <= node.value <= INT32_MAX:
            entry.values[name] = node.value
        else:
            self.spelled.add(node.start)
            self.add("entry-range", "L", node.start)

    # Identity

    def _names_and_ids(self):
        ids, names = set(), set()
        before = None  # the id of the element before, when that one is usable
        for entry in self.report.entries:
            id_ = entry.get("asset_id") if entry else None
            if id_ is not None:
                at = entry.nodes["asset_id"].start
                if id_ in ids:
                    self.add("id-duplicate", "L", at)
                if before is not None and id_ < before:
                    self.add("id-order", "C", at)
                ids.add(id_)
            before = id_
            name = entry.get("asset_name") if entry else None
            if name is not None:
                if name in names:
                    self.add("name-duplicate", "C", entry.nodes["asset_name"].start)
                names.add(name)

    # Slices

    def _slices(self):
        report = self.report
        expected = 0  # where the next payload has to start; None when the one before is not known
        end_of_all = 0
        all_known = True
        for entry in report.entries:
            slice_ = self._slice(entry)
            report.slices.append(slice_)
            if slice_ is None:
                all_known = False
                expected = None
                continue
            offset, size = entry.values["offset"], entry.values["size"]
            at = entry.nodes["offset"].start
            if expected is not None and offset > expected:
                self.add("slice-gap", "C", at)
            if expected is not None and offset < expected:
                self.add("slice-overlap", "C", at)
            expected = offset + size
            end_of_all = max(end_of_all, expected)
            if entry.get("bank_type") == "GLYPH":
                self._unused_palettes(entry, slice_)
        self._merge_cut()
        if all_known and report.payload_offset + end_of_all < len(self.data):
            report.add("payload-trailing", "C", report.payload_offset + end_of_all)

    def _merge_cut(self):
        """4.2.17: a file that lacks its end has one slice-range, at the first entry that is not complete."""
        report, end = self.report, 0
        if report.payload_offset != 32 + len(self.text):
            return
        for entry in report.entries:
            if not entry or entry.get("offset") != end or entry.get("size") is None:
                return
            end += entry.get("size")
        whole = report.payload_offset + end
        if len(self.data) < whole <= EXACT:
            report.size_without_cut = whole
            of_cut = [one for one in report.findings if one[0] == "slice-range"]
            report.findings = [one for one in report.findings if one not in of_cut[1:]]

    def _slice(self, entry):
        """(position, size) in the file, or None when a member is not usable or the slice is not inside the file."""
        offset, size = (entry.get("offset"), entry.get("size")) if entry else (None, None)
        if offset is None or size is None:
            return None
        position = self.report.payload_offset + offset
        if position + size > len(self.data):  # Python's integers do not overflow: this is both halves of the rule
            culprit = "offset" if position > len(self.data) else "size"
            self.add("slice-range", "L", entry.nodes[culprit].start)
            return None
        return position, size

    # Preload

    def _preload(self, preload, table_known):
        first = {}
        for entry in self.report.entries:
            if entry and entry.get("asset_id") is not None:
                first.setdefault(entry.get("asset_id"), entry)
        # 4.2.5: an entry whose id cannot be used might be the one that is named.
        all_ids_known = table_known and all(entry and entry.get("asset_id") is not None
                                            for entry in self.report.entries)
        assets, holders = set(), {}  # holders: who asked for a place
        before = None  # bank and slot of the element before, when both are known
        for item in preload:
            id_ = item.get("asset_id") if item else None
            place = self._place(item, first.get(id_) if id_ is not None else None)
            if before is not None and place is not None and place < before:
                self.add("preload-order", "C", item.nodes["asset_id"].start)
            before = place
            if id_ is None:
                continue
            if id_ not in first:
                if all_ids_known:
                    self.add("preload-unknown-asset", "L", item.nodes["asset_id"].start)
                continue
            bank, slot = first[id_].get("bank_type"), item.get("slot")
            place = (bank if bank in BANKS else id_, slot)  # the same asset has the same bank, known or not
            taken = slot is not None and place in holders
            if taken and bank in BANKS:
                self.add("preload-slot-clash", "L", item.nodes["slot"].start)
            if id_ in assets and not (taken and id_ in holders[place]):
                self.add("preload-duplicate", "C", item.nodes["asset_id"].start)
            if slot is not None:
                holders.setdefault(place, set()).add(id_)
            assets.add(id_)

    @staticmethod
    def _place(item, entry):
        """Where an element belongs in preload, or None when its asset, bank or slot is not known."""
        bank, slot = entry.get("bank_type") if entry else None, item.get("slot") if item else None
        return (BANKS.index(bank), slot) if bank in BANKS and slot is not None else None

    # 4.4

    def _entry_lengths(self):
        preloaded = {entry.get("asset_id") for entry in self.report.preload if entry}
        for entry in self.report.entries:
            length = self._declaration_length(entry, preloaded) if entry else None
            if length is not None and length > DECLARATION:
                self.add("entry-too-long", "C", entry.node.start)

    def _declaration_length(self, entry, preloaded):
        """Bytes of the shortest asset.json; None when a member that it depends on is not usable."""
        bank, metadata = entry.get("bank_type"), entry.get("metadata")
        if bank not in BANKS or metadata is None or entry.get("asset_name") is None:
            return None
        role, format_, type_, computed = DECLARED[bank]
        id_ = entry.get("asset_id")
        document = {
            "asset_uuid": "-" * 36,
            "inputs": {role: ["a"]},
            "name": "",
            "output": {"codec": "NONE", "format": format_},
            "preload": {"enabled": id_ is not None and id_ in preloaded},
            "schema_version": 1,
            "type": type_,
        }
        length = len(json.dumps(document, separators=(",", ":")))
        name = entry.nodes["asset_name"]
        length += name.end - name.start - len('""')
        members = [node.end - key_start for key, key_start, _, node in metadata.members if key not in computed]
        if members:
            length += len(',"metadata":{}') + sum(members) + len(members) - 1
        if bank == "SCENE" and metadata.get("decoded_size") is None:
            if entry.get("decoded_size") is None or entry.get("size") is None:
                return None
            if entry.get("decoded_size") != entry.get("size"):
                length += len(',"decoded_size":') + len(str(entry.get("decoded_size")))
        return length

    # Metadata and banks

    def _metadata(self, metadata):
        for key, at, _, _ in metadata.members:
            if key == "pipeline":
                self.add("metadata-pipeline", "C", at)
        for node in strict_json.walk(metadata):
            if node.kind == "object":
                for key, at, _, _ in node.members:
                    if "\0" in key:
                        self.add("metadata-nul", "C", at)
            elif node.kind == "string" and "\0" in node.value:
                self.add("metadata-nul", "C", node.start)
            if node.kind != "number":
                continue
            if math.isinf(float(self.text[node.start:node.end])):
                self.spelled.add(node.start)
                self.add("metadata-range", "L", node.start)
            elif node.value is None:
                self.spelled.add(node.start)
                self.add("metadata-float", "C", node.start)
            elif abs(node.value) > EXACT:
                self.spelled.add(node.start)
                self.add("entry-range-exact", "C", node.start)

    def _integers(self, entry, id_, members):
        """The sound ones of the metadata members that the bank needs, as name -> value. A number that is metadata-range,
        metadata-float or entry-range-exact already is broken, and not reported again (4.2: one fault, one finding)."""
        metadata = entry.get("metadata")
        sound = {}
        for name, allowed in members.items():
            node = metadata.get(name)
            if node is None:
                self.add(id_, "C", metadata.start)
            elif node.kind == "number" and (node.value is None or abs(node.value) > EXACT):
                continue
            elif not node.is_integer() or node.value not in allowed:
                self.add(id_, "C", node.start)
            else:
                sound[name] = node.value
        return sound

    def _sizes(self, entry, id_, allowed):
        """allowed: member -> the values it may have."""
        for name, values in allowed.items():
            if name in entry.values and name not in entry.beyond_exact and entry.values[name] not in values:
                self.add(id_, "C", entry.nodes[name].start)

    def _scene(self, entry):
        metadata, decoded_size = entry.get("metadata"), entry.get("decoded_size")
        declared = metadata.get("decoded_size") if metadata else None
        if declared is None or decoded_size is None or "decoded_size" in entry.beyond_exact:
            return
        if declared.kind == "number" and (declared.value is None or abs(declared.value) > EXACT):
            return  # metadata-range, metadata-float or entry-range-exact
        if not declared.is_integer() or declared.value != decoded_size:
            self.add("metadata-decoded-size", "C", declared.start)

    GLYPH_MEMBERS = {
        "tile_size": (8, 16, 32),
        "width": (256,),
        "height": (256,),
        "palette_count": (64,),
        "palette_authored": range(1, 65),
    }

    def _glyph(self, entry):
        metadata = entry.get("metadata")
        if metadata is None:
            return
        entry.sheet = self._integers(entry, "glyph-metadata", self.GLYPH_MEMBERS)
        sizes, decoded = {SHEET_SIZE}, {SHEET_DECODED}
        width, height = metadata.get("width"), metadata.get("height")
        # 4.2.7: with a broken width or height the declared numbers will do as well.
        if width and height and width.is_integer() and height.is_integer() and width.value >= 0 <= height.value:
            pixels = width.value * height.value
            sizes.add((pixels + 1) // 2 + PALETTES)
            decoded.add(pixels + PALETTES)
        self._sizes(entry, "glyph-size", {"size": sizes, "decoded_size": decoded})

    def _unused_palettes(self, entry, slice_):
        sheet = getattr(entry, "sheet", {})
        if len(sheet) != len(self.GLYPH_MEMBERS) or slice_[1] != SHEET_SIZE:
            return
        start = slice_[0] + PLANE + sheet["palette_authored"] * PALETTE
        unused = self.data[start:slice_[0] + SHEET_SIZE]
        if unused.count(0) != len(unused):
            self.report.add("glyph-palette-unused", "C", start + len(unused) - len(unused.lstrip(b"\0")))

    SOUND_MEMBERS = {"sample_rate": range(8_000, 48_001), "channels": (1,), "frames": range(0, EXACT + 1)}

    def _loop(self, metadata, frames):
        """4.2.13. frames: None if that member is broken."""
        ends = {name: metadata.get(name) for name in ("loop_start", "loop_end")}
        there = {name: node for name, node in ends.items() if node is not None}
        values = {}
        for name, node in there.items():
            if node.kind == "number" and (node.value is None or abs(node.value) > EXACT):
                continue  # metadata-range, metadata-float or entry-range-exact
            if len(there) == 1 or not node.is_integer() or node.value < 0:
                self.add("sound-metadata", "C", node.start)
            else:
                values[name] = node.value
        if len(values) < 2:
            return
        if frames is not None and values["loop_end"] > frames:
            self.add("sound-metadata", "C", there["loop_end"].start)
        elif values["loop_start"] >= values["loop_end"]:
            self.add("sound-metadata", "C", there["loop_start"].start)

    def _sound(self, entry):
        if entry.get("metadata") is None:
            return
        sound = self._integers(entry, "sound-metadata", self.SOUND_MEMBERS)
        self._loop(entry.get("metadata"), sound.get("frames"))
        if "frames" in sound and "channels" in sound:
            size = sound["frames"] * 2
            self._sizes(entry, "sound-size", {"size": {size}, "decoded_size": {size}})


def sheet_of(entry):
    """(tile_size, palette_authored) of a GLYPH entry with sound metadata and sizes, else None."""
    sheet = getattr(entry, "sheet", {})
    if len(sheet) != len(_Header.GLYPH_MEMBERS) or entry.get("size") != SHEET_SIZE or \
            entry.get("decoded_size") != SHEET_DECODED:
        return None
    return sheet["tile_size"], sheet["palette_authored"]
