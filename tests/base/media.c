#include "base/media.h"

#include "tests/lib/unit.h"

#include <string.h>

#define BYTES(literal) base_bytes_make((literal), sizeof(literal) - 1)

static void check(struct base_bytes begin, const char *name, enum base_medium_sort sort)
{
    const struct base_medium *medium = base_medium_of(begin);
    if (medium == NULL) {
        CHECK_STRING("unknown", name);
        return;
    }
    CHECK_STRING(medium->name, name);
    CHECK_U64(medium->sort, sort);
}

UNIT_TEST(media_are_known_by_how_they_begin)
{
    check(BYTES("\x8AMNG\r\n\x1A\n"), "an MNG animation", BASE_MEDIUM_PICTURE);
    check(BYTES("\x8BJNG\r\n\x1A\n"), "a JNG picture", BASE_MEDIUM_PICTURE);
    check(BYTES("GIF89a"), "a GIF picture", BASE_MEDIUM_PICTURE);
    check(BYTES("RIFF\1\2\3\4WEBPVP8 "), "a WebP picture", BASE_MEDIUM_PICTURE);
    check(BYTES("\xFF\xD8\xFF\xE0"), "a JPEG picture", BASE_MEDIUM_PICTURE);
    check(BYTES("BM\1\2\3\4\0\0\0\0"), "a BMP picture", BASE_MEDIUM_PICTURE);
    check(BYTES("\1\2\3\4\xE0\xA5"), "an Aseprite picture", BASE_MEDIUM_PICTURE);
    check(BYTES("RF64\xFF\xFF\xFF\xFFWAVEds64"), "an RF64 sound", BASE_MEDIUM_SOUND);
    check(BYTES("wvpk"), "a WavPack sound", BASE_MEDIUM_SOUND);
    check(BYTES("OggS\0"), "an Ogg sound", BASE_MEDIUM_LOSSY_SOUND);
    check(BYTES("\0\0\0\x20"
                "ftypM4A "),
          "an MPEG-4 file", BASE_MEDIUM_LOSSY_SOUND);
    check(BYTES("\0\0\0\x20"
                "ftypavif"),
          "an AVIF picture", BASE_MEDIUM_PICTURE);
    check(BYTES("MThd\0\0\0\6"), "a MIDI file", BASE_MEDIUM_MUSIC);
    check(BYTES("version https://git-lfs.github.com/spec/v1\n"), "a Git LFS pointer", BASE_MEDIUM_MISHAP);
    check(BYTES("PK\3\4"), "a ZIP archive", BASE_MEDIUM_OTHER);
    check(BYTES("BZh91AY&SY"), "a bzip2 archive", BASE_MEDIUM_OTHER);
    check(BYTES("{\\rtf1"), "an RTF document", BASE_MEDIUM_OTHER);
    check(BYTES("\0\1\0\0\0\x0C\0"), "a font", BASE_MEDIUM_OTHER);
    check(BYTES("RIFF\1\2\3\4ACON"), "an animated cursor", BASE_MEDIUM_PICTURE);
    check(BYTES("\1\2\3\4\x12\xAF"), "an FLC animation", BASE_MEDIUM_PICTURE);
    check(BYTES("qoaf"), "a QOA sound", BASE_MEDIUM_LOSSY_SOUND);
    check(BYTES("MMD1"), "an OctaMED module", BASE_MEDIUM_MUSIC);
}

UNIT_TEST(streams_of_mpeg_are_known_by_their_first_header)
{
    check(BYTES("\xFF\xFB\x90\x64"), "an MP3 sound", BASE_MEDIUM_LOSSY_SOUND);
    check(BYTES("\xFF\xF3\x40\xC4"), "an MP3 sound", BASE_MEDIUM_LOSSY_SOUND);
    check(BYTES("\xFF\xF1\x50\x80"), "an AAC sound", BASE_MEDIUM_LOSSY_SOUND);
    check(BYTES("\xFF\xF9\x50\x80"), "an AAC sound", BASE_MEDIUM_LOSSY_SOUND);
    CHECK(base_medium_of(BYTES("\xFF\xFE"
                               "a\0b\0")) == NULL); /* UTF-16 */
    CHECK(base_medium_of(BYTES("\xFF\xFB\xF0\x64")) == NULL);
    CHECK(base_medium_of(BYTES("\xFF\xFB\x9C\x64")) == NULL);
    CHECK(base_medium_of(BYTES("\xFF\xE9\x50\x80")) == NULL);
    CHECK(base_medium_of(BYTES("\xFF\xFB")) == NULL);
}

UNIT_TEST(magics_far_behind_are_found)
{
    static const uint8_t mod[] = {'M', '.', 'K', '.'};
    static const uint8_t s3m[] = {'S', 'C', 'R', 'M'};
    uint8_t begin[BASE_MEDIUM_BYTES] = {0};
    memcpy(begin + 1080, mod, sizeof mod);
    check(base_bytes_make(begin, sizeof begin), "a MOD module", BASE_MEDIUM_MUSIC);
    CHECK(base_medium_of(base_bytes_make(begin, sizeof begin - 1)) == NULL);
    static const uint8_t channels[] = {'8', 'C', 'H', 'N'};
    memcpy(begin + 1080, channels, sizeof channels);
    check(base_bytes_make(begin, sizeof begin), "a MOD module", BASE_MEDIUM_MUSIC);
    static const uint8_t tar[] = {'u', 's', 't', 'a', 'r'};
    memcpy(begin + 257, tar, sizeof tar);
    check(base_bytes_make(begin, 300), "a tar archive", BASE_MEDIUM_OTHER);
    memcpy(begin + 44, s3m, sizeof s3m);
    check(base_bytes_make(begin, 48), "an S3M module", BASE_MEDIUM_MUSIC);
    CHECK(base_medium_of(base_bytes_make(begin, 47)) == NULL);
}

UNIT_TEST(texts_are_known_after_marks_and_white_space)
{
    static const char pointer[] = "\xEF\xBB\xBFversion https://git-lfs.github.com/spec/v1\n";
    check(BYTES(pointer), "a Git LFS pointer", BASE_MEDIUM_MISHAP);
    check(BYTES("\r\n\t<!doctype HTML>\n<svg>"), "a web page", BASE_MEDIUM_MISHAP);
    check(BYTES("<Html lang=\"en\">"), "a web page", BASE_MEDIUM_MISHAP);
    check(BYTES("<!DOCTYPE what"), "a web page", BASE_MEDIUM_MISHAP);
    check(BYTES("<?xml version=\"1.0\"?>\n<html xmlns="), "a web page", BASE_MEDIUM_MISHAP);
    check(BYTES("<svg width="), "an SVG picture", BASE_MEDIUM_PICTURE);
    check(BYTES("\xEF\xBB\xBF<?xml version=\"1.0\"?>\n<!-- Inkscape -->\n<svg\n"), "an SVG picture",
          BASE_MEDIUM_PICTURE);
    check(BYTES("<!DOCTYPE svg PUBLIC>\n<svg>"), "an SVG picture", BASE_MEDIUM_PICTURE);
    check(BYTES("<<<<<<< HEAD\n"), "an unresolved merge", BASE_MEDIUM_MISHAP);
    CHECK(base_medium_of(BYTES("<?xml version=\"1.0\"?>\n<map>")) == NULL);
    CHECK(base_medium_of(BYTES("a <svg")) == NULL);
    CHECK(base_medium_of(BYTES("\xEF\xBB\xBF \n")) == NULL);
}

static void check_guess(struct base_bytes begin, const char *name)
{
    const struct base_medium *medium = base_medium_guess(begin);
    CHECK_STRING(medium != NULL ? medium->name : "unknown", name);
    CHECK(base_medium_of(begin) == NULL);
}

/* A raw scene may begin like one of these, so they are guesses. */
UNIT_TEST(pictures_without_a_magic_are_guessed)
{
    static const char icon[] = "\0\0\1\0\2\0\x10\x10\0\0\1\0\x20\0\x68\4\0\0\x26\0\0\0";
    check_guess(BYTES(icon), "an icon");
    check_guess(base_bytes_make(icon, sizeof icon - 2), "unknown");
    check_guess(BYTES("\0\0\1\0\2\0\3\0\4\0\5\0\6\0\7\0\x8\0\x9\0\xA\0"), "unknown"); /* tiles in order */
    check_guess(BYTES("P6\n8 8\n255\n"), "a netpbm picture");
    check_guess(BYTES("P2 # grey"), "a netpbm picture");
    check_guess(BYTES("P8\n"), "unknown");
    check_guess(BYTES("P6x"), "unknown");
    check_guess(BYTES("\xFF\x0A\x38\x38"), "a JPEG XL picture");
    check_guess(BYTES("\0\0\2\0\0\0\0\0\0\0\0\0\x10\0\x10\0\x20\x08"), "a Targa picture");
    check_guess(BYTES("\0\1\x9\0\0\0\1\x18\0\0\0\0\x10\0\x10\0\x08\x20"), "a Targa picture");
    check_guess(BYTES("\0\0\2\0\0\1\0\0\0\0\0\0\x10\0\x10\0\x20\x08"), "unknown");
    check_guess(BYTES("\0\0\2\0\0\0\0\0\0\0\0\0\0\0\x10\0\x20\x08"), "unknown");
    check_guess(BYTES("\0\0\2\0\0\0\0\0\0\0\0\0\x10\0\x10\0\x21\x08"), "unknown");
    check_guess(BYTES("\0\0\2\0\0\0\0\0\0\0\0\0\x10\0\x10\0\x20\xC8"), "unknown");
    check_guess(BYTES("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), "unknown");
    CHECK_STRING(base_medium_guess(BYTES("GIF89a"))->name, "a GIF picture");
}

UNIT_TEST(other_files_are_no_known_media)
{
    CHECK(base_medium_of(BYTES("")) == NULL);
    CHECK(base_medium_of(BYTES("hello, world")) == NULL);
    CHECK(base_medium_of(BYTES("RIFF\1\2\3\4what")) == NULL);
    CHECK(base_medium_of(BYTES("BM like it or not")) == NULL);
    CHECK(base_medium_of(BYTES("GIF")) == NULL);
}

static void check_name(const char *file, const char *name)
{
    const struct base_medium *medium = base_medium_of_name(file);
    CHECK_STRING(medium != NULL ? medium->name : "unknown", name);
}

UNIT_TEST(media_are_known_by_their_endings)
{
    check_name("music.ogg", "an Ogg sound");
    check_name("Music.OpuS", "an Ogg sound");
    check_name("a.b.MP3", "an MP3 sound");
    check_name("hero.aseprite", "an Aseprite picture");
    check_name("hero.ase", "an Aseprite picture");
    check_name("photo.jpeg", "a JPEG picture");
    check_name("song.mid", "a MIDI file");
    check_name("song.xm", "an XM module");
    check_name("archive.ZIP", "a ZIP archive");
    check_name("level.tmx", "a Tiled map");
    check_name("level.bin", "unknown");
    check_name("level.as", "unknown");
    check_name("level.", "unknown");
    check_name(".ogg", "unknown");
    check_name("ogg", "unknown");
    check_name("level.ogg oga", "unknown");
}
