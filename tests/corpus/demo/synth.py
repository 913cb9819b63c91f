"""A little synthesizer: everything one hears in the game, as lists of 16-bit samples."""

import math

from .canvas import Noise


def clip(value):
    return max(-32768, min(32767, int(math.floor(value + 0.5))))


def pulse(phase, width=0.5):
    return 1.0 if phase % 1.0 < width else -1.0


def triangle(phase):
    return 4.0 * abs(phase % 1.0 - 0.5) - 1.0


def note(name):
    """'A4' as cycles a second."""
    step = 'C C#D D#E F F#G G#A A#B '.index((name[:-1] + ' ')[:2]) // 2
    return 440.0 * 2.0 ** ((int(name[-1]) - 4) + (step - 9) / 12.0)


def voice(rate, seconds, pitch, wave, loudness):
    """pitch and loudness are functions of time, wave one of the phase."""
    samples, phase = [], 0.0
    for at in range(int(rate * seconds)):
        time = at / rate
        samples.append(clip(32767 * loudness(time) * wave(phase)))
        phase += pitch(time) / rate
    return samples


def fall(start, length):
    """Loudness that fades from start to nothing."""
    return lambda time: start * max(0.0, 1.0 - time / length) ** 2


def jump(rate):
    return voice(rate, 0.22, lambda time: 220 + 2400 * time, lambda phase: pulse(phase, 0.25), fall(0.35, 0.22))


def coin(rate):
    first, second = note('B5'), note('E6')
    return voice(rate, 0.36, lambda time: first if time < 0.07 else second, pulse,
                 lambda time: 0.3 if time < 0.07 else fall(0.3, 0.29)(time - 0.07))


def blip(rate):
    return voice(rate, 0.05, lambda time: note('A5'), triangle, fall(0.6, 0.05))


def step(rate):
    """A boot on gravel: noise that ends soon, softened by averaging."""
    noise, samples, last = Noise(2024), [], 0.0
    for at in range(int(rate * 0.09)):
        last += 0.45 * ((noise.below(2001) - 1000) / 1000.0 - last)
        samples.append(clip(26000 * last * fall(1.0, 0.09)(at / rate)))
    return samples


def tick(rate):
    """The clockwork that turns the lamp: two clicks."""
    first = voice(rate, 0.1, lambda time: 1800 - 9000 * time, triangle, fall(0.5, 0.02))
    second = voice(rate, 0.1, lambda time: 1300 - 7000 * time, triangle, fall(0.4, 0.03))
    return first + second


def foghorn(rate):
    """Two low notes, each with its overtones, swelling and ebbing away."""
    samples = []
    for pitch, seconds in ((note('G2'), 0.8), (note('D2'), 1.1)):
        def swell(time, seconds=seconds):
            return 0.55 * min(1.0, time / 0.12) * min(1.0, (seconds - time) / 0.4)
        samples += voice(rate, seconds, lambda time, pitch=pitch: pitch * (1 + 0.004 * math.sin(30 * time)),
                         lambda phase: sum(math.sin(2 * math.pi * phase * part) / part for part in range(1, 8)) / 1.9,
                         swell)
    return samples


def waves(rate):
    """Surf in stereo: one slow wave that comes from the left, leaves to the right, and begins anew without a seam."""
    seconds = 2.0
    count = int(rate * seconds)
    noise = Noise(1859)
    hiss = [(noise.below(2001) - 1000) / 1000.0 for _ in range(count)]
    soft, last = [], 0.0
    for at in range(2 * count):
        last += 0.18 * (hiss[at % count] - last)
        if at >= count:
            soft.append(last)
    samples = []
    for at in range(count):
        turn = 2 * math.pi * at / count
        left = 0.25 + 0.75 * (0.5 - 0.5 * math.cos(turn)) ** 2
        right = 0.25 + 0.75 * (0.5 - 0.5 * math.cos(turn - 0.9)) ** 2
        samples.append(clip(30000 * left * (0.8 * soft[at] + 0.12 * hiss[at] * left)))
        samples.append(clip(30000 * right * (0.8 * soft[(at + 311) % count] + 0.12 * hiss[(at + 97) % count] * right)))
    return samples


MELODY = (('G4', 1), ('C5', 1), ('E5', 1), ('G5', 2), ('E5', 1), ('F5', 1), ('A5', 1), ('C6', 4))
BASS = (('C3', 2), ('G3', 2), ('C3', 2), ('F3', 2), ('C3', 4))


def line(rate, tune, beat, wave, loudness):
    samples = []
    for name, beats in tune:
        samples += voice(rate, beat * beats, lambda time, name=name: note(name), wave,
                         lambda time, beats=beats: loudness * min(1.0, time / 0.004) *
                         max(0.0, 1.0 - time / (beat * beats)))
    return samples


def jingle(rate):
    """The lamp is lit: melody a little to the left, its echo to the right, bass in the middle.

    In steps of 128, as a sound chip would, which FLAC stores in half the space."""
    beat = 0.16
    lead = line(rate, MELODY, beat, lambda phase: pulse(phase, 0.25), 0.22)
    bass = line(rate, BASS, beat, triangle, 0.35)
    delay = int(rate * 0.12)
    echo = [0] * delay + lead
    samples = []
    for at in range(min(len(lead), len(bass))):
        samples.append(clip((lead[at] + bass[at] + 0.3 * echo[at]) / 128) * 128)
        samples.append(clip((0.7 * lead[at] + bass[at] + 0.6 * echo[at]) / 128) * 128)
    return samples
