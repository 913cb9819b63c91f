"""What was measured before, and whether a value is worse than it."""

import json
import os

import report
import rows

WORSE = 0.2
LINEAR = 1  # a slope


def read(path):
    if not os.path.exists(path):
        return {"machine": {}, "rows": {}}
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def write(path, record):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(record, file, indent=1, ensure_ascii=False)
        file.write("\n")


def updated(record, machine, known, measured):
    """Rows that were not measured stay as they are; those that are no longer known go."""
    values = {**record["rows"], **{row.id: value for row, value in measured}}
    return {"machine": machine, "rows": {row.id: values[row.id] for row in known if row.id in values}}


def is_worse(row, value, before):
    """Memory above the header is a difference that can be nothing: there a fifth is one of the goal, at least. A slope below 1 only says
    that a part of the time is constant: there a fifth is one of 1, at least."""
    if row.sense == rows.AT_LEAST:
        return value < before * (1 - WORSE)
    if row.unit == rows.ABOVE:
        return value > max(before, 0) + WORSE * max(before, row.goal)
    if row.unit == rows.SLOPE:
        return value > max(before, 1) * (1 + WORSE)
    return value > before * (1 + WORSE)


def check(measured, recorded):
    """Prints what is 20 % worse than recorded; returns whether nothing is. A slope that is not recorded is compared with the linear one."""
    worse = 0
    for row, value in measured:
        before = recorded[row.id]["value"] if row.id in recorded else LINEAR if row.unit == rows.SLOPE else None
        if before is None:
            print("%-28s nothing is recorded" % row.id)
        elif is_worse(row, value["value"], before):
            worse += 1
            print("%-28s %s is 20 %% worse than the %s %s" %
                  (row.id, report.quantity(value["value"], row.unit), "recorded" if row.id in recorded else "linear",
                   report.quantity(before, row.unit)))
    print("%d of %d rows are 20 %% worse than recorded" % (worse, len(measured)))
    return worse == 0
