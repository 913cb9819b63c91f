"""Two scenes. The packer takes their bytes as they are; the layout is the game's own affair.

Here: 'LRMP', columns and rows as 16 bits little endian, then one 16-bit number a cell, row-major: below 256 a tile of
the shore, from 256 on one of the water; 0xFFFF is air.
"""

import struct

AIR = 0xFFFF
# G grass, D dirt, R rock, M mossy rock, S sand, P planks, ~ the sea's surface, w deep sea, b bricks.
TILES = {'.': AIR, 'G': 1, 'D': 4, 'R': 8, 'M': 10, 'S': 6, 'P': 14, 'b': 12, '~': 256, 'w': 264}

BAY = (
    '................................................................',
    '................................................................',
    '.............................................bbb................',
    '.............................................b.b................',
    '.............................................b.b................',
    '..........................................MMMMMMMMM.............',
    '......................PPPPP..............MRRRRRRRRRM............',
    '..............................PPPP......MRRRRRRRRRRRM...........',
    '.............GGGGG.....................MRRRRRRRRRRRRRM..........',
    '............GDDDDDG.......PPPP........GDRRRRRRRRRRRRRDG.........',
    '...GGGGG...GDDDDDDDG.................GDDDDRRRRRRRRRDDDDG........',
    '..GDDDDDGGGDDDDDDDDDG....PPPPPPPP...GDDDDDDDDDDDDDDDDDDDGGG.....',
    'SSDDDDDDDDDDDDDDDDDDDSS..........SSSDDDDDDDDDDDDDDDDDDDDDDDSSS..',
    'SSSDDDDDDDDDDDDDDDDDSSSS~~~~~~~~SSSSDDDDDDDDDDDDDDDDDDDDDDSSSSS~',
    'SSSSDDDDDDDDDDDDDDDSSSSSwwwwwwwwSSSSSDDDDDDDDDDDDDDDDDDDDSSSSSSw',
    'RRRRRRRRRRRRRRRRRRRRRRRRwwwwwwwwRRRRRRRRRRRRRRRRRRRRRRRRRRRRRRRw',
)
MENU = (
    '................',
    '................',
    '................',
    '................',
    '..........MMMM..',
    '.........MRRRRM.',
    '~~~~~~~~~RRRRRR~',
    'wwwwwwwwwRRRRRRw',
)


def encode(rows):
    cells = [TILES[cell] for row in rows for cell in row]
    return b'LRMP' + struct.pack('<HH', len(rows[0]), len(rows)) + struct.pack('<%dH' % len(cells), *cells)
