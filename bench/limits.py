"""Why a row that does not hold cannot: the limit is measured on the spot, in the same run, and shown in docs/benchmarks.md."""

import os
import subprocess
import time

import timing

REPEAT = 5


def least(action):
    """Seconds of the fastest of a few runs: a limit is what is possible."""
    found = None
    for _ in range(REPEAT):
        begin = time.perf_counter()
        action()
        seconds = time.perf_counter() - begin
        found = seconds if found is None else min(found, seconds)
    return found


def side_by_side(commands):
    running = [subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) for command in commands]
    if any([process.wait() for process in running]):
        raise timing.Broken("%s: failed" % commands)


def write_and_sync(source, target):
    """Writes the bytes of a file to another one, and waits for the disk."""
    with open(source, "rb") as file:
        content = file.read()

    def action():
        with open(target, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    try:
        return least(action)
    finally:
        timing.remove(target)


def heap(facts, entries):
    """Of opening by position."""
    row = (facts["heap"] - facts["header"]) / entries
    return ("reading by position keeps the header, for names and metadata: 1.00. A row of the table takes %.0f bytes, and an entry %.0f bytes of "
            "header: %.2f more. Mapped, which is the default, the header is not on the heap." %
            (row, facts["header"] / entries, row * entries / facts["header"]))


def sheets(bench, workspace, names, peer):
    """Of decoding with libpng: as many bare loops as there are processors, each over its share of the files."""
    with open(names, encoding="utf-8") as file:
        lines = file.readlines()
    count = os.cpu_count()
    parts = []
    for i in range(count):
        parts.append(names + ".%d" % i)
        with open(parts[i], "w", encoding="utf-8") as file:
            file.writelines(lines[i::count])
    program = bench.program("bench_decode_png")
    try:
        decode = least(lambda: side_by_side([[program, part] for part in parts]))
    finally:
        timing.remove(*parts)
    pack = os.path.join(workspace, "build", "assets.pa")
    write = write_and_sync(pack, os.path.join(workspace, "written"))
    return ("the peer takes %.0f ms and writes nothing. %d such loops side by side, each over its share of the files, take %.0f ms; writing the pack's %.0f "
            "MB and syncing them takes %.0f ms more. One after the other, that alone is %.2f ×." %
            (peer * 1e3, count, decode * 1e3, os.path.getsize(pack) / 1e6, write * 1e3, peer / (decode + write)))


def one_change(bench, workspace, measured):
    """Of asking every file whether it is the same, and of a new pack that has all its bytes."""
    look = least(lambda: timing.run(["find", "assets", "-printf", "%s %T@\n"], cwd=workspace))
    unchanged = least(lambda: bench.build(workspace))
    pack = os.path.join(workspace, "build", "assets.pa")
    copy = "cp --reflink=never %s %s.copy && sync %s.copy" % (pack, pack, pack)
    try:
        write = least(lambda: timing.run(copy, shell=True))
    finally:
        timing.remove(pack + ".copy")
    return ("the new pack is a file of its own, moved into place, so all its %.0f MB are written and synced, and each source is asked whether it is the "
            "same. `find` over the workspace takes %.0f ms (a build that finds no change: %.0f ms), `cp` and `sync` of the pack %.0f ms; together that is "
            "%.1f × of the %.0f ms of a full build. prpack takes %.0f ms: it also hashes every payload that it copies and the whole pack, writes the "
            "companions and the cache, and gives the old pack's pages back." %
            (os.path.getsize(pack) / 1e6, look * 1e3, unchanged * 1e3, write * 1e3, measured.peer / (look + write), measured.peer * 1e3,
             measured.ours * 1e3))


def small(bench, workspace, packed, peer):
    """Of reading: each file once."""
    def read(directory):
        return least(lambda: timing.run("find . -type f -exec cat {} + > /dev/null", cwd=directory, shell=True))
    nested, plain = read(os.path.join(workspace, "assets")), read(packed)
    write = write_and_sync(os.path.join(workspace, "build", "assets.pa"), os.path.join(workspace, "written"))
    return ("`cat` of every file takes %.0f ms in the workspace (20,000 files in 10,000 directories) and %.0f ms where the peer "
            "gets them; writing the pack and syncing it takes %.0f ms, and the peer, which takes %.0f ms, does not sync. prpack opens each asset's directory for "
            "scanning, declaring, sizing, packing and verifying." % (nested * 1e3, plain * 1e3, write * 1e3, peer * 1e3))
