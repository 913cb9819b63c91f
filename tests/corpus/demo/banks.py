"""Every asset of the demo: its files and its declaration. The workspace is a dictionary from path to bytes."""

import struct

from . import beach, declare, font, hud, items, keeper, palette_files, png, scenes, shore, sky, sound_files, sparks
from . import synth, title, tower, water

# Ids 7 and 24 belonged to assets that were removed; they are never used again.
RECORDS = (
    (1, 'ui/font', True), (2, 'hero', True), (3, 'tiles/shore', True), (4, 'tiles/water', True),
    (5, 'props/lighthouse', True), (6, 'items', True), (8, 'enemies/beach', True), (9, 'ui/hud', True),
    (10, 'backdrops/night sky', True), (11, 'backdrops/storm', False), (12, 'title', True), (13, 'sfx/jump', True),
    (14, 'sfx/coin', True), (15, 'sfx/step', True), (16, 'sfx/blip', True), (17, 'sfx/foghorn', True),
    (18, 'ambience/waves', True), (19, 'music/lamp-lit', True), (20, 'sfx/clockwork', True), (21, 'scenes/bay', True),
    (22, 'scenes/menu', True), (23, 'effects/sparks', True),
)
NEXT_ASSET_ID = 25
FONT_INKS = [[(0, 0, 0), (255, 255, 255), (85, 85, 85)], [(0, 0, 0), (255, 210, 74), (140, 74, 18)],
             [(0, 0, 0), (255, 110, 100), (110, 22, 48)]]
# Exact colours must survive what a viewer would do to them: a gamma of 1/2.2 and a resolution, both to be left alone.
REMARKS = png.chunk(b'gAMA', struct.pack('>I', 45455)) + png.chunk(b'pHYs', struct.pack('>IIB', 2835, 2835, 1))


def check_bank(root, tile_size, sheets, palettes):
    """What the packer will ask for, asked of the drawing first."""
    tiles = 0
    for palette in palettes:
        assert 1 <= len(palette) <= 16 and len(set(palette[1:])) == len(palette) - 1, root
    for sheet in sheets:
        assert sheet.width % tile_size == 0 and sheet.height % tile_size == 0, root
        for y in range(0, sheet.height, tile_size):
            for x in range(0, sheet.width, tile_size):
                inks = {ink for row in sheet.rows[y:y + tile_size] for ink in row[x:x + tile_size]} - {None}
                assert any(inks <= set(palette[1:]) for palette in palettes), (root, x, y)
                tiles += 1
    assert tiles <= (256 // tile_size) ** 2, root


class Workspace:
    def __init__(self):
        self.files = {}

    def asset(self, root, name, kind, files, inputs, output, **options):
        """files: path relative to the root -> bytes."""
        for path, data in files.items():
            self.files['assets/%s/%s' % (root, path)] = data
        self.files['assets/%s/asset.json' % root] = declare.declaration(root, name, kind, inputs, output, **options)

    def glyphs(self, root, name, tile_size, sprites, palettes, pictures, metadata=None, pipeline=None, **options):
        """sprites: path -> PNG. palettes: index -> (path, file, colours); without a path they are the PNGs' own.
        pictures: the canvases behind the sprites."""
        check_bank(root, tile_size, pictures, [palette[2] for palette in palettes.values()])
        files, inputs = dict(sprites), {'sprites': list(sprites)}
        declared = [{'index': index, 'path': palette[0]} for index, palette in palettes.items() if palette[0]]
        if declared:
            inputs['palettes'] = declared
            files.update((palette[0], palette[1]) for palette in palettes.values())
        output = {'format': 'GLYPH/indexed_v1', 'codec': 'NONE',
                  'metadata': {'tile_size': tile_size, **(metadata or {})}}
        if pipeline:
            output['pipeline'] = pipeline
        self.asset(root, name, 'glyph', files, inputs, output, **options)

    def sound(self, root, name, path, data, metadata=None, channels=None, **options):
        output = {'format': 'SOUNDS/pcm16le_v1', 'codec': 'NONE'}
        if metadata:
            output['metadata'] = metadata
        if channels:
            output['pipeline'] = {'channels': channels}
        self.asset(root, name, 'sound', {path: data}, {'sources': [path]}, output, **options)


def glyph_banks(workspace):
    alphabet = font.sheet((255, 255, 255), (85, 85, 85))
    workspace.glyphs(
        'ui/font', 'font', 8, {'font.png': png.grey(alphabet, 2)},
        {at: ('%s.pal' % path, palette_files.jasc(FONT_INKS[at]), FONT_INKS[at])
         for at, path in enumerate(('white', 'gold', 'red'))},
        [alphabet], {'first_character': 32}, slot=0)

    walk, poses = keeper.walk(), keeper.poses()
    workspace.glyphs(
        'hero', 'keeper', 32, {'frames/walk.png': png.rgba(walk), 'frames/poses.png': png.rgba(poses)},
        {0: ('day.gpl', palette_files.gpl(keeper.DAY, 'Keeper by day'), keeper.DAY),
         1: ('night.gpl', palette_files.gpl(keeper.NIGHT, 'Keeper by night'), keeper.NIGHT),
         5: ('hit.hex', palette_files.hexadecimal(keeper.HIT), keeper.HIT)},
        [walk, poses], {'walk_frames': 8, 'frames_per_second': 12, 'facing': 'right'}, slot=4, style='wide')

    ground, props = shore.ground(), shore.props()
    workspace.glyphs(
        'tiles/shore', 'shore', 16,
        {'ground.png': png.indexed(ground, shore.GROUND, 4), 'props.png': png.indexed(props, shore.PROPS, 4)},
        {0: (None, None, shore.GROUND), 1: (None, None, shore.PROPS)}, [ground, props], preload=True, style='compact')

    surface, deep, abyss = water.surface(), water.deep(), water.abyss()
    workspace.glyphs(
        'tiles/water', 'water', 16,
        {'surface.png': png.indexed(surface, water.PALETTE, 4, interlaced=True),
         'deep.png': png.indexed(deep, water.PALETTE, 4), 'abyss.png': png.indexed(abyss, water.PALETTE, 8)},
        {0: (None, None, water.PALETTE)}, [surface, deep, abyss], {'frames': 8}, preload=True, style='tabs')

    lighthouse = tower.draw()
    workspace.glyphs(
        'props/lighthouse', 'lighthouse', 32, {'lighthouse.png': png.indexed(lighthouse, tower.PALETTE)},
        {0: (None, None, tower.PALETTE)}, [lighthouse], {'columns': 3}, preload=True, style='sorted')

    things = items.draw()
    workspace.glyphs(
        'items', 'items', 16, {'items.png': png.rgba(things)},
        {0: ('items.hex', palette_files.hexadecimal(items.PALETTE), items.PALETTE)}, [things], {'coin_frames': 6},
        preload=True, style='one line')

    crabs, gulls = beach.crabs(), beach.gulls()
    workspace.glyphs(
        'enemies/beach', 'crabs and gulls', 16,
        {'crab.png': png.indexed(crabs, beach.PALETTE, 4), 'gull.png': png.rgba(gulls)},
        {0: ('palette.png', palette_files.swatch(beach.PALETTE), beach.PALETTE)}, [crabs, gulls], preload=True)

    panel, pointer = hud.panel(), hud.pointer()
    workspace.glyphs(
        'ui/hud', 'hud', 8, {'panel.png': png.rgb(panel, hud.KEY, REMARKS), 'pointer.png': png.grey_alpha(pointer)},
        {0: ('panel.pal', palette_files.jasc(hud.PALETTE), hud.PALETTE),
         1: ('pointer.gpl', palette_files.gpl(hud.POINTER_PALETTE, 'Pointer'), hud.POINTER_PALETTE)},
        [panel, pointer], slot=1, build={'watch': True})

    night, storm = sky.night(), sky.storm()
    workspace.glyphs(
        'backdrops/night sky', 'the bay by night', 32, {'bay by night.png': png.rgb(night)},
        {0: ('night.hex', palette_files.hexadecimal(sky.NIGHT), sky.NIGHT)}, [night])
    workspace.glyphs(
        'backdrops/storm', 'the bay in a storm', 32, {'storm.png': png.rgb(storm)},
        {0: ('storm.hex', palette_files.hexadecimal(sky.STORM), sky.STORM)}, [storm], preload=True)

    logo = title.draw()
    workspace.glyphs(
        'title', 'title', 8, {'logo.png': png.rgba(logo, 16)},
        {3: ('stone.gpl', palette_files.gpl(title.STONE, 'Stone and sea'), title.STONE),
         0: ('gold.gpl', palette_files.gpl(title.GOLD, 'Gold'), title.GOLD)},
        [logo], slot=15, pipeline={'made_with': 'draw_demo.py', 'steps': ['draw', 'outline', 'save as 16 bits'],
                                   'passes': 1})

    burst = sparks.draw()
    check_bank('effects/sparks', 16, [burst], [sparks.PALETTE])
    workspace.asset(
        'effects/sparks', 'sparks "by hand"', 'glyph', {'sparks.bin': sparks.encode(burst)},
        {'sources': ['sparks.bin']},
        {'format': 'GLYPH/raw_v1', 'codec': 'NONE',
         'metadata': {'tile_size': 16, 'width': 256, 'height': 256, 'palette_count': 64, 'palette_authored': 1}})


def sounds(workspace):
    def mono(root, name, path, rate, samples, **options):
        workspace.sound(root, name, path, sound_files.wav(samples, rate, 1), **options)

    mono('sfx/jump', 'jump', 'jump.wav', 22050, synth.jump(22050), slot=2)
    mono('sfx/coin', 'coin', 'coin.wav', 22050, synth.coin(22050), preload=True, style='compact')
    mono('sfx/step', 'step', 'step.wav', 8000, synth.step(8000), preload=True)
    mono('sfx/blip', 'blip', 'blip.wav', 48000, synth.blip(48000), preload=True)
    workspace.sound('sfx/foghorn', 'foghorn', 'foghorn.aiff', sound_files.aiff(synth.foghorn(8000), 8000, 1),
                    {'sample_rate': 8000, 'channels': 1})
    workspace.sound('ambience/waves', 'surf – the bay', 'waves.wav',
                    sound_files.wav(synth.waves(11025), 11025, 2, 'Two seconds without a seam'), {'seamless': True}, channels='mix')
    workspace.sound('music/lamp-lit', 'the lamp is lit', 'lamp-lit.flac',
                    sound_files.flac(synth.jingle(22050), 22050, 2), channels='left', slot=15, style='tabs')
    clicks = synth.tick(16000)
    workspace.asset(
        'sfx/clockwork', 'clockwork', 'sound', {'clockwork.pcm': sound_files.raw(clicks)},
        {'sources': ['clockwork.pcm']},
        {'format': 'SOUNDS/raw_v1', 'codec': 'NONE',
         'metadata': {'sample_rate': 16000, 'channels': 1, 'frames': len(clicks)}}, preload=True)


def scene_banks(workspace):
    """Resident, a map has no preamble: its decoded size is that of its cells."""
    for root, name, rows, slot in (('scenes/bay', 'bay', scenes.BAY, None), ('scenes/menu', 'menu', scenes.MENU, 0)):
        output = {'format': 'SCENE/raw_v1', 'codec': 'NONE',
                  'metadata': {'columns': len(rows[0]), 'rows': len(rows), 'layout': 'LRMP'}}
        if slot is None:
            output['decoded_size'] = 2 * len(rows[0]) * len(rows)
        workspace.asset(root, name, 'scene', {name + '.map': scenes.encode(rows)}, {'sources': [name + '.map']}, output,
                        preload=True, slot=slot)


def mess(workspace):
    """What lies about in a directory where people work. None of it is packed."""
    files = workspace.files
    files['assets/notes.txt'] = ('Lantern Rock\n\n- the gull needs a shadow\n- storm: for the second chapter\n'
                                 '- ask for a longer rope (drafts/rope is only a try)\n').encode()
    # The 128-byte header of a painting program's own format: 32 x 32, one frame, 32 bits a pixel.
    files['assets/hero/keeper.aseprite'] = struct.pack('<IHHHHHI', 128, 0xA5E0, 1, 32, 32, 32, 1).ljust(128, b'\0')
    files['assets/hero/asset.json.bak'] = b'{ "name": "keeper", "tile_size": 16 }\n'
    files['assets/palettes/first-try.gpl'] = palette_files.gpl(items.PALETTE[:6], 'First try')
    files['assets/sfx/README'] = b'Made with the little synthesizer.\n'
    rope = shore.Canvas(16, 16)
    for y in range(16):
        rope.put(7 + y // 2 % 2, y, shore.PROPS[4])
        rope.put(8 + y // 2 % 2, y, shore.PROPS[3])
    workspace.glyphs('drafts/rope', 'rope', 16, {'rope.png': png.indexed(rope, shore.PROPS, 4)},
                     {0: (None, None, shore.PROPS)}, [rope])


def workspace_files():
    """Every file of the workspace: path -> bytes."""
    workspace = Workspace()
    glyph_banks(workspace)
    sounds(workspace)
    scene_banks(workspace)
    mess(workspace)
    for _, root, _ in RECORDS:
        assert 'assets/%s/asset.json' % root in workspace.files, root
    workspace.files['assets/.prometeu/index.json'] = declare.registry(RECORDS, NEXT_ASSET_ID)
    workspace.files['.gitignore'] = b'/build/\n'
    return workspace.files
