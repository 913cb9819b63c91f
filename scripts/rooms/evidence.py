"""What a finished build says about the tree: what was compiled, what it included, and which symbols it defines and uses."""

import collections
import os
import re
import subprocess

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*"([^"]+)"', re.MULTILINE)
SOURCES = (".c", ".h", ".def")


class Evidence:
    """Paths are relative to the root of the tree; those outside of it are absolute.

    included   source: every header that the compiler opened for it, through any number of other headers
    written    file: the #include "…" lines in it, as (path as it is written, path of the file that is meant)
    defines    symbol: the sources that define it
    uses       source: the symbols that it uses and does not define
    """

    def __init__(self):
        self.included = {}
        self.written = {}
        self.defines = collections.defaultdict(set)
        self.uses = collections.defaultdict(set)


def run(command, folder):
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command[:4])}: {done.stderr.strip()}")
    return done.stdout


def meant(build, path):
    """A room includes through links: what they point at is what counts. Ninja shortens "link/../a.h" to "a.h" beside the
    link, where there is nothing; the room's link to itself shows where the tree is."""
    path = os.path.realpath(os.path.join(build, path))
    fence = os.path.join(build, "fence") + os.sep
    if path.startswith(fence) and not os.path.exists(path):
        room, rest = path[len(fence):].split(os.sep, 1)
        return os.path.join(os.path.dirname(os.path.realpath(os.path.join(fence, room, room))), rest)
    return path


def compiled(root, build):
    """Yields (object, source, headers) for each object that was made of a source in the tree."""
    for block in run(["ninja", "-t", "deps"], build).split("\n\n"):
        lines = block.strip().split("\n")
        target = lines[0].split(":")[0]
        if len(lines) < 2 or not target.endswith(".o"):
            continue
        paths = [meant(build, line.strip()) for line in lines[1:]]
        paths = [os.path.relpath(path, root) if path.startswith(root + os.sep) else path for path in paths]
        # The ignore list of a sanitizer can come before the source.
        sources = [path for path in paths if path.endswith(".c")]
        if sources:
            yield target, sources[0], paths


def read_symbols(evidence, build, objects):
    if not objects:
        return
    for line in run(["nm", "-A", "-g", "-P", *objects], build).splitlines():
        place, symbol, kind = line.split()[:3]
        source = objects[place.rstrip(":")]
        if kind in "Uwv":
            evidence.uses[source].add(symbol)
        else:
            evidence.defines[symbol].add(source)
    for symbol, sources in evidence.defines.items():
        for source in sources:
            evidence.uses[source].discard(symbol)


def read_includes(evidence, root, rooms):
    for room in rooms:
        for folder, _, names in os.walk(os.path.join(root, room)):
            for name in names:
                if name.endswith(SOURCES):
                    path = os.path.relpath(os.path.join(folder, name), root)
                    evidence.written[path] = list(written_in(root, path))


def written_in(root, path):
    with open(os.path.join(root, path), encoding="utf-8", errors="replace") as file:
        for written in INCLUDE.findall(file.read()):
            beside = os.path.normpath(os.path.join(os.path.dirname(path), written))
            yield written, written if os.path.exists(os.path.join(root, written)) else beside


def gather(root, build, rooms):
    evidence = Evidence()
    objects = {}
    for target, source, paths in compiled(root, build):
        if source.split(os.sep)[0] in rooms:
            objects[target] = source
            evidence.included.setdefault(source, set()).update(path for path in paths if path != source)
    read_symbols(evidence, build, objects)
    read_includes(evidence, root, rooms)
    return evidence
