"""Journals of an edit of the workspace: each kind of line, each fault. The target adds the first line and the hash where it is told to."""

HASH = b"0123456789abcdef0123456789abcdef"
FIRST, LAST = 1, 2  # bits of the last byte: the first line is right, the hash is right
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


def seeds():
    for name, body in _bodies():
        yield "journal", name, body + bytes([0, 0, FIRST | LAST])
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
