"""Journals of an edit of the workspace: each kind of line, each fault. The target adds the first line and the hash where it is told to."""

HASH = b"0123456789abcdef0123456789abcdef"
FIRST, LAST, OLD = 1, 2, 4  # bits of the last byte: the first line is right, the hash is right, the version is the one without moves
FAULTS = 4  # ways in which a system call fails


def _bodies():
    yield "empty", b""
    yield "one", b"1\n"
    yield "replaces", b"7 " + HASH + b"\n"
    yield "many", b"".join(b"%d %s\n" % (i, HASH) if i % 3 == 0 else b"%d\n" % i for i in range(1, 40))
    yield "id-most", b"2147483647\n"
    yield "id-over", b"2147483648\n"
    yield "id-huge", b"18446744073709551617\n"
    yield "id-zero", b"0\n"
    yield "id-negative", b"-1\n"
    yield "id-plus", b"+1\n"
    yield "id-zeros", b"0000000000000000001\n"
    yield "id-missing", b" " + HASH + b"\n"
    yield "line-cut", b"1"
    yield "line-empty", b"\n"
    yield "line-nul", b"1\0\n"
    yield "line-return", b"1\r\n"
    yield "space-only", b"1 \n"
    yield "hash-short", b"1 " + HASH[1:] + b"\n"
    yield "hash-long", b"1 " + HASH + b"0\n"
    yield "hash-upper", b"1 " + HASH.upper() + b"\n"
    yield "two-spaces", b"1  " + HASH + b"\n"
    yield "end-twice", b"end " + HASH + b"\n"


def _path(text):
    return text.encode().hex().encode()


def _moves():
    sound, inside = _path("sfx/jump.wav"), _path("sfx/jump/jump.wav")
    yield "way", b"way 3 " + _path("sfx/jump") + b"\n"
    yield "way-none-there", b"way 0 " + _path("a/b/c") + b"\n"
    yield "way-all-there", b"way 8 " + _path("sfx/jump") + b"\n"
    yield "way-inside-a-name", b"way 2 " + _path("sfx/jump") + b"\n"
    yield "way-huge", b"way 2147483648 " + _path("sfx/jump") + b"\n"
    yield "way-without-number", b"way " + _path("sfx/jump") + b"\n"
    yield "way-registry", b"way 0 " + _path(".prometeu/quarantine") + b"\n"
    yield "file", b"file " + sound + b" " + inside + b"\n1\n"
    yield "directory", b"directory " + _path("hero") + b" " + _path("units/hero") + b"\n"
    yield "all", b"way 0 " + _path("sfx/jump") + b"\nfile " + sound + b" " + inside + b"\n1\n2 " + HASH + b"\n"
    yield "into-itself", b"directory " + _path("hero") + b" " + _path("hero/old") + b"\n"
    yield "to-itself", b"file " + sound + b" " + sound + b"\n"
    yield "beside", b"directory " + _path("hero") + b" " + _path("hero2") + b"\n"
    yield "up", b"file " + _path("../a") + b" " + _path("b") + b"\n"
    yield "registry", b"file " + _path("a") + b" " + _path(".prometeu/index.json") + b"\n"
    yield "to-asset-json", b"file " + _path("a.json") + b" " + _path("asset.json") + b"\n"
    yield "one-path", b"file " + sound + b"\n"
    yield "three-paths", b"file " + sound + b" " + inside + b" " + inside + b"\n"
    yield "odd", b"file " + sound[1:] + b" " + inside + b"\n"


def _quarantine():
    folder = ".prometeu/quarantine/0012"
    record, files, root = _path(f"{folder}/record.json"), _path(f"{folder}/files"), _path("ui/hero")
    yield "way", b"way 9 " + _path(folder) + b"\n"
    yield "way-to-files", b"way 9 " + files + b"\n"
    yield "record", b"record " + record + b"\n"
    yield "drop", b"drop " + record + b"\n"
    yield "in", b"record " + record + b"\ndirectory " + root + b" " + files + b"\n"
    yield "out", b"directory " + files + b" " + root + b"\ndrop " + record + b"\n"
    yield "file", b"file " + files + b" " + root + b"\n"
    yield "copy-in", b"record " + record + b"\ncopy " + root + b" " + files + b"\n"
    yield "copy-out", b"copy " + files + b" " + root + b"\ndrop " + record + b"\n"
    yield "copy-beside", b"copy " + root + b" " + _path("ui/villain") + b"\n"
    yield "within", b"directory " + files + b" " + _path(".prometeu/quarantine/0013/files") + b"\n"
    yield "record-of-a-root", b"record " + _path("ui/record.json") + b"\n"
    yield "drop-files", b"drop " + files + b"\n"
    yield "drop-two", b"drop " + record + b" " + record + b"\n"
    yield "drop-nothing", b"drop\n"
    yield "move-record", b"file " + record + b" " + root + b"\n"
    yield "delete", b"delete 1 " + HASH + b"\n"
    yield "delete-other", b"delete 1 " + HASH + b" " + _path("a/b.pal") + b"\n"
    yield "delete-without-hash", b"delete 1\n"
    yield "delete-new", b"delete 1 - " + _path("b.pal") + b"\n"
    for name, number in (("zero", "0000"), ("most", "999999999999"), ("over", "1000000000000"), ("huge", "9" * 40), ("zeros", "0" * 40 + "1"),
                         ("empty", ""), ("letters", "12x"), ("up", "..")):
        yield f"number-{name}", b"drop " + _path(f".prometeu/quarantine/{number}/record.json") + b"\n"


def seeds():
    for name, body in _bodies():
        yield "journal", name, body + bytes([0, 0, FIRST | LAST])
        yield "journal", f"old-{name}", body + bytes([0, 0, FIRST | LAST | OLD])
    for name, body in _moves():
        yield "journal", f"move-{name}", body + bytes([0, 0, FIRST | LAST])
    for name, body in _quarantine():
        yield "journal", f"quarantine-{name}", body + bytes([0, 0, FIRST | LAST])
    yield "journal", "move-old", b"way 0 " + _path("a") + b"\n" + bytes([0, 0, FIRST | LAST | OLD])
    yield "journal", "other-directory", b"prpack-edit 2 1 1 1 1\n1\n" + bytes([0, 0, LAST])
    yield "journal", "other-version", b"prpack-edit 1 1 1\n1\n" + bytes([0, 0, LAST])
    yield "journal", "first-only-word", b"prpack-edit 2 " + bytes([0, 0, LAST])
    yield "journal", "no-hash", b"1\n" + bytes([0, 0, FIRST])
    yield "journal", "wrong-hash", b"1\nend " + HASH + b"\n" + bytes([0, 0, FIRST])
    yield "journal", "bare", b"end " + HASH + b"\n" + bytes([0, 0, 0])
    yield "journal", "nothing", b""
    body = b"1\n2 " + HASH + b"\n"
    for allocation in (1, 2, 3):
        yield "journal", f"no-memory-{allocation}", body + bytes([0, allocation, FIRST | LAST])
    for fault in range(FAULTS):
        yield "journal", f"call-fails-{fault}", body + bytes([3 * FAULTS + fault, 0, FIRST | LAST])
