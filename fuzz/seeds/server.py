"""Bytes for the framer of the server, and messages for its dispatcher."""

import json

FRAMES = {
    "one": b"Content-Length: 2\r\n\r\n{}", "two": b"Content-Length: 2\r\n\r\n{}Content-Length: 4\r\n\r\n[{}]", "empty": b"Content-Length: 0\r\n\r\n",
    "case": b"content-LENGTH:2\n\n{}", "others": b"Content-Type: x; charset=utf-8\r\nContent-Length: 2\r\nX:\r\n\r\n{}", "blanks": b"\r\n \t\nContent-Length: 2\n\n{}\n\n",
    "twice": b"Content-Length: 2\nContent-Length: 2\n\n{}", "differ": b"Content-Length: 2\nContent-Length: 3\n\n{}", "none": b"X: 1\n\n{}", "no-colon": b"Content-Length\n\n{}",
    "sign": b"Content-Length: -1\n\n{}", "most": b"Content-Length: 9007199254740991\n\n{}", "more": b"Content-Length: 9007199254740992\n\n{}", "cut": b"Content-Length: 5\r\n\r\n{",
    "cut-header": b"Content-Len", "line": b"{}\n[]\r\n\n  {}\n", "last-line": b"{}\n{}", "array": b"[]\n", "text": b"hello\n", "long-header": b"X: " + b"x" * 8192 + b"\n\n",
    "nul": b"Content-Length: 2\0\n\n{}", "length-blanks": b"Content-Length: \t2 \t\r\n\r\n{}", "no-value": b"Content-Length:\n\n{}", "json": b'x{"a": 1}\n', "mark": b"\xef\xbb\xbf{}\n", "no-name": b": x\nContent-Length: 2\n\n{}",
}

PARAMETERS = (
    ("prpack/list", {}), ("prpack/list", []), ("prpack/list", {"assets": "a"}), ("prpack/list", {"assets": ""}), ("prpack/list", {"unknown": 1}),
    ("prpack/build", {"verify": True, "jobs": 4, "output": "out", "workDoneToken": "t", "findings": True}), ("prpack/build", {"jobs": 0}),
    ("prpack/build", {"verify": 1}), ("prpack/build", {"max_decoded": 1 << 53}), ("prpack/build", {"only": ["a", "b"], "error": []}), ("prpack/build", {"workDoneToken": 1.5}),
    ("prpack/add", {"roots": ["a", "é\x01"], "as": "SCENE/raw_v1", "slot": 15, "preload": False}), ("prpack/add", {"roots": []}), ("prpack/add", {"tile_size": 9, "roots": ["a"]}),
    ("prpack/inspect", {"paths": ["a"] * 40}), ("prpack/inspect", {"paths": [["a"]]}), ("prpack/inspect", {"paths": "a"}), ("prpack/show", {"asset": "a\0b"}),
    ("prpack/quarantine-list", None), ("prpack/merge_registry", {"base": "a", "ours": "b", "theirs": "c"}), ("prpack/ids", {"format": "c", "output": None}),
    ("initialize", {}), ("initialize", {"protocolVersion": 1, "processId": 7, "workspace": "w", "capabilities": {"events": True}, "clientInfo": {"name": "n"}}),
    ("initialize", {"protocolVersion": 2}), ("initialize", {"processId": -1}), ("initialize", {"workspace": ""}), ("shutdown", None), ("exit", None), ("nothing", {}),
    ("$/cancelRequest", {"id": 5}), ("$/cancelRequest", {"id": "é"}), ("$/cancelRequest", {}), ("initialized", {}),
    ("window/workDoneProgress/cancel", {"token": 5}), ("window/workDoneProgress/cancel", {"token": "é"}), ("initialize", {"capabilities": {"events": None}}),
)

MESSAGES = {
    "empty": b"", "not-json": b"{", "batch": b"[{}]", "number": b"5", "id-null": b'{"jsonrpc":"2.0","id":null,"method":"shutdown"}', "id-fraction": b'{"jsonrpc":"2.0","id":1.5,"method":"x"}',
    "id-long": b'{"jsonrpc":"2.0","id":"' + b"i" * 1025 + b'","method":"x"}', "id-escaped": b'{"jsonrpc":"2.0","id":"\\u0061\\ud83d\\ude00","method":"x"}', "version": b'{"jsonrpc":"1.0","id":1,"method":"x"}',
    "twice": b'{"jsonrpc":"2.0","id":1,"id":2,"method":"x"}', "params-twice": b'{"jsonrpc":"2.0","id":1,"method":"prpack/list","params":{"assets":"a","assets":"b"}}',
    "hello-twice": b'{"jsonrpc":"2.0","id":-0,"method":"initialize","params":{"workspace":"a","workspace":"b"}}', "exit-with-id": b'{"jsonrpc":"2.0","id":1,"method":"exit"}',
    "events-twice": b'{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{"events":true,"events":false}}}',
    "response": b'{"jsonrpc":"2.0","id":1,"result":{}}', "method-kind": b'{"jsonrpc":"2.0","id":1,"method":[]}', "escaped-key": b'{"jsonrpc":"2.0","\\u0069d":1,"method":"prpack\\/list"}',
    "deep": b'{"jsonrpc":"2.0","id":1,"method":"prpack/list","params":{"a":' + b"[" * 125 + b"]" * 125 + b"}}", "utf8": b'{"jsonrpc":"2.0","id":1,"method":"\xff"}', "method-long": b'{"jsonrpc":"2.0","id":1,"method":"prpack/' + b"x" * 200 + b'"}',
}


def seeds():
    for name, data in FRAMES.items():
        for framing in range(3):
            yield "frame", f"{name}-{framing}", data + bytes([6, framing])
    for name, data in MESSAGES.items():
        yield "dispatch", name, data + bytes([3, 0 if b"initialize" in data else 1])
    for number, (method, params) in enumerate(PARAMETERS):
        message = {"jsonrpc": "2.0", "id": number, "method": method, **({"params": params} if params is not None else {})}
        if method in ("exit", "initialized", "$/cancelRequest", "window/workDoneProgress/cancel"):
            del message["id"]
        data = json.dumps(message, ensure_ascii=False).encode()
        for phase in (0, 1) if method in ("initialize", "shutdown") else (1,):
            yield "dispatch", f"call-{number:02}-{phase}", data + bytes([number, phase])
