#include "writer/sound/container.h"

#include "base/media.h"
#include "writer/source.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
    TAGS_MAX = 16,      /* ID3v2 tags in front of a sound */
    TAG_HEAD_SIZE = 10, /* and of its footer */
    TAG_HAS_FOOTER = 0x10,
};

#define WAVE64_RIFF "riff\x2E\x91\xCF\x11\xA5\xD6\x28\xDB\x04\xC1\0\0"
#define WAVE64_WAVE "wave\xF3\xAC\xD3\x11\x8C\xD1\0\xC0\x4F\x8E\xDB\x8A"

static const struct {
    enum writer_sound_kind kind;
    const char *magic;
    size_t size;
    size_t form_at;
    const char *form;
    size_t form_size;
} kinds[] = {
    {WRITER_SOUND_WAV, "RIFF", 4, 8, "WAVE", 4},
    {WRITER_SOUND_RIFX, "RIFX", 4, 8, "WAVE", 4},
    {WRITER_SOUND_RF64, "RF64", 4, 8, "WAVE", 4},
    {WRITER_SOUND_RF64, "BW64", 4, 8, "WAVE", 4},
    {WRITER_SOUND_WAVE64, WAVE64_RIFF, 16, 24, WAVE64_WAVE, 16},
    {WRITER_SOUND_AIFF, "FORM", 4, 8, "AIFF", 4},
    {WRITER_SOUND_AIFF_C, "FORM", 4, 8, "AIFC", 4},
    {WRITER_SOUND_FLAC, "fLaC", 4, 0, "", 0},
};

static bool has(struct base_bytes begin, size_t at, const char *text, size_t size)
{
    return at <= begin.size && size <= begin.size - at && memcmp(begin.data + at, text, size) == 0;
}

static bool find_kind(struct base_bytes begin, enum writer_sound_kind *kind)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (has(begin, 0, kinds[i].magic, kinds[i].size) &&
            has(begin, kinds[i].form_at, kinds[i].form, kinds[i].form_size)) {
            *kind = kinds[i].kind;
            return true;
        }
    }
    return false;
}

/* The size of the ID3v2 tag that begins here, or 0. */
static uint64_t tag_size(struct base_bytes begin)
{
    const uint8_t *at = begin.data;
    if (begin.size < TAG_HEAD_SIZE || memcmp(at, "ID3", 3) != 0 || at[3] == 0xFF || at[4] == 0xFF ||
        ((at[6] | at[7] | at[8] | at[9]) & 0x80) != 0) {
        return 0;
    }
    uint64_t size = (uint64_t)at[6] << 21 | (uint64_t)at[7] << 14 | (uint64_t)at[8] << 7 | at[9];
    return size + TAG_HEAD_SIZE + ((at[5] & TAG_HAS_FOOTER) != 0 ? TAG_HEAD_SIZE : 0);
}

/* Names what is not taken. */
static bool refuse(struct base_bytes begin, const struct writer_sound_container *container,
                   const struct writer_reporter *report)
{
    const struct base_medium *medium = base_medium_of(begin);
    struct base_details details = {.place = {BASE_AT_BYTE(container->begin, 0)}, .expected = "a WAV, AIFF or FLAC"};
    if (medium == NULL && container->begin > 0) {
        return writer_report(report, DIAG_SOUND_LOSSY, &details, "the file is an MP3 sound");
    }
    if (medium == NULL) {
        return writer_report(report, DIAG_SOUND_INVALID, &details,
                             begin.size == 0 ? "the file is empty" : "the file is not a WAV, AIFF or FLAC");
    }
    enum diag diagnostic = medium->sort == BASE_MEDIUM_LOSSY_SOUND ? DIAG_SOUND_LOSSY : DIAG_SOUND_INVALID;
    details.remedy = medium->remedy;
    return writer_report(report, diagnostic, &details, "the file is %s", medium->name);
}

static bool refuse_tag(uint64_t begin, uint64_t size, uint64_t rest, const struct writer_reporter *report)
{
    char most[48];
    (void)snprintf(most, sizeof most, "at most %" PRIu64 " bytes", rest);
    return writer_report(report, DIAG_SOUND_INVALID,
                         &(struct base_details){
                             .place = {BASE_AT_BYTE(begin, 0)}, .expected = most, .actual = writer_decimal(size).text},
                         "the ID3v2 tag before the sound passes the end of the file");
}

bool writer_sound_container(const struct writer_sound_bytes *bytes, struct writer_sound_container *container,
                            const struct writer_reporter *report)
{
    uint8_t begin[BASE_MEDIUM_BYTES];
    *container = (struct writer_sound_container){.begin = 0};
    for (unsigned tags = 0;; tags++) {
        uint64_t rest = bytes->file->size - container->begin;
        size_t size = rest < sizeof begin ? (size_t)rest : sizeof begin;
        int problem = writer_sound_read(bytes, container->begin, begin, size);
        if (problem != 0) {
            return writer_report_read(report, problem);
        }
        struct base_bytes head = base_bytes_make(begin, size);
        if (find_kind(head, &container->kind)) {
            return true;
        }
        uint64_t tag = tag_size(head);
        if (tag == 0 || tags == TAGS_MAX) {
            return refuse(head, container, report);
        }
        if (tag > rest) {
            return refuse_tag(container->begin, tag, rest, report);
        }
        container->begin += tag;
    }
}
