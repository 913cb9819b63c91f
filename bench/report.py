"""The table: on a terminal, and as docs/benchmarks.md with its plots."""

import os
import platform
import re
import subprocess

import plots
import rows
import scaling

INTRODUCTION = """# Benchmarks

`./scripts/bench` measures every row of this table on the machine where it runs. A value is a ratio: prpack and the other side take
turns, and the ratio is the median over these pairs, with the middle half of the pairs in brackets. Nothing is compared with a
number from another run or another machine. Both sides find their files in the page cache.

    ./scripts/bench                    measure everything and print the table
    ./scripts/bench open verify        some rows only
    ./scripts/bench scale              how the time of each command grows with what it is given
    ./scripts/bench --record           the same, and write this page and bench/recorded.json
    ./scripts/bench --check            fail if a value is 20 % worse than the recorded one

A tool that is compared with and not installed is said and left out.
"""

NOTES = """## How to read it

- *open* is everything from a path to a table that is checked: open, map, parse, judge by every rule of class L. The peer gets the header in memory, and
  makes a tree that nobody has checked. Both begin with an empty heap.
- *heap* counts every `malloc`, `realloc` and `free` while opening. *resident* is what the kernel counts for the whole process, code included; it is below
  the header's size when the pages of the header have been given back.
- *verify* rereads the pack and its three companions, hashes each payload, each decoded form, the header and the whole file, and judges every rule. The
  peer computes the one hash of the whole file.
- *fleet* examines 3,000 small packs in one run, as a build server would: each byte is read and each payload hashed. The peer hashes each file.
- *build* ends when the artifacts are on the disk (`fsync`) and published. Archivers do not sync.
- *serve* is one server from its start to its end: it opens each pack and checks it, and writes its answers to a file. The other side starts a process for
  each pack. Both have to say the same.
- For the small files, archives and file systems get the tree that prpack gets: 10,000 asset directories, each with its file and its declaration. In the rows
  with a flat directory they get the 10,000 files alone, in one place, half as many to open.
- *growth* is the slope of the straight line through the medians where both axes are logarithmic; 1 is linear.
"""


def quantity(value, unit):
    if unit == "ns":
        return "%.0f ns" % value
    if unit == "slope":
        return "slope %.2f" % value
    if unit == "MiB above the header":
        return "%.1f MiB" % value
    return ("%.0f ×" if value >= 100 else "%.1f ×" if value >= 10 else "%.2f ×") % value


def seconds(value):
    if value is None:
        return ""
    for scale, unit in ((1, "s"), (1e-3, "ms"), (1e-6, "µs")):
        if value >= scale:
            return "%.3g %s" % (value / scale, unit)
    return "%.3g ns" % (value * 1e9)


def goal(row):
    return "%s %s" % ("≥" if row.sense == rows.AT_LEAST else "≤", quantity(row.goal, row.unit).replace("slope ", ""))


def cells(row, value):
    middle = ""
    if value["low"] != value["high"]:
        middle = " (%s to %s)" % (quantity(value["low"], row.unit).rstrip(" ×"), quantity(value["high"], row.unit).rstrip(" ×"))
    return (quantity(value["value"], row.unit) + middle, goal(row), "yes" if rows.holds(row, value["value"]) else "**no**",
            seconds(value.get("ours")), seconds(value.get("peer")))


def line(row, value):
    measured, wanted, holds, ours, peer = cells(row, value)
    times = "  %s against %s" % (ours, peer) if ours else ""
    if is_scaling(row):
        times = "  " + value["limit"].replace("`", "")
    return "%-28s %-28s %-10s %s%s" % (row.id, measured, wanted, "holds" if holds == "yes" else "DOES NOT HOLD", times)


# ---- The machine ----

def first(path, name):
    try:
        with open(path, encoding="utf-8") as file:
            for text in file:
                if text.startswith(name):
                    return text.split(":", 1)[1].strip()
    except OSError:
        pass
    return "unknown"


def filesystem(path):
    result = subprocess.run(["findmnt", "-n", "-o", "FSTYPE", "-T", path], check=False, capture_output=True, text=True)
    return result.stdout.strip() or "unknown"


def machine(data, busy):
    compiler = subprocess.run(["cc", "--version"], check=False, capture_output=True, text=True).stdout.split("\n")[0]
    return {
        "processor": first("/proc/cpuinfo", "model name"),
        "processors": os.cpu_count(),
        "memory": first("/proc/meminfo", "MemTotal"),
        "kernel": "%s %s" % (platform.system(), re.match(r"[0-9.]*[0-9]", platform.release()).group(0)),
        "file system": filesystem(data),
        "compiler": compiler,
        "other work when it began": "load %.1f" % busy,
        "compared with": ", ".join("%s %s" % item for item in rows.versions().items()),
    }


# ---- The page ----

def table(known, recorded):
    out = ["| work | against | reach | measured | holds | prpack | other side |", "|---|---|---|---|---|---|---|"]
    for row in known:
        if row.id in recorded and not is_scaling(row):
            measured, wanted, holds, ours, peer = cells(row, recorded[row.id])
            out.append("| %s | %s | %s | %s | %s | %s | %s |" % (row.work, row.against.replace("|", "\\|"), wanted, measured,
                                                                 holds, ours, peer))
    return "\n".join(out) + "\n"


def is_scaling(row):
    return row.id.startswith("scale-")


SCALING = """## How time grows

Each row is something that a project can have much of. The slope is that of a command's processor time from n of it to 10 n: the decimal logarithm of the
ratio of both times. 1 is linear, 2 quadratic; goal: at most %.2f. A slope below 1 says that a part of the time does not depend on n. The data is made by
`bench/scaling_*.py` and kept in memory. Only *build again* finds the cache of an earlier build. The times in brackets are those of the steepest command.

    ./scripts/bench scale --check      measure these rows alone; a slope that is not recorded is compared with 1
"""


def scaling_table(known, recorded):
    out = ["| n | steepest | holds | each command |", "|---|---|---|---|"]
    for row in known:
        if is_scaling(row) and row.id in recorded:
            value = recorded[row.id]
            each = ", ".join("%s %.2f" % (name, scaling.slope(points)) for name, points in value["commands"].items())
            out.append("| %s | %.2f (%s, %s) | %s | %s |" % (
                row.work, value["value"], seconds(value["ours"]), seconds(value["peer"]),
                "yes" if rows.holds(row, value["value"]) else "**no**", each))
    return SCALING % scaling.GOAL + "\n" + "\n".join(out) + "\n" if len(out) > 2 else ""


def misses(known, recorded):
    out = []
    for row in known:
        if row.id in recorded and not rows.holds(row, recorded[row.id]["value"]):
            out.append("- **%s**: %s" % (row.id, recorded[row.id].get("limit", "the limit was not measured.")))
    return "## Rows that do not hold\n\n" + "\n".join(out) + "\n" if out else ""


def page(known, record):
    recorded = record["rows"]
    parts = [INTRODUCTION, "## The table\n", table(known, recorded),
             "![How far each ratio is from its goal](benchmarks/goals.svg)\n"]
    if any(row.id.startswith("growth-") and row.id in recorded for row in known):
        parts.append("![Time by number of entries](benchmarks/growth.svg)\n")
    parts += [part for part in (misses(known, recorded), scaling_table(known, recorded)) if part]
    parts.append(NOTES)
    parts.append("## The machine\n")
    parts.append("".join("- %s: %s\n" % item for item in record["machine"].items()))
    return "\n".join(parts)


def write(root, known, record):
    pictures = os.path.join(root, "docs", "benchmarks")
    os.makedirs(pictures, exist_ok=True)
    with open(os.path.join(root, "docs", "benchmarks.md"), "w", encoding="utf-8") as file:
        file.write(page(known, record))
    for name, picture in (("goals", plots.goals(known, record["rows"])), ("growth", plots.growth(known, record["rows"]))):
        if picture:
            with open(os.path.join(pictures, name + ".svg"), "w", encoding="utf-8") as file:
                file.write(picture)
