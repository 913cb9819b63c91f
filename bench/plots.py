"""SVG plots, drawn by hand: no library. Colours that stand on light and dark pages alike."""

import math

import rows
from xml.sax.saxutils import escape

FONT = 'font-family="sans-serif" font-size="13"'
INK, GOOD, BAD, FAINT = "#808080", "#2a8a57", "#c0472e", "#80808050"
SERIES = ["#2f6fb2", "#2a8a57", "#b26a2f"]


def text(x, y, content, anchor="start", colour=INK):
    return '<text x="%.1f" y="%.1f" text-anchor="%s" fill="%s" %s>%s</text>' % (x, y, anchor, colour, FONT, escape(content))


def rule(x1, y1, x2, y2, colour=INK, width=1):
    return '<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" stroke="%s" stroke-width="%s"/>' % (x1, y1, x2, y2, colour, width)


def picture(width, height, title, parts):
    return ('<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img">\n<title>%s</title>\n%s\n</svg>\n'
            % (width, height, width, height, escape(title), "\n".join(parts)))


# ---- Goals: how many times better than needed ----

def margin(row, value):
    return value / row.goal if row.sense == rows.AT_LEAST else row.goal / max(value, 1e-9)


def goals(known, recorded):
    drawn = [row for row in known if row.id in recorded and recorded[row.id]["value"] > 0 and "commands" not in recorded[row.id]]
    shown = [(row, margin(row, recorded[row.id]["value"])) for row in drawn]
    if not shown:
        return None
    left, width, step, top = 170, 520, 24, 40
    height = top + step * len(shown) + 40
    low = min(-1, math.floor(math.log10(min(m for _, m in shown))))
    high = max(1, math.ceil(math.log10(max(m for _, m in shown))))

    def x(value):
        return left + (math.log10(value) - low) / (high - low) * width

    parts = [text(left, 20, "times better than the goal (1 = just reached)")]
    for power in range(low, high + 1):
        parts.append(rule(x(10 ** power), top - 8, x(10 ** power), height - 30, FAINT))
        parts.append(text(x(10 ** power), height - 12, "%g" % 10 ** power, "middle"))
    for i, (row, value) in enumerate(shown):
        y = top + i * step
        colour = GOOD if value >= 1 else BAD
        parts.append(text(left - 10, y + 13, row.id, "end"))
        parts.append('<rect x="%.1f" y="%.1f" width="%.1f" height="%d" fill="%s"/>' %
                     (min(x(1), x(value)), y + 2, max(abs(x(value) - x(1)), 1.5), step - 8, colour))
    parts.append(rule(x(1), top - 8, x(1), height - 30, INK, 2))
    return picture(left + width + 30, height, "How many times better than its goal each row is", parts)


# ---- Growth: seconds by entries, both logarithmic ----

def growth(known, recorded):
    curves = [(row, recorded[row.id]["points"]) for row in known if row.id in recorded and recorded[row.id].get("points")]
    if not curves:
        return None
    left, top, width, height = 80, 30, 480, 320
    sizes = [math.log10(size) for _, points in curves for size, _ in points]
    times = [math.log10(seconds) for _, points in curves for _, seconds in points]
    x_low, x_high = math.floor(min(sizes)), math.ceil(max(sizes))
    y_low, y_high = math.floor(min(times)), math.ceil(max(times))

    def place(size, seconds):
        return (left + (math.log10(size) - x_low) / (x_high - x_low) * width,
                top + height - (math.log10(seconds) - y_low) / (y_high - y_low) * height)

    parts = []
    for power in range(x_low, x_high + 1):
        at = place(10 ** power, 10 ** y_low)
        parts += [rule(at[0], top, at[0], top + height, FAINT), text(at[0], top + height + 20, "{:,}".format(10 ** power), "middle")]
    for power in range(y_low, y_high + 1):
        at = place(10 ** x_low, 10 ** power)
        parts += [rule(left, at[1], left + width, at[1], FAINT), text(left - 8, at[1] + 4, "%g s" % 10 ** power, "end")]
    parts.append(text(left + width / 2, top + height + 42, "entries", "middle"))
    for (row, points), colour in zip(curves, SERIES):
        path = " ".join("%.1f,%.1f" % place(*point) for point in points)
        parts.append('<polyline points="%s" fill="none" stroke="%s" stroke-width="2.5"/>' % (path, colour))
        parts += ['<circle cx="%.1f" cy="%.1f" r="3.5" fill="%s"/>' % (*place(*point), colour) for point in points]
        end = place(*points[-1])
        name = "%s (slope %.2f)" % (row.id.replace("growth-", ""), recorded[row.id]["value"])
        parts.append(text(end[0] + 10, end[1] + 4, name, colour=colour))
    return picture(left + width + 170, top + height + 60, "Time by number of entries", parts)
