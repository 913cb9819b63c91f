"""Walls: which room includes or calls another one that it may not know, and which source uses files or libraries that are for others."""

import fnmatch
import os
import re


def room_of(path):
    return path.split(os.sep)[0]


def fits(path, patterns):
    return any(fnmatch.fnmatch(path, pattern) for pattern in patterns.split())


class Walls:
    def __init__(self, rules, root, build):
        self.rules = rules
        self.root = root
        self.knows = {room: set(known.split()) for room, known in rules.WALLS.items()}
        self.offered = {room: self.offer(os.path.join(build, "fence", room)) for room in rules.WALLS if room not in rules.TESTING}
        self.texts = {}

    def offer(self, fence):
        """What a room's include path offers: for each room either None, for all of it, or a set of headers."""
        offered = {}
        for room in sorted(os.listdir(fence)) if os.path.isdir(fence) else []:
            top = os.path.join(fence, room)
            offered[room] = None if os.path.islink(top) else {
                os.path.relpath(os.path.join(folder, name), fence) for folder, _, names in os.walk(top) for name in names}
        return offered

    def check_fences(self):
        """The include paths, which CMake makes, say the same as the rules."""
        for room, offered in self.offered.items():
            for other in sorted(set(offered) - self.knows[room] - {room}):
                yield f"{room}/CMakeLists.txt: the include path offers {other}: {room} may not know {other}"
            for other in sorted(self.knows[room] - set(offered)):
                yield f"{room}/CMakeLists.txt: the include path does not offer {other}, which the rules allow"

    def forbids(self, room, owner):
        return owner in self.knows and owner != room and owner not in self.knows[room]

    def headers(self, room, owner):
        """The headers of `owner` that `room` may include, or None when it may include all of them."""
        return self.offered.get(room, {}).get(owner) if owner != room else None

    # ---- Includes ----

    def check_includes(self, evidence):
        for source, headers in sorted(evidence.included.items()):
            room = room_of(source)
            for header in sorted(headers):
                owner = room_of(header)
                if self.forbids(room, owner):
                    yield f"{source} includes {header}: {room} may not know {owner}"
                elif (part := self.headers(room, owner)) is not None and header not in part:
                    yield f"{source} includes {header}: {room} may not know this part of {owner}"
        for path, includes in sorted(evidence.written.items()):
            for written, meant in includes:
                if written != meant:
                    yield f'{path} includes "{written}": an include is written from the root, "{meant}"'

    # ---- Calls ----

    def check_calls(self, evidence):
        for source, symbol, definer in calls(evidence, self.rules):
            room, owner = room_of(source), room_of(definer)
            if self.forbids(room, owner):
                yield f"{source} calls {symbol} ({definer}): {room} may not know {owner}"
            elif (part := self.headers(room, owner)) is not None and not self.declared(symbol, part):
                yield f"{source} calls {symbol} ({definer}): {room} may not know this part of {owner}"

    def declared(self, symbol, headers):
        return any(re.search(rf"\b{symbol}\b", self.text(header)) for header in headers)

    def text(self, path):
        if path not in self.texts:
            with open(os.path.join(self.root, path), encoding="utf-8", errors="replace") as file:
                self.texts[path] = file.read()
        return self.texts[path]

    # ---- Files that are for some sources alone ----

    def users(self, path):
        """The sources that may use a file, as they are written in the rules; None when the walls alone count."""
        return next((users for files, users in self.rules.RESERVED.items() if fits(path, files)), None)

    def check_reserved(self, evidence):
        uses = [(source, "includes", header, header) for source, headers in evidence.included.items() for header in headers]
        uses += [(source, "calls", f"{symbol} ({definer})", definer) for source, symbol, definer in calls(evidence, self.rules)]
        for source, verb, what, used in sorted(uses):
            users = self.users(used)
            if users is not None and room_of(source) not in self.rules.TESTING and not fits(source, users):
                yield f"{source} {verb} {what}: it is only for {users}"

    # ---- Libraries ----

    def check_libraries(self, evidence):
        for name, (headers, symbols, users) in self.rules.LIBRARIES.items():
            for source, included in sorted(evidence.included.items()):
                if room_of(source) in self.rules.TESTING or fits(source, users):
                    continue
                for header in sorted(included):
                    if header.startswith("/") and re.search(headers, header):
                        yield f"{source} includes {header}: {name} is not for this file, only for {users}"
                for symbol in sorted(evidence.uses[source]):
                    if re.match(symbols, symbol):
                        yield f"{source} calls {symbol}: {name} is not for this file, only for {users}"


def calls(evidence, rules):
    """Yields (source, symbol, source that defines it). A name that several tests define means the one in the same room."""
    not_ours = re.compile(rules.NOT_OURS)
    for source, symbols in sorted(evidence.uses.items()):
        for symbol in sorted(symbols):
            definers = evidence.defines.get(symbol, ())
            if len(definers) > 1:
                definers = [definer for definer in definers if room_of(definer) == room_of(source)]
            if len(definers) == 1 and not not_ours.match(symbol):
                yield source, symbol, next(iter(definers))


def check_doubles(evidence, rules):
    for symbol, sources in sorted(evidence.defines.items()):
        sources = sorted(source for source in sources if room_of(source) not in rules.TESTING)
        if len(sources) > 1 and symbol != "main":
            yield f"{symbol} is defined more than once: {', '.join(sources)}"
