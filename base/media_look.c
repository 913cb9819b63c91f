#include "base/media_look.h"

#include "base/ascii.h"

#include <string.h>

/* ---- Texts ---- */

static bool is_space(uint8_t byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* Upper and lower case are one; the prefix is lower case. */
static bool begins_with(struct base_bytes text, const char *prefix)
{
    size_t length = strlen(prefix);
    size_t same = 0;
    while (same < length && same < text.size && base_ascii_lower(text.data[same]) == (uint8_t)prefix[same]) {
        same++;
    }
    return same == length;
}

static bool contains(struct base_bytes text, const char *part)
{
    while (text.size > 0 && !begins_with(text, part)) {
        text = base_bytes_make(text.data + 1, text.size - 1);
    }
    return text.size > 0;
}

/* What HTML, SVG and other XML begin with. */
static const struct base_medium *find_markup(struct base_bytes text)
{
    static const struct base_medium page = {"a web page", BASE_MEDIUM_MISHAP, NULL};
    static const struct base_medium drawing = {"an SVG picture", BASE_MEDIUM_PICTURE, NULL};
    if (begins_with(text, "<!doctype html") || begins_with(text, "<html") || begins_with(text, "<head")) {
        return &page;
    }
    bool is_markup = begins_with(text, "<?xml") || begins_with(text, "<!--") || begins_with(text, "<!doctype");
    if (begins_with(text, "<svg") || (is_markup && contains(text, "<svg"))) {
        return &drawing;
    }
    return begins_with(text, "<!doctype") || (is_markup && contains(text, "<html")) ? &page : NULL;
}

const struct base_medium *base_medium_of_text(struct base_bytes begin)
{
    static const struct base_medium pointer = {"a Git LFS pointer", BASE_MEDIUM_MISHAP,
                                               "Run `git lfs pull`: it puts the file itself in its place."};
    static const struct base_medium merge = {"an unresolved merge", BASE_MEDIUM_MISHAP,
                                             "Resolve the conflict in version control."};
    struct base_bytes text = begin;
    if (begins_with(text, "\xEF\xBB\xBF")) {
        text = base_bytes_make(text.data + 3, text.size - 3);
    }
    while (text.size > 0 && is_space(text.data[0])) {
        text = base_bytes_make(text.data + 1, text.size - 1);
    }
    if (begins_with(text, "version https://git-lfs.github.com/")) {
        return &pointer;
    }
    return begins_with(text, "<<<<<<< ") ? &merge : find_markup(text);
}

/* ---- Streams ---- */

const struct base_medium *base_medium_of_stream(struct base_bytes begin)
{
    static const struct base_medium mp3 = {"an MP3 sound", BASE_MEDIUM_LOSSY_SOUND, NULL};
    static const struct base_medium aac = {"an AAC sound", BASE_MEDIUM_LOSSY_SOUND, NULL};
    /* Eleven bits that are set, then version and layer. */
    if (begin.size < 3 || begin.data[0] != 0xFF || (begin.data[1] & 0xE0) != 0xE0) {
        return NULL;
    }
    unsigned version = begin.data[1] >> 3 & 3;
    unsigned layer = begin.data[1] >> 1 & 3;
    if (layer == 0) {
        return version >= 2 ? &aac : NULL;
    }
    /* Layer 3 of this field is a byte-order mark of UTF-16 as well. */
    bool rated = begin.data[2] >> 4 != 0xF && (begin.data[2] >> 2 & 3) != 3;
    return layer != 3 && version != 1 && rated ? &mp3 : NULL;
}

/* ---- Guesses ---- */

static unsigned little_endian(struct base_bytes begin, size_t at)
{
    return begin.data[at] | (unsigned)begin.data[at + 1] << 8;
}

/* A directory of icons, whose first picture comes right after it. */
static bool is_icon(struct base_bytes begin)
{
    enum { HEAD = 6, ENTRY = 16, OFFSET_AT = HEAD + 12 };
    if (begin.size < HEAD + ENTRY || little_endian(begin, 0) != 0 || little_endian(begin, 4) == 0) {
        return false;
    }
    bool kind = little_endian(begin, 2) == 1 || little_endian(begin, 2) == 2; /* icon or cursor */
    return kind && little_endian(begin, OFFSET_AT) == HEAD + ENTRY * little_endian(begin, 4) &&
           little_endian(begin, OFFSET_AT + 2) == 0;
}

/* "P1" to "P7", and white space. */
static bool is_netpbm(struct base_bytes begin)
{
    return begin.size >= 3 && begin.data[0] == 'P' && begin.data[1] >= '1' && begin.data[1] <= '7' &&
           is_space(begin.data[2]);
}

/* A Targa picture has no magic: its head has values that few other files have together. */
static bool is_targa(struct base_bytes begin)
{
    enum { HEAD = 18, MAP_AT = 1, TYPE_AT = 2, WIDTH_AT = 12, HEIGHT_AT = 14, DEPTH_AT = 16, FLAGS_AT = 17 };
    if (begin.size < HEAD) {
        return false;
    }
    unsigned type = begin.data[TYPE_AT] & ~8U; /* 8: run lengths */
    unsigned depth = begin.data[DEPTH_AT];
    bool mapped = type == 1;
    if (type < 1 || type > 3 || begin.data[MAP_AT] != (mapped ? 1 : 0) || depth % 8 != 0 || depth == 0 || depth > 32) {
        return false;
    }
    for (size_t i = TYPE_AT + 1; !mapped && i < TYPE_AT + 6; i++) { /* where the map would be */
        if (begin.data[i] != 0) {
            return false;
        }
    }
    return little_endian(begin, WIDTH_AT) > 0 && little_endian(begin, HEIGHT_AT) > 0 &&
           (begin.data[FLAGS_AT] & 0xC0) == 0;
}

const struct base_medium *base_medium_of_head(struct base_bytes begin)
{
    static const struct base_medium icon = {"an icon", BASE_MEDIUM_PICTURE, NULL};
    static const struct base_medium netpbm = {"a netpbm picture", BASE_MEDIUM_PICTURE, NULL};
    static const struct base_medium targa = {"a Targa picture", BASE_MEDIUM_PICTURE, NULL};
    static const struct base_medium xl = {"a JPEG XL picture", BASE_MEDIUM_PICTURE, NULL};
    if (begin.size >= 2 && begin.data[0] == 0xFF && begin.data[1] == 0x0A) {
        return &xl;
    }
    return is_icon(begin) ? &icon : is_netpbm(begin) ? &netpbm : is_targa(begin) ? &targa : NULL;
}
