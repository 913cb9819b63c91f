#include "writer/sound/container.h"

#include "base/checked.h"

#include <string.h>

enum {
    HEAD_SIZE = 12, /* of RIFF and FORM files: id, size, form */
    CHUNK_HEAD_SIZE = 8,
    CHUNKS_MAX = 4096, /* before the samples; a file of empty chunks would take for ever */
    SSND_HEAD_SIZE = 8 /* AIFF: offset and block size in front of the samples */
};

struct chunks {
    const struct base_file *file;
    const char *wanted; /* the id of the chunk that holds the samples */
    bool big_endian;
    const struct writer_reporter *report;
};

static uint32_t load32(const uint8_t *at, bool big_endian)
{
    if (big_endian) {
        return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
    }
    return base_load_le32(at);
}

/* Finds the chunk of the samples: its position and size, which lie inside the file. */
static bool find_samples(const struct chunks *chunks, uint64_t *data_at, uint64_t *data_size)
{
    uint64_t at = HEAD_SIZE;
    for (unsigned i = 0; i < CHUNKS_MAX && base_range_inside(at, CHUNK_HEAD_SIZE, chunks->file->size); i++) {
        uint8_t head[CHUNK_HEAD_SIZE];
        int problem = base_file_read_at(chunks->file, at, head, sizeof head);
        if (problem != 0) {
            return writer_report_read(chunks->report, problem);
        }
        uint64_t size = load32(head + 4, chunks->big_endian);
        uint64_t begin = at + CHUNK_HEAD_SIZE;
        if (memcmp(head, chunks->wanted, 4) == 0) {
            if (!base_range_inside(begin, size, chunks->file->size)) {
                return writer_report(chunks->report, DIAG_SOUND_INVALID,
                                     &(struct base_details){.place = {BASE_AT_BYTE(at + 4, 4)},
                                                            .expected = writer_decimal(size).text,
                                                            .actual = writer_decimal(chunks->file->size - begin).text},
                                     "the file is cut off: fewer bytes of samples than it announces");
            }
            *data_at = begin;
            *data_size = size;
            return true;
        }
        at = begin + size + size % 2;
    }
    return writer_report(chunks->report, DIAG_SOUND_INVALID, NULL, "the file has no chunk with samples");
}

static bool find_wav(const struct base_file *file, bool big_endian, struct writer_sound_container *container,
                     const struct writer_reporter *report)
{
    struct chunks chunks = {.file = file, .wanted = "data", .big_endian = big_endian, .report = report};
    uint64_t at = 0;
    container->kind = WRITER_SOUND_WAV;
    return find_samples(&chunks, &at, &container->data_size);
}

static bool find_aiff(const struct base_file *file, struct writer_sound_container *container,
                      const struct writer_reporter *report)
{
    struct chunks chunks = {.file = file, .wanted = "SSND", .big_endian = true, .report = report};
    uint8_t head[SSND_HEAD_SIZE];
    uint64_t at = 0;
    uint64_t size = 0;
    container->kind = WRITER_SOUND_AIFF;
    if (!find_samples(&chunks, &at, &size)) {
        return false;
    }
    int problem = size < sizeof head ? 0 : base_file_read_at(file, at, head, sizeof head);
    if (problem != 0) {
        return writer_report_read(report, problem);
    }
    uint64_t skipped = size < sizeof head ? UINT64_MAX : sizeof head + (uint64_t)load32(head, true);
    if (skipped > size) {
        return writer_report(report, DIAG_SOUND_INVALID, &(struct base_details){.place = {BASE_AT_BYTE(at, 0)}},
                             "the samples begin beyond the end of their chunk");
    }
    container->data_size = size - skipped;
    return true;
}

/* Names what is not taken. */
static bool refuse(const uint8_t head[HEAD_SIZE], const struct writer_reporter *report)
{
    static const struct {
        size_t at;
        const char *magic;
        const char *what;
    } lossy[] = {
        {0, "OggS", "an Ogg file"},
        {0, "ID3", "an MP3 file"},
        {4, "ftyp", "an MPEG-4 file"},
    };
    for (size_t i = 0; i < sizeof lossy / sizeof lossy[0]; i++) {
        if (memcmp(head + lossy[i].at, lossy[i].magic, strlen(lossy[i].magic)) == 0) {
            return writer_report(report, DIAG_SOUND_LOSSY,
                                 &(struct base_details){.place = {BASE_AT_BYTE(0, 0)},
                                                        .expected = "WAV, AIFF or FLAC",
                                                        .actual = lossy[i].what},
                                 "%s: only WAV, AIFF and FLAC are taken", lossy[i].what);
        }
    }
    if (head[0] == 0xFF && (head[1] & 0xE0) == 0xE0) {
        return writer_report(report, DIAG_SOUND_LOSSY,
                             &(struct base_details){.place = {BASE_AT_BYTE(0, 0)},
                                                    .expected = "WAV, AIFF or FLAC",
                                                    .actual = "an MPEG audio stream"},
                             "an MPEG audio stream: only WAV, AIFF and FLAC are taken");
    }
    return writer_report(report, DIAG_SOUND_INVALID,
                         &(struct base_details){.place = {BASE_AT_BYTE(0, 0)}, .expected = "WAV, AIFF or FLAC"},
                         "not a WAV, AIFF or FLAC file");
}

static bool begins(const uint8_t *head, const char *magic)
{
    return memcmp(head, magic, 4) == 0;
}

bool writer_sound_container(const struct base_file *file, struct writer_sound_container *container,
                            const struct writer_reporter *report)
{
    uint8_t head[HEAD_SIZE] = {0};
    size_t size = file->size < sizeof head ? (size_t)file->size : sizeof head;
    int problem = base_file_read_at(file, 0, head, size);
    if (problem != 0) {
        return writer_report_read(report, problem);
    }
    *container = (struct writer_sound_container){.kind = WRITER_SOUND_FLAC};
    if (begins(head, "fLaC")) {
        return true;
    }
    if ((begins(head, "RIFF") || begins(head, "RIFX")) && begins(head + 8, "WAVE")) {
        return find_wav(file, head[3] == 'X', container, report);
    }
    if (begins(head, "FORM") && (begins(head + 8, "AIFF") || begins(head + 8, "AIFC"))) {
        return find_aiff(file, container, report);
    }
    return refuse(head, report);
}
