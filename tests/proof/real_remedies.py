"""What a user does who is told by a remedy what to do. Each remedy is found by its words, and it is done with programs that people have."""

import glob
import gzip
import json
import os
import re
import shutil
import subprocess

from PIL import Image

PICTURES = (".svg", ".jpg", ".jpeg", ".gif", ".bmp", ".tga", ".pcx", ".xpm", ".pgm", ".ppm", ".pnm", ".ico", ".webp", ".tif", ".xcf", ".psd")
SIDE = 256


class Asset:
    """A directory that is to be added. after: commands for when it has been, and members of output.pipeline that are to be written before them.
    steps: how many remedies were done."""

    def __init__(self, directory, root, options=()):
        self.directory, self.root, self.options, self.steps = directory, root, list(options), 0
        self.after, self.pipeline = [], {}

    @property
    def path(self):
        return os.path.join(self.directory, "assets", self.root)

    def files(self):
        return [path for path in sorted(glob.glob(os.path.join(glob.escape(self.path), "*"))) if not path.endswith("/asset.json")]

    def sources(self, finding):
        """The file of a finding, or else all files."""
        named = os.path.join(self.directory, finding["file"]) if finding and finding["file"] else None
        return [named] if named in self.files() else self.files()

    def beside(self, files):
        """Another asset, that gets these files."""
        number = 1
        while os.path.exists(f"{self.path}-{number}"):
            number += 1
        os.makedirs(f"{self.path}-{number}")
        for path in files:
            shutil.move(path, f"{self.path}-{number}")
        return Asset(self.directory, f"{self.root}-{number}", self.options)


def run(*command):
    return subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL).returncode == 0


# ---- Options and commands ----


def with_option(*options):
    def do(asset, finding):
        asset.options += options
        return [asset]
    return do


def find_palettes(asset, finding):
    if "--pad --anyway" in finding["help"] and "--pad" not in asset.options:
        asset.options.append("--pad")
    asset.options.append("--anyway")
    asset.after = [("palettes", "--write", f"assets/{asset.root}")]
    return [asset]


def declare_banks(asset, finding):
    asset.options.append("--anyway")
    asset.pipeline["indices"] = "banked"
    asset.after = [("build", "--check")]
    return [asset]


def write_pipeline(asset):
    """What the remedies want in asset.json."""
    path = os.path.join(asset.path, "asset.json")
    with open(path, encoding="utf-8") as file:
        declaration = json.load(file)
    declaration["output"].setdefault("pipeline", {}).update(asset.pipeline)
    with open(path, "w", encoding="utf-8") as file:
        json.dump(declaration, file)
    asset.pipeline = {}


# ---- Pictures ----


def as_png(path):
    """The pictures of a file as PNG in its place; False if no program can read it."""
    stem = os.path.splitext(path)[0]
    programs = [("convert", path, "-coalesce", "+adjoin"), ("ffmpeg", "-v", "error", "-y", "-i", path)]
    if path.lower().endswith((".svg", ".svgz")):
        programs = [("rsvg-convert", path, "-o")]
    for program in programs:
        run(*program, f"{stem}-exported.png")
        if glob.glob(glob.escape(f"{stem}-exported") + "*.png"):
            os.remove(path)
            return True
    return False


def export_pictures(asset, finding):
    for path in asset.sources(finding):
        if not as_png(path):
            return None
    return [asset]


def export_again(asset, finding):
    for path in asset.sources(finding):
        if not run("convert", path, f"PNG:{path}.new"):
            return None
        os.replace(f"{path}.new", path)
    return [asset]


def change(how):
    """A remedy that paints the picture of a finding anew."""
    def do(asset, finding):
        for path in asset.sources(finding):
            if path.lower().endswith(".png"):
                how(path)
        return [asset]
    return do


def make_alpha_hard(path):
    with Image.open(path) as image:
        image = image.convert("RGBA")
    image.putalpha(image.getchannel("A").point(lambda value: 255 if value >= 128 else 0))
    image.save(path)


def use_eight_bits(path):
    run("convert", path, "-depth", "8", f"PNG32:{path}")


def use_few_colours(path):
    run("pngquant", "--force", "--nofs", "--output", path, "15", path)


def split_picture(asset, finding):
    """Parts of at most a sheet, each an asset of its own."""
    assets = []
    for path in asset.sources(finding):
        stem = os.path.splitext(path)[0]
        run("convert", path, "-crop", f"{SIDE}x{SIDE}", "+repage", "+adjoin", f"{stem}-part-%03d.png")
        os.remove(path)
        assets += [asset.beside([part]) for part in sorted(glob.glob(glob.escape(stem) + "-part-*.png"))]
    return assets + ([asset] if asset.files() else [])


def take_out_gaps(asset, finding):
    """The tiles of a sheet with margin and gaps, side by side."""
    said = re.search(r"sheet of (\d+) x (\d+) tiles of (\d+) x \d+(?: with (\d+) pixels? between them)?(?:(?: and| with) a margin of (\d+) pixel)?",
                     finding["message"])
    columns, rows, side, gap, margin = (int(number or 0) for number in said.groups())
    for path in asset.sources(finding):
        with Image.open(path) as sheet:
            image = sheet.convert("RGBA")
        tight = Image.new("RGBA", (columns * side, rows * side))
        for row in range(rows):
            for column in range(columns):
                left, top = margin + column * (side + gap), margin + row * (side + gap)
                tight.paste(image.crop((left, top, left + side, top + side)), (column * side, row * side))
        tight.save(path)
    return [asset]


def split_asset(asset, finding):
    sprites = [path for path in asset.files() if path.lower().endswith(".png")]
    return [asset, asset.beside(sprites[len(sprites) // 2:])]


# ---- Palettes ----


def shorten_palette(asset, finding):
    """The first sixteen colours of a text palette."""
    for path in asset.sources(finding):
        with open(path, encoding="latin-1") as file:
            lines = file.read().splitlines()
        colours = [line for line in lines if re.match(r"\s*\d+\s+\d+\s+\d+", line) or re.fullmatch(r"#?[0-9a-fA-F]{6,8}", line.strip())]
        if len(colours) <= 16:
            return None
        kept = [line for line in lines if line not in colours] + colours[:16]
        with open(path, "w", encoding="latin-1") as file:
            file.write("\n".join(kept) + "\n")
    return [asset]


def draw_sprite(asset, finding):
    """A sprite in one colour of a palette file."""
    with open(asset.files()[0], encoding="latin-1") as file:
        colours = [tuple(map(int, match.groups())) for match in re.finditer(r"^\s*(\d+)\s+(\d+)\s+(\d+)", file.read(), re.M)]
    if len(colours) < 2:
        return None
    Image.new("RGB", (16, 16), colours[1]).save(os.path.join(asset.path, "sprite.png"))
    return [asset]


# ---- Sounds ----


def sound_as(*options):
    def do(asset, finding):
        for path in asset.sources(finding):
            made = f"{os.path.splitext(path)[0]}-exported.wav"
            notes = f"{path}.notes.wav"
            if path.lower().endswith((".mid", ".midi")) and run("timidity", "-Ow", "-o", notes, path):
                os.replace(notes, path)
            if not run("ffmpeg", "-v", "error", "-y", "-i", path, *options, "-c:a", "pcm_s16le", made):
                return None
            os.remove(path)
        return [asset]
    return do


# ---- Others ----


def export_or_take_as_level(asset, finding):
    """What is a picture is exported; everything else is a level."""
    if all(path.lower().endswith(PICTURES) for path in asset.files()):
        return export_pictures(asset, finding)
    return with_option("--type", "scene_bank")(asset, finding)


def take_out(asset, finding):
    """What is in an archive; an archive of other kinds is a level."""
    for path in asset.files():
        if not path.lower().endswith(".gz"):
            return with_option("--type", "scene_bank")(asset, finding)
        with gzip.open(path) as packed, open(path[:-3], "wb") as file:
            shutil.copyfileobj(packed, file)
        os.remove(path)
    return [asset]


class Remedy:
    def __init__(self, name, words, do):
        self.name, self.words, self.do = name, re.compile(words), do


# What comes first is done first, if there are several errors.
REMEDIES = (
    Remedy("take out of the archive", r"Take out of it what belongs to the game", take_out),
    Remedy("export, or --type scene_bank", r"level data of your own, run prpack add \S+ --type scene_bank", export_or_take_as_level),
    Remedy("export as PNG", r"Export (it|them) as PNG", export_pictures),
    Remedy("export as WAV", r"Export the sound as WAV, AIFF or FLAC|Export the sound without loss", sound_as()),
    Remedy("without margin and gaps", r"xport it without margin and gaps", take_out_gaps),
    Remedy("split the picture", r"Split the picture into parts of at most 256 x 256 pixels", split_picture),
    Remedy("split the asset", r"Split the asset into two banks", split_asset),
    Remedy("--pad", r"with --pad", with_option("--pad")),
    Remedy("--channels mix", r"--channels mix", with_option("--channels", "mix")),
    Remedy("one channel", r"Export the sound with one channel", sound_as("-ac", "1")),
    Remedy("16 bits, 1 channel, 44,100", r"Convert the sound to 16 bits", sound_as("-ac", "1", "-ar", "44100")),
    Remedy("export the sound again", r"Export the sound again as WAV, AIFF or FLAC", sound_as()),
    Remedy("opaque or transparent pixels", r"Make the pixels? opaque or fully transparent", change(make_alpha_hard)),
    Remedy("8 bits per channel", r"[Ss]ave (it|the picture) with 8 bits per channel", change(use_eight_bits)),
    Remedy("--anyway, indices banked", r"[Ww]rite .*\"indices\": \"banked\"", declare_banks),
    Remedy("fewer colours", r"too many colours with fewer|use 16 colours at most|Redraw the pixel with a colour of the palette", change(use_few_colours)),
    Remedy("a palette of 16 colours", r"Save the palette with 1 to 16 colours", shorten_palette),
    Remedy("a sprite for the palette", r"Export the sprites as PNG into the directory", draw_sprite),
    Remedy("export the picture again", r"export it again as PNG", export_again),
    Remedy("--anyway, palettes --write", r"prpack add (\S+ )*--anyway \S+, (which pads [^,]*, )?and then prpack palettes --write", find_palettes),
)


def find(finding):
    """(rank, remedy) of what a finding says; None if it says nothing that a program can do."""
    text = f"{finding['message']}. {finding['help']}"
    return next(((rank, remedy) for rank, remedy in enumerate(REMEDIES) if remedy.words.search(text)), None)
