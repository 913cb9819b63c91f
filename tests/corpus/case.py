"""A corpus case: a file (or a directory of files) and the verdict that its author expects.

The verdicts are written by hand with every case and never taken from a program.

The first finding's place is written as a number, or as at("…") or after("…"): a piece of the file that stands there
once, and the position where it begins or ends. corpus/README.md lists what each position means."""

NOWHERE = "-"  # no finding, or a finding without a position
OPEN = "*"  # several findings with different positions, or a position that the contract leaves open


class Case:
    def __init__(self, path, files, loads, ids, where, note):
        self.path = path  # below corpus/
        self.files = files  # bytes, or for a directory a dict from name to bytes
        self.loads = loads
        self.conforms = not ids
        self.ids = sorted(ids)
        self.byte_offset = where
        self.note = note
        has_l = any(id_.endswith(":L") for id_ in ids)
        if loads == has_l or any(id_[-2:] not in (":L", ":C") for id_ in ids):
            raise ValueError(f"{path}: the verdict and the ids contradict each other")


class Place:
    def __init__(self, piece, behind):
        self.piece = piece.encode("utf-8") if isinstance(piece, str) else piece
        self.behind = behind

    def find(self, path, data):
        if data.count(self.piece) != 1:
            raise ValueError(f"{path}: {self.piece!r} stands {data.count(self.piece)} times in the file")
        return data.index(self.piece) + (len(self.piece) if self.behind else 0)


def at(piece):
    """Where the piece begins."""
    return Place(piece, False)


def after(piece):
    """Where the piece ends."""
    return Place(piece, True)


def _split(ids):
    return ids.split(",") if ids else []


class Cases:
    """Collects the cases of one folder below corpus/."""

    def __init__(self, folder, suffix):
        self.folder = folder
        self.suffix = suffix
        self.list = []

    def _add(self, group, name, files, loads, ids, where, note):
        path = f"{self.folder}/{group}/{name}{self.suffix}"
        if isinstance(where, Place):
            where = where.find(path, files)
        self.list.append(Case(path, files, loads, _split(ids), where, note))

    def valid(self, name, files, note):
        """Loads and conforms."""
        self._add("valid", name, files, True, "", NOWHERE, note)

    def refused(self, name, files, where, note, ids=None):
        """Does not load. One finding, `ID:L` with the ID from the name, when ids are not given."""
        self._add("invalid", name, files, False, ids or name.split(".")[0] + ":L", where, note)

    def taken(self, name, files, where, note, ids=None):
        """Loads, and does not conform. One finding, `ID:C`, when ids are not given."""
        self._add("invalid", name, files, True, ids or name.split(".")[0] + ":C", where, note)

    def several(self, name, files, loads, ids, note, where=OPEN):
        """More than one fault, to show what 4.2 says about them."""
        self._add("several", name, files, loads, ids, where, note)
