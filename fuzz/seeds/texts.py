"""JSON texts: every production of the grammar, every edge of it, every fault."""

VALUES = {
    "object-empty": "{}", "array-empty": "[]", "string-empty": '""', "zero": "0", "true": "true", "false": "false",
    "null": "null", "object": '{"a":1}', "array": "[1,2,3]", "nested": '{"a":[{"b":[[]]}]}',
    "space": ' \t\r\n{ "a" : [ 1 , 2 ] } \n', "members": '{"a":1,"b":2,"c":3}', "mixed": '[null,true,"x",-1.5e-3,{}]',
}

NUMBERS = {
    "one": "1", "minus-one": "-1", "minus-zero": "-0", "fraction": "0.5", "exponent": "1e5", "exponent-plus": "1E+5",
    "exponent-minus": "1e-5", "both": "-12.34E-56", "zero-fraction": "0.0", "zero-exponent": "0e0",
    "slot-most": "15", "slot-over": "16", "i32-most": "2147483647", "i32-over": "2147483648",
    "i32-least": "-2147483648", "i32-under": "-2147483649", "exact-most": "9007199254740991",
    "exact-over": "9007199254740992", "exact-odd": "9007199254740993", "exact-least": "-9007199254740991",
    "exact-under": "-9007199254740992", "u64-most": "18446744073709551615", "u64-over": "18446744073709551616",
    "u64-ten": "184467440737095516150", "digits-63": "1" * 63, "digits-64": "1" * 64, "digits-400": "7" * 400,
    "infinite": "1e999", "tiny": "1e-999", "many-zeros": "1" + "0" * 30,
}

STRINGS = {
    "escapes": r'"\"\\\/\b\f\n\r\t"', "unicode": r'"\u0041\u00e9\u20ac"', "upper-hex": r'"\u00E9\uABCD"',
    "nul": r'"a\u0000b"', "control": r'"\u001f\u0000"', "delete": '"\x7f"', "pair": r'"\ud83d\ude00"',
    "pair-upper": r'"\uD83D\uDE00"', "pair-edges": r'"\ud800\udc00\udbff\udfff"', "utf8-two": '"\u0080\u07ff"',
    "utf8-three": '"\u0800\ud7ff\ue000\uffff"', "utf8-four": '"\U00010000\U0010ffff"', "slash": '"/"',
    "long": '"' + "x" * 40 + '"', "eight": '"' + "x" * 8 + '"', "key-escaped": r'{"\u0061":1}',
    "keys-equal": r'{"a":1,"\u0061":2}', "keys-order": '{"b":1,"a":2}', "keys-prefix": '{"aa":1,"a":2,"":3}',
    "keys-high": '{"\U00010000":1,"\uffff":2,"\ue000":3}', "keys-thrice": '{"a":1,"a":2,"a":3}',
    "keys-inner": '{"a":{"b":1,"b":2},"a":3}', "keys-control": '{"\\u0001":1,"\\n":2}',
}

FAULTS = {
    "empty": "", "space-only": "  ", "open-object": "{", "open-array": "[", "open-string": '"a', "open-key": '{"a',
    "no-colon": '{"a"1}', "no-value": '{"a":}', "no-comma": "[1 2]", "comma-last": "[1,]", "comma-first": "[,1]",
    "comma-object": '{"a":1,}', "key-number": "{1:2}", "key-none": "{:1}", "close-wrong": "[1}", "close-more": "[]]",
    "two-values": "1 2", "name-cut": "tru", "name-long": "truex", "name-case": "True", "leading-zero": "01",
    "minus-leading-zero": "-01", "point-end": "1.", "point-first": ".5", "minus-point": "-.5", "minus-only": "-",
    "plus": "+1", "exponent-none": "1e", "exponent-sign": "1e+", "hex": "0x10", "nan": "NaN", "quote-single": "'a'",
    "escape-bad": r'"\x"', "escape-cut": '"\\', "hex-cut": r'"\u12"', "hex-bad": r'"\u12g4"', "raw-control": '"\x01"',
    "raw-newline": '"\n"', "raw-nul": '"\x00"', "nul-end": "1\x00", "nul-space": "[\x001]", "vertical-tab": "[\x0b1]",
    "comment": "[1]//x", "high-lone": r'"\ud83d"', "low-lone": r'"\ude00"', "high-high": r'"\ud83d\ud83d"',
    "high-cut": r'"\ud83d\u"', "high-then-letter": r'"\ud83da"',
}

BYTES = {
    "bom": b"\xef\xbb\xbf{}", "bom-cut": b"\xef\xbb", "overlong-two": b'"\xc0\xaf"', "overlong-three": b'"\xe0\x80\xaf"',
    "overlong-four": b'"\xf0\x80\x80\xaf"', "surrogate-bytes": b'"\xed\xa0\x80"', "beyond": b'"\xf4\x90\x80\x80"',
    "lone-tail": b'"\x80"', "cut-two": b'"\xc3"', "cut-three": b'"\xe2\x98"', "cut-four": b'"\xf0\x9f\x98"',
    "five": b'"\xf8\x88\x80\x80\x80"', "ff": b'"\xff"', "outside": b"[\xff]", "latin-outside": "[é]".encode(),
    "in-key": b'{"\xff":1}', "after-escape": b'"\\\xff"', "overlong-c1": b'"\xc1\x81"', "end-cut": b'"\xe2\x98\x83',
}

DEPTHS = {
    "depth-127": "[" * 127 + "]" * 127, "depth-128": "[" * 128 + "]" * 128, "depth-127-object": '{"a":' * 126 + "{}" + "}" * 126,
    "depth-128-object": '{"a":' * 127 + "{}" + "}" * 127, "depth-1000": "[" * 1000, "depth-open": "[" * 127,
}

WHOLE = {
    "header": '{"asset_table":[{"asset_id":1,"asset_name":"a","bank_type":"SCENE","codec":"NONE","decoded_size":4,'
              '"metadata":{},"offset":0,"size":4}],"preload":[{"asset_id":1,"slot":0}]}',
    "keys-many": "{" + ",".join(f'"k{i}":{i}' for i in range(9, -1, -1)) + "}",
    "levels-sorted-late": '{"a":{"z":1,"b":2},"c":[{"y":1,"x":[]}]}',
    "fault-behind-duplicate": '{"a":1,"a":2,}',
}


def seeds():
    for group in (VALUES, NUMBERS, STRINGS, FAULTS, DEPTHS, WHOLE):
        for name, text in group.items():
            yield "json", name, text.encode()
    for name, text in BYTES.items():
        yield "json", name, text
        yield "differential", name, text
    for group in (NUMBERS, STRINGS, FAULTS, DEPTHS):
        for name, text in group.items():
            yield "differential", name, text.encode()
    for group in (VALUES, NUMBERS, STRINGS, WHOLE):
        for name, text in group.items():
            yield "canonical", name, text.encode() + b"\x00\x7f"
    yield "canonical", "levels-2", b'{"a":[[1]]}\x00\x02'
    yield "canonical", "levels-3", b'{"a":[[1]]}\x00\x03'
    for allocation in range(1, 6):
        yield "canonical", f"no-memory-{allocation}", b'{"b":[1,"x"],"a":{"c":null}}' + bytes([allocation, 0x7F])
