#include "workspace/edit/stereo.h"

#include "base/file.h"
#include "base/findings.h"

#include <string.h>

/* Where a kind of sound says how many channels it has: docs/contracts/workspace.md, 3.2.3. */
struct kind {
    const char *begin; /* four bytes at 0 */
    const char *form;  /* four bytes at 8 */
    const char *chunk; /* which has the number of channels in two bytes */
    size_t at;         /* in that chunk */
    bool big_endian;
};

static const struct kind kinds[] = {
    {.begin = "RIFF", .form = "WAVE", .chunk = "fmt ", .at = 2},
    {.begin = "RIFX", .form = "WAVE", .chunk = "fmt ", .at = 2, .big_endian = true},
    {.begin = "RF64", .form = "WAVE", .chunk = "fmt ", .at = 2},
    {.begin = "BW64", .form = "WAVE", .chunk = "fmt ", .at = 2},
    {.begin = "FORM", .form = "AIFF", .chunk = "COMM", .big_endian = true},
    {.begin = "FORM", .form = "AIFC", .chunk = "COMM", .big_endian = true},
};

enum {
    KINDS = sizeof kinds / sizeof kinds[0],
    ID = 4,
    FORM_SIZE = 12,
    CHUNK_HEAD = 8,
    CHUNKS_MAX = 64,       /* before the one that is looked for; others come rarely, and never so many */
    FLAC_CHANNELS_AT = 20, /* STREAMINFO is the first metadata: three bits, of the number less one */
    W64_HEAD = 40,         /* a GUID, a size of 8 bytes, and a GUID */
    W64_CHANNELS_AT = 66,  /* `fmt ` is the first chunk: a GUID, a size, and two bytes of the coding */
    BEGIN_SIZE = 68
};

static bool has_id(const uint8_t *at, const char *id)
{
    return memcmp(at, id, ID) == 0;
}

static uint32_t load(const uint8_t *at, size_t size, bool big_endian)
{
    uint32_t value = 0;
    for (size_t i = 0; i < size; i++) {
        value = value << 8 | at[big_endian ? i : size - 1 - i];
    }
    return value;
}

/* 0: the chunk is not found. */
static unsigned channels_of_chunks(const struct base_file *file, const struct kind *kind)
{
    uint64_t at = FORM_SIZE;
    uint8_t head[CHUNK_HEAD + ID];
    for (unsigned i = 0; i < CHUNKS_MAX && at < file->size && sizeof head <= file->size - at; i++) {
        if (base_file_read_at(file, at, head, sizeof head) != 0) {
            return 0;
        }
        if (has_id(head, kind->chunk)) {
            return (unsigned)load(head + CHUNK_HEAD + kind->at, 2, kind->big_endian);
        }
        uint32_t size = load(head + ID, ID, kind->big_endian);
        at += CHUNK_HEAD + (uint64_t)size + size % 2;
    }
    return 0;
}

static unsigned channels_of(const struct base_file *file)
{
    uint8_t begin[BEGIN_SIZE] = {0};
    size_t size = file->size < BEGIN_SIZE ? (size_t)file->size : BEGIN_SIZE;
    if (base_file_read_at(file, 0, begin, size) != 0) {
        return 0;
    }
    if (has_id(begin, "fLaC")) {
        return (begin[FLAC_CHANNELS_AT] >> 1 & 7U) + 1U;
    }
    if (has_id(begin, "riff") && has_id(begin + W64_HEAD, "fmt ")) {
        return (unsigned)load(begin + W64_CHANNELS_AT, 2, false);
    }
    for (size_t i = 0; i < KINDS; i++) {
        if (has_id(begin, kinds[i].begin) && has_id(begin + CHUNK_HEAD, kinds[i].form)) {
            return channels_of_chunks(file, &kinds[i]);
        }
    }
    return 0;
}

void workspace_add_check_stereo(struct workspace_addition *add)
{
    const struct workspace_declaration *declaration = &add->declaration;
    struct base_file file;
    if (declaration->format != WORKSPACE_FORMAT_SOUND_PCM16LE || declaration->channels != WORKSPACE_CHANNELS_ALL ||
        base_file_open_below(&file, add->root_fd, declaration->inputs[0].path) != 0) {
        return;
    }
    if (channels_of(&file) == 2) {
        const struct base_place place = {.file = add->root_display, .has_asset_id = true, .asset_id = add->asset_id};
        base_report(add->findings, DIAG_SOUND_STEREO, &(struct base_details){.place = place, .severity = BASE_WARNING},
                    "the sound has two channels, and a sound of the console has one: it cannot be built yet");
    }
    base_file_close(&file);
}
