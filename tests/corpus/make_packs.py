#!/usr/bin/python3
"""Writes corpus/packs, corpus/builds, corpus/cartridges and corpus/verdicts.tsv, all of it from the cases_*.py here.

    make_packs.py            writes the files and removes what no case describes
    make_packs.py --check    writes nothing; fails if a file differs, or if a verdict is not the one of oracle.py"""

import os
import sys

import case
import cases_banks
import cases_builds
import cases_cartridges
import cases_header
import cases_json
import cases_layout
import cases_prelude
import cases_valid
import oracle

CORPUS = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "corpus"))
FOLDERS = ("packs", "builds", "cartridges")
TABLE = "verdicts.tsv"
COLUMNS = ("path", "loads", "conforms", "ids", "byte_offset", "note")


def all_cases():
    packs = case.Cases("packs", ".pa")
    cases_valid.add(packs)
    for module in (cases_prelude, cases_json, cases_header, cases_layout, cases_banks):
        module.add(packs)
    builds = case.Cases("builds", "")
    cases_builds.add(builds)
    cartridges = case.Cases("cartridges", "")
    cases_cartridges.add(cartridges)
    reserved = case.Cases("cartridges", ".pmc")
    cases_cartridges.add_reserved(reserved)
    found = packs.list + builds.list + cartridges.list + reserved.list
    paths = [one.path for one in found]
    if len(set(paths)) != len(paths):
        raise ValueError("two cases have one path: " + ", ".join(sorted({path for path in paths
                                                                         if paths.count(path) > 1})))
    return sorted(found, key=lambda one: one.path)


def table(cases):
    """The text of verdicts.tsv."""
    rows = ["\t".join(COLUMNS)]
    for one in cases:
        row = (one.path, "yes" if one.loads else "no", "yes" if one.conforms else "no", ",".join(one.ids) or "-",
               str(one.byte_offset), one.note)
        if any("\t" in cell or "\n" in cell for cell in row):
            raise ValueError(f"{one.path}: a tab or newline in the table")
        rows.append("\t".join(row))
    return "\n".join(rows) + "\n"


def expected_files(cases):
    """Path below corpus/ -> bytes."""
    files = {TABLE: table(cases).encode()}
    for one in cases:
        if isinstance(one.files, dict):
            files.update({f"{one.path}/{name}": data for name, data in one.files.items()})
        else:
            files[one.path] = one.files
    return files


def present_files():
    found = set()
    for folder in FOLDERS:
        for where, _, names in os.walk(os.path.join(CORPUS, folder)):
            found.update(os.path.relpath(os.path.join(where, name), CORPUS) for name in names
                         if name != ".gitattributes")
    return found


def write(files):
    for path, data in files.items():
        full = os.path.join(CORPUS, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "wb") as file:
            file.write(data)
    for path in sorted(present_files() - files.keys()):
        os.remove(os.path.join(CORPUS, path))
    for folder in FOLDERS:
        for where, folders, names in os.walk(os.path.join(CORPUS, folder), topdown=False):
            if not os.listdir(where):
                os.rmdir(where)


def differing_files(files):
    for path in sorted(present_files() - files.keys()):
        yield f"{path}: no case describes this file"
    for path, data in files.items():
        try:
            with open(os.path.join(CORPUS, path), "rb") as file:
                if file.read() != data:
                    yield f"{path}: differs from what its case describes"
        except FileNotFoundError:
            yield f"{path}: is not there"


def differing_verdicts(cases):
    """Where the verdict that is written with a case and the one of the oracle part."""
    for one in cases:
        report = oracle.judge(os.path.join(CORPUS, one.path))
        pairs = [("loads", one.loads, report.loads()), ("conforms", one.conforms, report.conforms()),
                 ("ids", one.ids, report.ids())]
        if one.byte_offset != case.OPEN:
            first = report.first_offset()
            pairs.append(("byte_offset", one.byte_offset, case.NOWHERE if first is None else first))
        for what, written, judged in pairs:
            if written != judged:
                yield f"{one.path}: {what} is {written} in the table and {judged} by oracle.py"


def main(arguments):
    if arguments not in ([], ["--check"]):
        print(__doc__.strip(), file=sys.stderr)
        return 2
    cases = all_cases()
    files = expected_files(cases)
    if not arguments:
        write(files)
    complaints = [*differing_files(files), *differing_verdicts(cases)]
    for complaint in complaints:
        print(complaint)
    size = sum(map(len, files.values()))
    print(f"{len(cases)} cases, {len(files)} files, {size:,} bytes, {len(complaints)} complaints")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
