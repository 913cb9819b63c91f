"""The ground of the island and what stands on it, tiles of 16 x 16."""

from .canvas import Canvas, Noise, colour, side_by_side

GROUND = [colour(text) for text in (
    '#000000 #1d1a2b #33304a #4c4a66 #6f6e8a #9a98b0 #23402f #3a6b3c #63a34a #a4d65e #3e2a24 #624234 #8a6244 #b58a5a '
    '#dcc07f').split()]
PROPS = [colour(text) for text in (
    '#ff00ff #1d1a2b #5a3422 #8a5530 #b98246 #e3b872 #3b4a63 #6d83a0 #b4c7d8 #a5282e #e0584a #f6f2e8 #2f6b3c #6cb04c '
    '#f0c83c #f28ab0').split()]


def dirt(canvas, x, y, seed):
    noise = Noise(seed)
    canvas.rect(x, y, 16, 16, GROUND[11])
    for _ in range(9):
        dx, dy = noise.below(15), noise.below(15)
        canvas.rect(x + dx, y + dy, 2, 1, GROUND[10 if noise.below(2) else 12])
    dx, dy = 2 + noise.below(10), 5 + noise.below(8)
    canvas.rect(x + dx, y + dy, 3, 2, GROUND[4])
    canvas.rect(x + dx, y + dy, 2, 1, GROUND[5])


def grass(canvas, x, y, seed, left=False, right=False):
    noise = Noise(seed)
    dirt(canvas, x, y, seed + 1)
    for column in range(16):
        depth = 4 + noise.below(3)
        canvas.rect(x + column, y, 1, depth + 1, GROUND[6])
        canvas.rect(x + column, y, 1, depth, GROUND[7])
        canvas.rect(x + column, y, 1, 3 - noise.below(2), GROUND[8])
        canvas.put(x + column, y, GROUND[9])
    for edge, inner, there in ((x, x + 1, left), (x + 15, x + 14, right)):
        if there:
            canvas.rect(edge, y + 1, 1, 15, GROUND[1])
            canvas.rect(inner, y + 6, 1, 10, GROUND[10])
            canvas.put(edge, y, GROUND[7])


def rock(canvas, x, y, seed, top=False):
    canvas.rect(x, y, 16, 16, GROUND[2])
    noise = Noise(seed)
    for row in range(2):
        for column in range(-1, 2):
            left = x + column * 9 + row * 4 + noise.below(2)
            for dy in range(7):
                for dx in range(8):
                    corner = (dx in (0, 7)) and (dy in (0, 6))
                    if x <= left + dx < x + 16 and not corner:
                        ink = 5 if dy == 0 else 4 if dy < 2 or dx == 0 else 3
                        canvas.put(left + dx, y + row * 8 + dy, GROUND[ink])
    for _ in range(5):
        canvas.put(x + noise.below(16), y + noise.below(16), GROUND[2])
    if top:
        canvas.rect(x, y, 16, 1, GROUND[9])
        for column in range(16):
            canvas.rect(x + column, y + 1, 1, 1 + noise.below(3), GROUND[7 + noise.below(2)])


def sand(canvas, x, y, seed):
    noise = Noise(seed)
    canvas.gradient(x, y, 16, 16, [GROUND[14], GROUND[13], GROUND[12]])
    for _ in range(4):
        canvas.put(x + noise.below(16), y + 2 + noise.below(14), GROUND[11])
    canvas.rect(x, y, 16, 1, GROUND[14])


def brick(canvas, x, y):
    canvas.rect(x, y, 16, 16, GROUND[1])
    for row in range(4):
        for column in range(-1, 3):
            left = x + column * 8 + (row % 2) * 4
            for dx in range(7):
                if x <= left + dx < x + 16:
                    canvas.rect(left + dx, y + row * 4, 1, 3, GROUND[3])
                    canvas.put(left + dx, y + row * 4, GROUND[5 if dx < 5 else 4])


def planks(canvas, x, y):
    for row in range(4):
        canvas.rect(x, y + row * 4, 16, 4, GROUND[12])
        canvas.rect(x, y + row * 4, 16, 1, GROUND[13])
        canvas.rect(x, y + row * 4 + 3, 16, 1, GROUND[10])
        canvas.put(x + 2 + row * 3, y + row * 4 + 1, GROUND[11])
        canvas.rect(x + 6 + (row * 5) % 7, y + row * 4 + 2, 3, 1, GROUND[11])


def ground():
    """Sixteen opaque tiles: grass (4), dirt, sand, rock, mossy rock, bricks (2 each), planks, a jetty."""
    canvas = Canvas(128, 32, GROUND[1])
    for at, (left, right) in enumerate(((True, False), (False, False), (False, False), (False, True))):
        grass(canvas, at * 16, 0, 11 + at * 7, left, right)
    for at in range(2):
        dirt(canvas, 64 + at * 16, 0, 40 + at * 9)
        sand(canvas, 96 + at * 16, 0, 60 + at * 5)
        rock(canvas, at * 16, 16, 80 + at * 3)
        rock(canvas, 32 + at * 16, 16, 90 + at * 3, top=True)
        brick(canvas, 64 + at * 16, 16)
    canvas.ellipse(2 * 88, 2 * 24, 9, 10, GROUND[1])
    canvas.rect(84, 24, 8, 5, GROUND[1])
    canvas.rect(85, 21, 6, 7, GROUND[14])
    canvas.line(88, 20, 88, 28, GROUND[10])
    canvas.line(84, 24, 91, 24, GROUND[10])
    planks(canvas, 96, 16)
    planks(canvas, 112, 16)
    canvas.rect(112, 16, 16, 5, GROUND[1])
    canvas.rect(112, 16, 16, 4, GROUND[12])
    canvas.rect(112, 16, 16, 1, GROUND[13])
    canvas.rect(112, 21, 16, 11, GROUND[1])
    for x in (114, 124):
        canvas.rect(x, 20, 2, 12, GROUND[11])
    return canvas


PROP_ART = (
    # Barrel, crate, anchor.
    *side_by_side('''
        ................ ................ ......777.......
        ....333333...... .55555555555555. .....7...6......
        ..3355555533.... .54444444444442. .....7...6......
        ..2333333332.... .54322222222342. ......766.......
        .667777777766... .54433333334342. ....8888888.....
        .2344455443322.. .54343333343342. ....6677666.....
        .2344455443322.. .54334333433342. ......776.......
        .2344455443322.. .54333434333342. ......776.......
        .667777777766... .54333343333342. ......776.......
        .2344455443322.. .54333434333342. .7....776....7..
        .2344455443322.. .54334333433342. 777...776...776.
        .2344455443322.. .54343333343342. .77...776...76..
        .667777777766... .54432222222442. ..77..776..776..
        ..2344454432.... .54444444444442. ...7777777766...
        ..2233333322.... .52222222222222. ....66777666....
        ................ ................ ......666.......
    '''),
    # Lamp, lifebuoy, sign.
    *side_by_side('''
        ......666....... ................ ................
        .....67776...... .....aabb....... .5555555555555..
        ....6777776..... ...aaaabbbbb.... .54444444444442.
        ....6eebe6...... ..aaaaabbbbbb... .54224422442442.
        ....6ebbe6...... ..aaa5...5bbb... .54444444444442.
        ....6ebbe6...... .bba5.....5aaa.. .54242244224242.
        ....6eebe6...... .bbb.......aaa.. .54444444444442.
        ....6777776..... .bbb.......aaa.. .52222222222222.
        .....66666...... .bbb.......99a.. ......443.......
        ......776....... .bba5.....5999.. ......443.......
        ......776....... ..aaa5...5bbb... ......443.......
        ......776....... ..aaaaabbbbbb... ......443.......
        ......776....... ...999abbbbb.... ......443.......
        .....77766...... .....99bb....... ......443.......
        ....7777666..... ................ .....44433......
        ................ ................ ................
    '''),
    # Grass, flowers, ladder.
    *side_by_side('''
        ................ ................ ..54........54..
        ................ ................ ..43........43..
        ................ ................ ..455555555543..
        ................ ...ff........... ..433333333333..
        ................ ..ffef....bb.... ..43........43..
        ................ ..feef...bebb... ..43........43..
        ................ ...ffc...bbeb... ..455555555543..
        ...........d.... ....c.....bb.... ..433333333333..
        ..d....d...d.... ....c.ee..c..... ..43........43..
        ..dd...d..dd.d.. ..d.c.eae.c.d... ..43........43..
        .c.d..cd..d.dd.. ..ddc.ee..cdd... ..455555555543..
        .cd.d.cd.cd.d... ...dcc.c.ccd.... ..433333333333..
        ..cdd.cddcd.dc.. ....cdcc.cd..... ..43........43..
        .dcdccddcdcddc.. ..d.ccdccdc.d... ..43........43..
        .dccdccdccdcdcd. .dcdcccdccccdd.. ..455555555543..
        .cccccccccccccc. .cccccccccccccc. ..433333333333..
    '''),
)


def props():
    canvas = Canvas(144, 16)
    inks = {digit: PROPS[at] for at, digit in enumerate('0123456789abcdef') if at > 0}
    for at, art in enumerate(PROP_ART):
        tile = Canvas(16, 16)
        tile.stamp(art, 0, 0, inks)
        tile.outline(PROPS[1], bottom=at < 6)
        canvas.blit(tile, at * 16, 0)
    return canvas
