"""A small canvas: a colour is (r, g, b), None is transparent."""

BAYER = ((0, 8, 2, 10), (12, 4, 14, 6), (3, 11, 1, 9), (15, 7, 13, 5))


def colour(text):
    """'#rrggbb' as (r, g, b)."""
    return tuple(int(text[at:at + 2], 16) for at in (1, 3, 5))


def side_by_side(text):
    """Pictures of characters that stand beside each other, with blanks in between, as a list of pictures."""
    return list(zip(*(line.split() for line in text.split('\n') if line.strip())))


class Noise:
    """A fixed sequence of numbers: the same art on every machine (xorshift32)."""

    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state ^= self.state << 13 & 0xFFFFFFFF
        self.state ^= self.state >> 17
        self.state ^= self.state << 5 & 0xFFFFFFFF
        return self.state % limit


class Canvas:
    def __init__(self, width, height, fill=None):
        self.width = width
        self.height = height
        self.rows = [[fill] * width for _ in range(height)]

    def inside(self, x, y):
        return 0 <= x < self.width and 0 <= y < self.height

    def get(self, x, y):
        return self.rows[y][x] if self.inside(x, y) else None

    def put(self, x, y, ink):
        if self.inside(x, y):
            self.rows[y][x] = ink

    def rect(self, x, y, width, height, ink):
        for row in range(y, y + height):
            for column in range(x, x + width):
                self.put(column, row, ink)

    def ellipse(self, cx, cy, rx, ry, ink):
        """Centre and radii in half pixels, so that even and odd widths both come out symmetric."""
        for y in range(self.height):
            for x in range(self.width):
                dx, dy = 2 * x + 1 - cx, 2 * y + 1 - cy
                if dx * dx * ry * ry + dy * dy * rx * rx <= rx * rx * ry * ry:
                    self.rows[y][x] = ink

    def disc(self, cx, cy, radius, ink):
        self.ellipse(cx, cy, radius, radius, ink)

    def line(self, x0, y0, x1, y1, ink, size=1):
        steps = max(abs(x1 - x0), abs(y1 - y0), 1)
        for step in range(steps + 1):
            x = x0 + (2 * (x1 - x0) * step + steps) // (2 * steps)
            y = y0 + (2 * (y1 - y0) * step + steps) // (2 * steps)
            self.rect(x - (size - 1) // 2, y - (size - 1) // 2, size, size, ink)

    def stamp(self, art, x, y, inks, flip=False):
        """Draws rows of characters; inks maps each character to a colour, '.' leaves the canvas as it is."""
        for row, text in enumerate(art):
            for column, character in enumerate(reversed(text) if flip else text):
                if character != '.':
                    self.put(x + column, y + row, inks[character])

    def blit(self, other, x, y):
        for row in range(other.height):
            for column in range(other.width):
                if other.rows[row][column] is not None:
                    self.put(x + column, y + row, other.rows[row][column])

    def outline(self, ink, bottom=True):
        """Puts ink on every transparent pixel that touches a drawn one."""
        edge = []
        for y in range(self.height):
            for x in range(self.width):
                if self.rows[y][x] is None:
                    around = [self.get(x - 1, y), self.get(x + 1, y), self.get(x, y + 1)]
                    if bottom:
                        around.append(self.get(x, y - 1))
                    if any(near is not None for near in around):
                        edge.append((x, y))
        for x, y in edge:
            self.rows[y][x] = ink

    def gradient(self, x, y, width, height, inks):
        """From the first ink at the top to the last at the bottom, dithered in between."""
        for row in range(height):
            level = row * (len(inks) - 1) * 16 // height
            for column in range(width):
                more = level % 16 > BAYER[(y + row) % 4][(x + column) % 4]
                self.put(x + column, y + row, inks[level // 16 + (1 if more else 0)])

    def has_transparent(self):
        return any(ink is None for row in self.rows for ink in row)

    def colours(self):
        return {ink for row in self.rows for ink in row if ink is not None}
