#!/usr/bin/python3
"""Numbers in metadata near the largest double: does prpack refuse those, and only those, that Python's float() makes infinite?

    doubles.py PRPACK [--count N] [--seed S]

Each number is in a pack of its own, as the only member of the metadata. Exits with 1 at the first number that prpack judges
otherwise."""

import argparse
import json
import math
import os
import random
import subprocess
import sys
import tempfile

from builder import one_scene

EDGE = 2**1024 - 2**970  # from here on the nearest double is infinite
PACKS_AT_ONCE = 500


def spelled(digits, power, chance):
    """0.DIGITS times 10^power, as one of the spellings that JSON has for it."""
    zeros = "0" * chance.choice((0, 0, 1, 5, 400))
    way = chance.randrange(4)
    if way == 0:  # all digits before the point
        number, exponent = digits + zeros, power - len(digits) - len(zeros)
    elif way == 1:  # all digits after it
        number, exponent = "0." + zeros + digits, power + len(zeros)
    elif way == 2:
        point = chance.randrange(1, len(digits) + 1)
        number, exponent = digits[:point] + "." + digits[point:] + "0", power - point
    elif len(digits) <= power < 400:  # no exponent
        return digits + "0" * (power - len(digits)) + chance.choice(("", ".0"))
    else:
        number, exponent = digits, power - len(digits)
    sign = chance.choice(("", "+")) if exponent >= 0 else "-"
    return number + chance.choice("eE") + sign + "0" * chance.randrange(3) + str(abs(exponent))


def number(chance):
    """Mostly near the edge: the digits of the edge, cut, changed or continued."""
    digits = str(EDGE + chance.choice((-1, 0, 0, 1)) * chance.choice((0, 1, 10**chance.randrange(309))))
    kind = chance.randrange(5)
    if kind == 0:
        digits = digits[:chance.randrange(1, len(digits) + 1)]
    elif kind == 1:
        at = chance.randrange(len(digits))
        digits = digits[:at] + chance.choice("0123456789") + digits[at + 1:]
    elif kind == 2:
        digits += chance.choice("0123456789") * chance.randrange(1, 900)
    elif kind == 3:
        digits = str(chance.randrange(1, 10**chance.randrange(1, 25)))
    digits = digits.lstrip("0") or "1"
    return chance.choice(("", "-")) + spelled(digits, chance.choice((309, 309, 309, 308, 310, 0, -400, 5000)), chance)


def judged(prpack, folder, numbers):
    """For each number, whether a pack with it loads."""
    names = []
    for index, text in enumerate(numbers):
        names.append(os.path.join(folder, f"{index}.pa"))
        with open(names[-1], "wb") as file:
            file.write(one_scene(metadata=f'{{"x":{text}}}'))
    done = subprocess.run([prpack, "inspect", "--format", "json", *names], capture_output=True, text=True, check=False)
    return [json.loads(line)["loads"] for line in done.stdout.splitlines()]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("prpack")
    parser.add_argument("--count", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    infinite = 0
    with tempfile.TemporaryDirectory() as folder:
        for begin in range(0, options.count, PACKS_AT_ONCE):
            numbers = [number(chance) for _ in range(min(PACKS_AT_ONCE, options.count - begin))]
            answers = judged(options.prpack, folder, numbers)
            if len(answers) != len(numbers):
                sys.exit(f"{len(numbers)} packs, {len(answers)} answers")
            for text, loads in zip(numbers, answers):
                expected = not math.isinf(float(text))
                infinite += not expected
                if loads is not expected:
                    sys.exit(f"loads is {loads} and should be {expected}: {text}")
    if not options.count / 5 < infinite < options.count * 4 / 5:
        sys.exit(f"only one kind is tested: {infinite} of {options.count} numbers are infinite")
    print(f"{options.count} numbers, {infinite} of them infinite: prpack and Python agree")


if __name__ == "__main__":
    main()
