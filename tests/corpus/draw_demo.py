#!/usr/bin/python3
"""Draws corpus/workspaces/demo: the assets of a small game, from nothing.

    draw_demo.py           writes the workspace
    draw_demo.py --check   draws it again into a temporary directory and compares

Needs Python's standard library and the program flac. The same program gives the same files. A newer zlib or flac may
compress otherwise, so --check looks inside a PNG or FLAC before it calls it different.
"""

import argparse
import os
import shutil
import sys
import tempfile
import zlib

from demo import banks, sound_files

DEMO = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'corpus', 'workspaces', 'demo')


def write(directory, files):
    for path, data in files.items():
        target = os.path.join(directory, path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, 'wb') as file:
            file.write(data)


def read(directory):
    """Every file of the workspace that somebody made: not what a build leaves there."""
    files = {}
    for base, directories, names in os.walk(directory):
        if base == directory and 'build' in directories:
            directories.remove('build')
        for name in names:
            path = os.path.relpath(os.path.join(base, name), directory)
            if os.path.dirname(path) != 'assets/.prometeu' or name == 'index.json':
                with open(os.path.join(base, name), 'rb') as file:
                    files[path] = file.read()
    return files


def png_content(data):
    """Every chunk but IDAT as it is, and what is compressed in IDAT. zlib.error when it is damaged."""
    at, others, packed = 8, [data[:8]], b''
    while at < len(data):
        end = at + 12 + int.from_bytes(data[at:at + 4], 'big')
        if zlib.crc32(data[at + 4:end - 4]) != int.from_bytes(data[end - 4:end], 'big'):
            raise zlib.error('a chunk is damaged')
        if data[at + 4:at + 8] == b'IDAT':
            packed += data[at + 8:end - 4]
        else:
            others.append(data[at:end])
        at = end
    return others, zlib.decompress(packed)


def same(path, old, new):
    if old == new:
        return True
    try:
        if path.endswith('.png'):
            return png_content(old) == png_content(new)
        if path.endswith('.flac'):
            return sound_files.flac_samples(old) == sound_files.flac_samples(new)
    except (zlib.error, sound_files.FlacError):
        pass
    return False


def check(directory, files):
    """The number of differences, each printed."""
    with tempfile.TemporaryDirectory() as fresh:
        write(fresh, files)
        new = read(fresh)
    old = read(directory)
    faults = ['missing: ' + path for path in sorted(new.keys() - old.keys())]
    faults += ['not drawn by this program: ' + path for path in sorted(old.keys() - new.keys())]
    faults += ['different: ' + path for path in sorted(old.keys() & new.keys()) if not same(path, old[path], new[path])]
    for fault in faults:
        print('draw_demo.py: ' + fault, file=sys.stderr)
    return len(faults)


def main():
    parser = argparse.ArgumentParser(description='Draws corpus/workspaces/demo.')
    parser.add_argument('--check', action='store_true', help='compare with what is there, write nothing')
    parser.add_argument('--output', default=DEMO, help='the workspace (default: corpus/workspaces/demo)')
    options = parser.parse_args()
    if not shutil.which('flac'):
        sys.exit('draw_demo.py: the program flac is missing: apt install flac')
    files = banks.workspace_files()
    directory = os.path.normpath(options.output)
    if options.check:
        faults = check(directory, files)
        print('%d files, %d differences' % (len(files), faults))
        return 1 if faults else 0
    write(directory, files)
    print('%d files, %d bytes' % (len(files), sum(len(data) for data in files.values())))
    return 0


if __name__ == '__main__':
    sys.exit(main())
