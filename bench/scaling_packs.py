"""Packs in which one thing is there n times, or is n long, and the commands that examine them: docs/contracts/assets-pa-v1.md."""

import os

from generate import PRELUDE
from scaling import Case, Command

NAMES = ["asset_id", "asset_name", "bank_type", "codec", "decoded_size", "metadata", "offset", "size"]


def entry(number, **values):
    """The JSON of an entry of bank SCENE. Each value is JSON; "more" comes at the end."""
    usual = {"asset_id": "%d" % number, "asset_name": '"scene %d"' % number, "bank_type": '"SCENE"', "codec": '"NONE"',
             "decoded_size": "8", "metadata": "{}", "offset": "%d" % (8 * (number - 1)), "size": "8"}
    more = values.pop("more", "")
    usual.update(values)
    return "{%s%s}" % (",".join('"%s":%s' % (name, usual[name]) for name in NAMES), more)


def header(entries, preload="", more=""):
    return '{"asset_table":[%s],"preload":[%s]%s}' % (",".join(entries), preload, more)


def write(directory, text, payload):
    """assets.pa with this header; the payload region is sparse."""
    data = text.encode("utf-8", "surrogatepass")
    with open(os.path.join(directory, "assets.pa"), "wb") as file:
        file.write(PRELUDE.pack(b"ASPA", 1, len(data), PRELUDE.size + len(data), 0, 0, 0))
        file.write(data)
        file.truncate(PRELUDE.size + len(data) + payload)


def examine(path, status):
    pack = os.path.join(path, "assets.pa")
    return [Command("inspect", ["inspect", pack], status), Command("inspect json", ["inspect", "--format", "json", pack], status),
            Command("verify", ["verify", "--no-companions", path], status)]


def is_too_long(text):
    """Whether the one entry of a header is longer than any asset.json can declare: assets-pa-v1.md, 4.4."""
    return len(text) > 1 << 20 and text.count('"codec"') == 1


def pack_case(name, what, n, text, status=1, size=None):
    """text(n) is the header; size(n) is the number of entries, which store 8 bytes each."""
    def commands(_, path, count):
        made = text(count)
        write(path, made, 8 * (size(count) if size else 1))
        return examine(path, 1 if is_too_long(made) else status)
    return Case(name, what, n, commands)


def each(n, **values):
    """n entries; each value may have a %d for the number."""
    return [entry(i + 1, **{name: value % (i + 1) if "%d" in value else value for name, value in values.items()}) for i in range(n)]


def many(n, pattern, separator=","):
    return separator.join(pattern % i if "%" in pattern else pattern for i in range(n))


def metadata(text):
    return header([entry(1, metadata=text)])


CASES = [
    pack_case("entries", "entries", 4000, lambda n: header(each(n)), 0, lambda n: n),
    pack_case("preloads", "elements of preload for one asset", 16000,
              lambda n: header([entry(1)], many(n, '{"asset_id":1,"slot":%d}'))),
    pack_case("entries-preloads", "entries, each preloaded", 4000,
              lambda n: header(each(n), many(n, '{"asset_id":%d,"slot":1}')), 1, lambda n: n),
    pack_case("preloads-unknown", "elements of preload for assets that are not there", 16000,
              lambda n: header([entry(1)], many(n, '{"asset_id":%d,"slot":1}'))),
    pack_case("names-equal", "entries with one name", 4000, lambda n: header(each(n, asset_name='"scene"')), 1, lambda n: n),
    pack_case("ids-equal", "entries with one id", 4000, lambda n: header(each(n, asset_id="7")), 1, lambda n: n),
    pack_case("ids-fall", "entries whose ids fall", 4000, lambda n: header(each(n)[::-1]), 1, lambda n: n),
    pack_case("slices-equal", "entries with one payload", 4000, lambda n: header(each(n, offset="0")), 1, lambda n: n),
    pack_case("banks-unknown", "entries with an unknown bank", 4000, lambda n: header(each(n, bank_type='"SCENES"')), 1, lambda n: n),
    pack_case("glyphs-faulty", "entries of bank GLYPH without metadata", 4000, lambda n: header(each(n, bank_type='"GLYPH"')), 1,
              lambda n: n),
    pack_case("entries-empty", "entries without a member", 20000, lambda n: header(["{}"] * n)),
    pack_case("entries-wrong", "entries that are numbers", 40000, lambda n: header(["1"] * n)),
    pack_case("types-wrong", "entries of which each member has a wrong type", 4000,
              lambda n: header([entry(1, **{name: "[]" for name in NAMES}) for _ in range(n)])),
    pack_case("entries-reversed", "entries whose members fall", 4000,
              lambda n: header(["{%s}" % ",".join(e[1:-1].split(",")[::-1]) for e in each(n)]), 1, lambda n: n),
    pack_case("white-space", "blanks in the header", 500000, lambda n: header([entry(1)], more=" " * n)),
    pack_case("lines", "lines in the header before a fault", 1000000, lambda n: header([entry(1)], more="\n" * n + "?")),
    pack_case("name-length", "bytes of a name", 600000, lambda n: header([entry(1, asset_name='"%s"' % ("n" * n))]), 0),
    pack_case("name-escapes", "escapes in a name", 100000, lambda n: header([entry(1, asset_name='"%s"' % ("\\u0041" * n))])),
    pack_case("name-controls", "control characters in a name", 100000,
              lambda n: header([entry(1, asset_name='"%s"' % ("\\u0001" * n))])),
    pack_case("members", "members of metadata", 40000, lambda n: metadata("{%s}" % many(n, '"m%07d":1')), 0),
    pack_case("members-fall", "members of metadata whose keys fall", 20000,
              lambda n: metadata("{%s}" % ",".join('"m%07d":1' % i for i in range(n, 0, -1)))),
    pack_case("members-equal", "members of metadata with one key", 40000, lambda n: metadata("{%s}" % many(n, '"m":1'))),
    pack_case("members-long", "bytes of two keys of metadata", 200000,
              lambda n: metadata('{"%sa":1,"%sb":1}' % ("k" * n, "k" * n)), 0),
    pack_case("members-near", "members of entries that are nearly known", 4000, lambda n: header(each(n, more=',"asset_mane":1')), 1,
              lambda n: n),
    pack_case("members-unknown", "members of an entry that are not known", 20000,
              lambda n: header([entry(1, more="," + many(n, '"size%d":1'))])),
    pack_case("root-unknown", "members of the header that are not known", 20000,
              lambda n: header([entry(1)], more="," + many(n, '"root%d":1'))),
    pack_case("root-equal", "members of the header with one key", 20000, lambda n: header([entry(1)], more="," + many(n, '"k":1'))),
    pack_case("preload-unknown", "members of an element of preload that are not known", 20000,
              lambda n: header([entry(1)], '{"asset_id":1,"slot":0,%s}' % many(n, '"slot%d":1'))),
    pack_case("elements", "elements of an array in metadata", 200000, lambda n: metadata('{"a":[%s]}' % many(n, "1")), 0),
    pack_case("floats", "fractions in metadata", 40000, lambda n: metadata('{"a":[%s]}' % many(n, "0.5"))),
    pack_case("objects", "objects in metadata", 60000, lambda n: metadata('{"a":[%s]}' % many(n, '{"b":1}')), 0),
    pack_case("digits", "digits of a number in metadata", 400000, lambda n: metadata('{"a":%s}' % ("9" * n))),
    pack_case("digits-fraction", "digits of a fraction in metadata", 400000, lambda n: metadata('{"a":0.%s}' % ("3" * n))),
    pack_case("digits-size", "digits of a size", 600000, lambda n: header([entry(1, size="9" * n)])),
    pack_case("digits-unknown", "digits of a number in an unknown member", 600000,
              lambda n: header([entry(1)], more=',"x":%s' % ("9" * n))),
    pack_case("string-length", "bytes of a string in metadata", 600000, lambda n: metadata('{"a":"%s"}' % ("s" * n)), 0),
    pack_case("depth", "levels of metadata, in 2,000 entries", 12,
              lambda n: header(each(2000, metadata='{"a":' * n + "1" + "}" * n)), 0, lambda n: 2000),
    pack_case("depth-arrays", "levels of arrays in an unknown member, 2,000 times", 12,
              lambda n: header([entry(1)], more="," + many(2000, '"k%d":' + "[" * n + "]" * n))),
]
