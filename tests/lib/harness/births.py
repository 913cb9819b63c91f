"""What ties a note, a journal and a cache to the directory that they are in: docs/contracts/artifact-ownership.md 3.3."""

import ctypes
import os

import xxhash

_LIBC = ctypes.CDLL(None, use_errno=True)
_AT_FDCWD, _AT_SYMLINK_NOFOLLOW, _STATX_BTIME = -100, 0x100, 0x800
_SIZE, _MASK, _BIRTH = 256, 0, 80  # of struct statx, and where stx_mask and stx_btime are in it


def born(path):
    """When a file or directory was made, in nanoseconds since 1970; 0 when the file system does not say."""
    status = ctypes.create_string_buffer(_SIZE)
    if _LIBC.statx(_AT_FDCWD, os.fsencode(path), _AT_SYMLINK_NOFOLLOW, _STATX_BTIME, status) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), path)
    says = int.from_bytes(status.raw[_MASK:_MASK + 4], "little") & _STATX_BTIME
    seconds = int.from_bytes(status.raw[_BIRTH:_BIRTH + 8], "little", signed=True)
    nanoseconds = int.from_bytes(status.raw[_BIRTH + 8:_BIRTH + 12], "little")
    return seconds * 10**9 + nanoseconds if says and seconds > 0 else 0


def seal_with(device, inode, birth, text):
    """The seal of a text in a directory that has these three."""
    return xxhash.xxh3_128(f"{device} {inode} {birth}\n".encode() + text).hexdigest()


def seal(directory, text):
    """The seal of a text in a directory assets/.prometeu."""
    status = os.stat(directory)
    return seal_with(status.st_dev, status.st_ino, born(directory), text)
