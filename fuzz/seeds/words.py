"""Command lines, and bytes that messages have to show."""

LINES = (
    "", "--help", "--version", "build", "build --verify", "build --verify --output=out", "build -o out", "build -oout",
    "verify", "verify build", "verify build --sources", "verify --no-companions build", "verify a b", "inspect", "inspect a",
    "inspect a b c", "inspect -- --help", "inspect -", "explain", "explain json-syntax entry-type", "init", "list", "add",
    "add ui/hero --type glyph_bank --tile-size=16 --preload --slot 3", "add a --slot=16", "add a --slot -1", "add a --tile-size 12",
    "add a --as SCENE/raw_v1", "add a --name x --name x", "add a --name x --name y", "add a --name=", "-C dir list", "-Cdir list",
    "--format json list", "list --format=json", "--format xml list", "list --format", "-q list", "-qj4 build", "-j4 build", "-j 0 build",
    "build -j 1024", "build -j 1025", "build -j 99999999999", "build --jobs=x", "--quiet=1 list", "bild", "build extra", "list --verify",
    "--unknown", "-x", "-", "--", "-- list", "build -h", "help", "--format=text --format=json list", "build --wait", "--no-color list",
)

TEXTS = {
    "plain": b"plain text", "empty": b"", "control": bytes(range(32)), "delete": b"\x7f", "c1": "\u0080\u009b".encode(),
    "bidi": "\u202e\u2066\u200f".encode(), "invisible": "\u200b\ufeff\u2060".encode(), "wide": "é☃😀".encode(), "invalid": b"a\xffb\xc0\xaf",
    "cut": b"\xe2\x98", "quotes": b'"\\/', "escape": b"\x1b[31m", "long": b"x" * 300, "surrogate": b"\xed\xa0\x80", "beyond": b"\xf4\x90\x80\x80",
    "noncharacter": "\ufffe\uffff".encode(), "tag": "\U000e0041".encode(), "soft-hyphen": "\u00ad".encode(), "separator": "\u2028\u2029".encode(),
}


def seeds():
    for i, line in enumerate(LINES):
        yield "cli", f"line-{i:02}", line.replace(" ", "\0").encode()
    yield "cli", "utf8", "inspect\0é\xff".encode()
    yield "cli", "empty-words", b"\0\0\0"
    yield "cli", "newline", b"inspect\0a\nb\0--x\ny"
    yield "cli", "many", b"inspect" + b"\0a" * 60
    for name, data in TEXTS.items():
        yield "text", name, data + b"\x00\xff"
        yield "text", name + "-short", data + b"\x00\x05"
    for allocation in range(1, 8):
        yield "text", f"no-memory-{allocation}", b"x" * 40 + bytes([allocation, 255])
