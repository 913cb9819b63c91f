#include "base/media.h"

#include "base/ascii.h"
#include "base/media_look.h"

#include <string.h>

/* In a magic '?' is any byte. A row without a magic is known by its endings alone. Endings are separated by blanks. */
struct row {
    struct base_medium medium;
    uint16_t at;
    uint16_t magic_size;
    const char *magic;
    const char *endings;
};

#define PICTURE(name)                                                                                                  \
    {                                                                                                                  \
        "a " name " picture", BASE_MEDIUM_PICTURE, NULL                                                                \
    }
#define SOUND(name)                                                                                                    \
    {                                                                                                                  \
        name, BASE_MEDIUM_SOUND, NULL                                                                                  \
    }
#define LOSSY(name)                                                                                                    \
    {                                                                                                                  \
        name, BASE_MEDIUM_LOSSY_SOUND, NULL                                                                            \
    }
#define MUSIC(name)                                                                                                    \
    {                                                                                                                  \
        name, BASE_MEDIUM_MUSIC, NULL                                                                                  \
    }
#define OTHER(name)                                                                                                    \
    {                                                                                                                  \
        name, BASE_MEDIUM_OTHER, NULL                                                                                  \
    }
#define BEGINS(magic) 0, sizeof(magic) - 1, magic
#define HAS(at, magic) at, sizeof(magic) - 1, magic
#define UNSEEN 0, 0, ""

/* The first row that fits counts: what is longer comes before what is shorter. */
static const struct row rows[] = {
    {PICTURE("PNG"), BEGINS("\x89PNG"), "png apng"},
    {{"an MNG animation", BASE_MEDIUM_PICTURE, NULL}, BEGINS("\x8AMNG"), "mng"},
    {PICTURE("JNG"), BEGINS("\x8BJNG"), "jng"},
    {PICTURE("GIF"), BEGINS("GIF8"), "gif"},
    {PICTURE("JPEG"), BEGINS("\xFF\xD8\xFF"), "jpg jpeg jpe jfif"},
    {PICTURE("WebP"), BEGINS("RIFF????WEBP"), "webp"},
    {PICTURE("BMP"), BEGINS("BM????\0\0\0\0"), "bmp dib"},
    {PICTURE("Photoshop"), BEGINS("8BPS"), "psd psb"},
    {PICTURE("TIFF"), BEGINS("II*\0"), "tif tiff"},
    {PICTURE("TIFF"), BEGINS("MM\0*"), ""},
    {PICTURE("GIMP"), BEGINS("gimp xcf "), "xcf"},
    {{"an Aseprite picture", BASE_MEDIUM_PICTURE, NULL}, HAS(4, "\xE0\xA5"), "ase aseprite"},
    {{"an AVIF picture", BASE_MEDIUM_PICTURE, NULL}, HAS(4, "ftypavif"), "avif"},
    {PICTURE("HEIF"), HAS(4, "ftyphei"), "heic heif"},
    {PICTURE("HEIF"), HAS(4, "ftypmif1"), ""},
    {PICTURE("HEIF"), HAS(4, "ftypmsf1"), ""},
    {{"an AVIF picture", BASE_MEDIUM_PICTURE, NULL}, HAS(4, "ftypavis"), ""},
    {PICTURE("JPEG XL"), BEGINS("\0\0\0\fJXL "), "jxl"},
    {PICTURE("JPEG 2000"), BEGINS("\0\0\0\fjP  "), "jp2 j2k"},
    {PICTURE("QOI"), BEGINS("qoif"), "qoi"},
    {PICTURE("DirectDraw"), BEGINS("DDS "), "dds"},
    {{"an IFF picture", BASE_MEDIUM_PICTURE, NULL}, BEGINS("FORM????ILBM"), "iff ilbm lbm"},
    {{"an IFF picture", BASE_MEDIUM_PICTURE, NULL}, BEGINS("FORM????PBM "), ""},
    {{"an OpenEXR picture", BASE_MEDIUM_PICTURE, NULL}, BEGINS("v/1\1"), "exr"},
    {PICTURE("Radiance"), BEGINS("#?RADIANCE"), "hdr"},
    {PICTURE("KTX"), BEGINS("\xABKTX "), "ktx ktx2"},
    {PICTURE("Paint Shop Pro"), BEGINS("Paint Shop Pro Image File"), "psp pspimage"},
    {PICTURE("Clip Studio"), BEGINS("CSFCHUNK"), "clip"},
    {{"an icon of macOS", BASE_MEDIUM_PICTURE, NULL}, BEGINS("icns"), "icns"},
    {{"an animated cursor", BASE_MEDIUM_PICTURE, NULL}, BEGINS("RIFF????ACON"), "ani"},
    {{"an FLC animation", BASE_MEDIUM_PICTURE, NULL}, HAS(4, "\x11\xAF"), "fli"},
    {{"an FLC animation", BASE_MEDIUM_PICTURE, NULL}, HAS(4, "\x12\xAF"), "flc"},
    {{"an XPM picture", BASE_MEDIUM_PICTURE, NULL}, BEGINS("/* XPM */"), "xpm"},
    {{"an SVG picture", BASE_MEDIUM_PICTURE, NULL}, UNSEEN, "svg svgz"},
    {PICTURE("PCX"), UNSEEN, "pcx"},
    {PICTURE("Targa"), UNSEEN, "tga"},
    {{"an icon", BASE_MEDIUM_PICTURE, NULL}, UNSEEN, "ico cur"},
    {PICTURE("Krita"), UNSEEN, "kra"},
    {{"an OpenRaster picture", BASE_MEDIUM_PICTURE, NULL}, UNSEEN, "ora"},
    {PICTURE("Piskel"), UNSEEN, "piskel"},
    {PICTURE("Pixelorama"), UNSEEN, "pxo"},
    {PICTURE("Pyxel Edit"), UNSEEN, "pyxel"},
    {PICTURE("netpbm"), UNSEEN, "pbm pgm ppm pnm pam"},

    {SOUND("a WAV sound"), BEGINS("RIFF????WAVE"), "wav wave bwf"},
    {SOUND("a WAV sound"), BEGINS("RIFX????WAVE"), ""},
    {SOUND("an RF64 sound"), BEGINS("RF64????WAVE"), "rf64"},
    {SOUND("a BW64 sound"), BEGINS("BW64????WAVE"), "bw64"},
    {SOUND("a Wave64 sound"), BEGINS("riff\x2E\x91\xCF\x11\xA5\xD6\x28\xDB\x04\xC1\0\0"), "w64"},
    {SOUND("an AIFF sound"), BEGINS("FORM????AIFF"), "aif aiff aifc"},
    {SOUND("an AIFF-C sound"), BEGINS("FORM????AIFC"), ""},
    {SOUND("a FLAC sound"), BEGINS("fLaC"), "flac"},
    {SOUND("an AU sound"), BEGINS(".snd"), "au snd"},
    {SOUND("a Core Audio sound"), BEGINS("caff"), "caf"},
    {SOUND("a Creative Voice sound"), BEGINS("Creative Voice File"), "voc"},
    {SOUND("an 8SVX sound"), BEGINS("FORM????8SVX"), "8svx svx"},
    {SOUND("a 16SV sound"), BEGINS("FORM????16SV"), ""},
    {SOUND("a WavPack sound"), BEGINS("wvpk"), "wv"},
    {SOUND("a Monkey's Audio sound"), BEGINS("MAC "), "ape"},
    {SOUND("a True Audio sound"), BEGINS("TTA1"), "tta"},
    {SOUND("a Shorten sound"), BEGINS("ajkg"), "shn"},
    {SOUND("an OptimFROG sound"), BEGINS("OFR "), "ofr"},
    {SOUND("a NIST SPHERE sound"), BEGINS("NIST_1A"), "nist sph"},
    {SOUND("a DSD sound"), BEGINS("DSD "), "dsf dff"},
    {SOUND("an Audacity project"), UNSEEN, "aup aup3"},

    {LOSSY("an Ogg sound"), BEGINS("OggS"), "ogg oga opus spx ogv"},
    {LOSSY("an MP3 sound"), BEGINS("ID3"), "mp3 mp2"},
    {LOSSY("an AAC sound"), BEGINS("ADIF"), "aac"},
    {LOSSY("an MPEG-4 file"), HAS(4, "ftyp"), "m4a m4b m4r mp4 mov m4v"},
    {LOSSY("a Windows Media file"), BEGINS("\x30\x26\xB2\x75\x8E\x66\xCF\x11"), "wma wmv asf"},
    {LOSSY("a Musepack sound"), BEGINS("MPCK"), "mpc"},
    {LOSSY("a Musepack sound"), BEGINS("MP+"), ""},
    {LOSSY("a RealAudio file"), BEGINS(".RMF"), "ra rm"},
    {LOSSY("a RealAudio file"), BEGINS(".ra\xFD"), ""},
    {LOSSY("an AMR sound"), BEGINS("#!AMR"), "amr"},
    {LOSSY("a QOA sound"), BEGINS("qoaf"), "qoa"},
    {LOSSY("an FMOD sound bank"), BEGINS("FSB5"), "fsb"},
    {LOSSY("a Flash film"), BEGINS("FLV\1"), "flv f4v"},
    {LOSSY("an MPEG film"), BEGINS("\0\0\1\xBA"), "mpg mpeg vob"},
    {LOSSY("an MPEG film"), BEGINS("\0\0\1\xB3"), "m1v m2v"},
    {LOSSY("a QuickTime film"), HAS(4, "moov"), ""},
    {LOSSY("a QuickTime film"), HAS(4, "mdat"), ""},
    {LOSSY("a Smacker film"), BEGINS("SMK2"), "smk"},
    {LOSSY("a Smacker film"), BEGINS("SMK4"), ""},
    {LOSSY("a Bink film"), BEGINS("BIKi"), "bik bk2"},
    {LOSSY("an AC-3 sound"), UNSEEN, "ac3"},
    {LOSSY("a Matroska or WebM file"), BEGINS("\x1A\x45\xDF\xA3"), "mkv mka webm weba"},
    {LOSSY("an AVI film"), BEGINS("RIFF????AVI "), "avi"},

    {MUSIC("a MIDI file"), BEGINS("MThd"), "mid midi kar"},
    {MUSIC("a MIDI file"), BEGINS("RIFF????RMID"), "rmi"},
    {MUSIC("a sound font"), BEGINS("RIFF????sfbk"), "sf2 sf3"},
    {MUSIC("an XM module"), BEGINS("Extended Module: "), "xm"},
    {MUSIC("an IT module"), BEGINS("IMPM"), "it"},
    {MUSIC("an S3M module"), HAS(44, "SCRM"), "s3m"},
    {MUSIC("a MOD module"), HAS(1080, "M.K."), "mod"},
    {MUSIC("a MOD module"), HAS(1080, "M!K!"), ""},
    {MUSIC("a MOD module"), HAS(1080, "FLT4"), ""},
    {MUSIC("a MOD module"), HAS(1080, "FLT8"), ""},
    {MUSIC("a MOD module"), HAS(1080, "?CHN"), ""},
    {MUSIC("an MTM module"), BEGINS("MTM\x10"), "mtm"},
    {MUSIC("an STM module"), HAS(20, "!Scream!"), "stm"},
    {MUSIC("a PTM module"), HAS(44, "PTMF"), "ptm"},
    {MUSIC("an OctaMED module"), BEGINS("MMD0"), "med mmd"},
    {MUSIC("an OctaMED module"), BEGINS("MMD1"), ""},
    {MUSIC("an OctaMED module"), BEGINS("MMD3"), ""},
    {MUSIC("an Oktalyzer module"), BEGINS("OKTASONG"), "okt okta"},
    {MUSIC("a Farandole module"), BEGINS("FAR\xFE"), "far"},
    {MUSIC("an UltraTracker module"), BEGINS("MAS_UTrack_V00"), "ult"},
    {MUSIC("a DigiBooster module"), BEGINS("DBM0"), "dbm"},
    {MUSIC("a 669 module"), UNSEEN, "669"},
    {MUSIC("a module of Unreal"), UNSEEN, "umx"},
    {MUSIC("a FamiTracker module"), BEGINS("FamiTracker Module"), "ftm"},
    {MUSIC("a Furnace module"), BEGINS("-Furnace module-"), "fur"},
    {MUSIC("a SID file"), BEGINS("PSID"), "sid"},
    {MUSIC("a SID file"), BEGINS("RSID"), ""},
    {MUSIC("a GBS file"), BEGINS("GBS\1"), "gbs"},
    {MUSIC("a MUS file"), BEGINS("MUS\x1A"), "mus"},
    {MUSIC("an NSF file"), BEGINS("NESM\x1A"), "nsf nsfe"},
    {MUSIC("a VGM file"), BEGINS("Vgm "), "vgm vgz"},
    {MUSIC("an SPC file"), BEGINS("SNES-SPC700"), "spc"},

    {OTHER("a ZIP archive"), BEGINS("PK\3\4"), "zip"},
    {OTHER("an empty ZIP archive"), BEGINS("PK\5\6"), ""},
    {OTHER("a gzip archive"), BEGINS("\x1F\x8B\x08"), "gz tgz"},
    {OTHER("a bzip2 archive"), BEGINS("BZh?1AY&SY"), "bz2"},
    {OTHER("an xz archive"),
     BEGINS("\xFD"
            "7zXZ"),
     "xz"},
    {OTHER("a Zstandard archive"), BEGINS("\x28\xB5\x2F\xFD"), "zst"},
    {OTHER("a tar archive"), HAS(257, "ustar"), "tar"},
    {OTHER("a 7z archive"), BEGINS("7z\xBC\xAF"), "7z"},
    {OTHER("a RAR archive"), BEGINS("Rar!\x1A"), "rar"},
    {OTHER("a PDF document"), BEGINS("%PDF-"), "pdf"},
    {OTHER("a PostScript document"), BEGINS("%!PS"), "ps eps"},
    {OTHER("an RTF document"), BEGINS("{\\rtf"), "rtf"},
    {OTHER("an Office document"), BEGINS("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "doc xls ppt"},
    {OTHER("an Office document"), UNSEEN, "docx xlsx pptx odt ods odp"},
    {OTHER("an SQLite database"), BEGINS("SQLite format 3"), ""},
    {OTHER("a font"), BEGINS("OTTO"), "ttf otf woff woff2"},
    {OTHER("a font"), BEGINS("\0\1\0\0\0?\0"), ""},
    {OTHER("a font"), BEGINS("wOFF"), ""},
    {OTHER("a font"), BEGINS("wOF2"), ""},
    {OTHER("a Tiled map"), UNSEEN, "tmx tmj tsx tsj"},
    {OTHER("an LDtk project"), UNSEEN, "ldtk"},
    {OTHER("a Blender file"), BEGINS("BLENDER"), ""},
    {OTHER("a glTF model"), BEGINS("glTF"), "glb gltf"},
    {OTHER("a program"),
     BEGINS("\x7F"
            "ELF"),
     "exe dll so"},
    {OTHER("a WebAssembly module"), BEGINS("\0asm"), "wasm"},
    {OTHER("a RIFF palette"), BEGINS("RIFF????PAL "), ""},
};

enum { ROWS = sizeof rows / sizeof rows[0] };

static bool fits(const struct row *row, struct base_bytes begin)
{
    if (row->magic_size == 0 || row->at > begin.size || row->magic_size > begin.size - row->at) {
        return false;
    }
    for (size_t i = 0; i < row->magic_size; i++) {
        if (row->magic[i] != '?' && (uint8_t)row->magic[i] != begin.data[row->at + i]) {
            return false;
        }
    }
    return true;
}

const struct base_medium *base_medium_of(struct base_bytes begin)
{
    for (size_t i = 0; i < ROWS; i++) {
        if (fits(&rows[i], begin)) {
            return &rows[i].medium;
        }
    }
    const struct base_medium *text = base_medium_of_text(begin);
    return text != NULL ? text : base_medium_of_stream(begin);
}

const struct base_medium *base_medium_guess(struct base_bytes begin)
{
    const struct base_medium *known = base_medium_of(begin);
    return known != NULL ? known : base_medium_of_head(begin);
}

/* Whether an ending is one of a list. */
static bool is_listed(const char *list, const char *ending)
{
    size_t length = strlen(ending);
    for (const char *at = list; *at != '\0';) {
        size_t size = strcspn(at, " ");
        size_t same = 0;
        while (size == length && same < size && (uint8_t)at[same] == base_ascii_lower((uint8_t)ending[same])) {
            same++;
        }
        if (same == length) {
            return true;
        }
        at += size + (at[size] == ' ' ? 1 : 0);
    }
    return false;
}

const struct base_medium *base_medium_of_name(const char *name)
{
    const char *dot = strrchr(name, '.');
    if (dot == NULL || dot == name || dot[1] == '\0') {
        return NULL;
    }
    for (size_t i = 0; i < ROWS; i++) {
        if (is_listed(rows[i].endings, dot + 1)) {
            return &rows[i].medium;
        }
    }
    return NULL;
}
