"""WAV and AIFF by hand, FLAC through the program flac. Samples are 16-bit integers, interleaved."""

import os
import struct
import subprocess
import tempfile


class FlacError(Exception):
    """flac did not take its input."""


def wav(samples, rate, channels, remark=None):
    data = struct.pack('<%dh' % len(samples), *samples)
    chunks = b'fmt ' + struct.pack('<IHHIIHH', 16, 1, channels, rate, rate * channels * 2, channels * 2, 16)
    chunks += b'data' + struct.pack('<I', len(data)) + data
    if remark:
        text = remark.encode() + bytes(2 - len(remark) % 2)
        info = b'INFOICMT' + struct.pack('<I', len(text)) + text
        chunks += b'LIST' + struct.pack('<I', len(info)) + info
    return b'RIFF' + struct.pack('<I', 4 + len(chunks)) + b'WAVE' + chunks


def extended(number):
    """A positive integer as an 80-bit floating-point number, which is how AIFF tells its rate."""
    exponent = number.bit_length() - 1
    return struct.pack('>HQ', 16383 + exponent, number << (63 - exponent))


def aiff(samples, rate, channels):
    data = struct.pack('>%dh' % len(samples), *samples)
    common = struct.pack('>hIh', channels, len(samples) // channels, 16) + extended(rate)
    chunks = b'COMM' + struct.pack('>I', len(common)) + common
    chunks += b'SSND' + struct.pack('>III', 8 + len(data), 0, 0) + data
    return b'FORM' + struct.pack('>I', 4 + len(chunks)) + b'AIFF' + chunks


def raw(samples):
    return struct.pack('<%dh' % len(samples), *samples)


def flac(samples, rate, channels):
    """The program writes to a file, because it seeks back to fill in the sum of the samples."""
    with tempfile.TemporaryDirectory() as directory:
        path = os.path.join(directory, 'sound.flac')
        command = ['flac', '--silent', '--best', '--no-padding', '--no-seektable', '--output-name=' + path,
                   '--force-raw-format', '--endian=little', '--sign=signed', '--bps=16', '--channels=%d' % channels,
                   '--sample-rate=%d' % rate, '-']
        subprocess.run(command, input=raw(samples), check=True)
        with open(path, 'rb') as file:
            return file.read()


def flac_samples(data):
    """What a FLAC file decodes to, as little-endian bytes."""
    command = ['flac', '--silent', '--stdout', '--decode', '--force-raw-format', '--endian=little', '--sign=signed',
               '-']
    try:
        return subprocess.run(command, input=data, stdout=subprocess.PIPE, check=True).stdout
    except subprocess.CalledProcessError as error:
        raise FlacError from error
