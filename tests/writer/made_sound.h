/* Sound files that are made chunk by chunk, and checks of what is read from them. */
#ifndef PRPACK_TESTS_WRITER_MADE_SOUND_H
#define PRPACK_TESTS_WRITER_MADE_SOUND_H

#include "tests/writer/kit.h"
#include "writer/sound/input.h"

#include <stdlib.h>

/* ---- Files ---- */

/* A file in the making. */
struct made {
    struct base_text text;
    bool big_endian;
};

static inline struct made begin(const char *head, size_t size, bool big_endian)
{
    struct made made = {.text = BASE_TEXT_EMPTY, .big_endian = big_endian};
    base_text_add(&made.text, base_bytes_make(head, size));
    return made;
}

#define BEGIN(head, big_endian) begin((head), sizeof(head) - 1, (big_endian))

static inline void put(struct made *made, uint64_t value, unsigned size)
{
    for (unsigned i = 0; i < size; i++) {
        unsigned shift = 8 * (made->big_endian ? size - 1 - i : i);
        uint8_t byte = (uint8_t)(shift < 64 ? value >> shift : 0);
        base_text_add(&made->text, base_bytes_make(&byte, 1));
    }
}

static inline void put_bytes(struct made *made, const char *bytes, size_t size)
{
    base_text_add(&made->text, base_bytes_make(bytes, size));
}

#define PUT(made, bytes) put_bytes((made), (bytes), sizeof(bytes) - 1)

static inline void put_chunk(struct made *made, const char *id, const char *bytes, size_t size)
{
    put_bytes(made, id, 4);
    put(made, size, 4);
    put_bytes(made, bytes, size);
    if (size % 2 != 0) {
        put(made, 0, 1);
    }
}

#define CHUNK(made, id, bytes) put_chunk((made), (id), (bytes), sizeof(bytes) - 1)

static inline void put_format(struct made *made, unsigned channels, unsigned bits)
{
    unsigned width = (bits + 7) / 8;
    PUT(made, "fmt ");
    put(made, 16, 4);
    put(made, 1, 2);
    put(made, channels, 2);
    put(made, 8000, 4);
    put(made, 0, 4);
    put(made, (uint64_t)channels * width, 2);
    put(made, bits, 2);
}

static inline struct made wav_of(unsigned channels, unsigned bits)
{
    struct made made = BEGIN("RIFF\0\0\0\0WAVE", false);
    put_format(&made, channels, bits);
    return made;
}

static inline void put_common(struct made *made, unsigned frames, unsigned bits, const char *coding)
{
    PUT(made, "COMM");
    put(made, coding != NULL ? 24 : 18, 4);
    put(made, 1, 2);
    put(made, frames, 4);
    put(made, bits, 2);
    PUT(made, "\x40\x0B\xFA\x00\x00\x00\x00\x00\x00\x00"); /* 8000 */
    if (coding != NULL) {
        put_bytes(made, coding, 4);
        put(made, 0, 2);
    }
}

static inline struct made aiff_of(unsigned frames, unsigned bits)
{
    struct made made = BEGIN("FORM\0\0\0\0AIFF", true);
    put_common(&made, frames, bits, NULL);
    return made;
}

#define WAVE64_HEAD                                                                                                    \
    "riff\x2E\x91\xCF\x11\xA5\xD6\x28\xDB\x04\xC1\0\0\0\0\0\0\0\0\0\0wave\xF3\xAC\xD3\x11\x8C\xD1\0\xC0\x4F\x8E\xDB"   \
    "\x8A"
#define WAVE64_TAIL "\xF3\xAC\xD3\x11\x8C\xD1\0\xC0\x4F\x8E\xDB\x8A"

static inline struct made wave64_of(uint64_t data_number)
{
    struct made made = BEGIN(WAVE64_HEAD, false);
    PUT(&made, "JUNK" WAVE64_TAIL);
    put(&made, 24 + 3, 8);
    PUT(&made, "abc\0\0\0\0\0");
    PUT(&made, "fmt " WAVE64_TAIL);
    put(&made, 24 + 16, 8);
    put(&made, 1, 2);
    put(&made, 1, 2);
    put(&made, 8000, 4);
    put(&made, 0, 4);
    put(&made, 2, 2);
    put(&made, 16, 2);
    PUT(&made, "data" WAVE64_TAIL);
    put(&made, data_number, 8);
    return made;
}

static inline struct made rf64_of(const char *head, uint64_t length, uint32_t number)
{
    struct made made = begin(head, 12, false);
    PUT(&made, "ds64");
    put(&made, 28, 4);
    put(&made, 0, 8);
    put(&made, length, 8);
    put(&made, 0, 12);
    put_format(&made, 1, 16);
    PUT(&made, "data");
    put(&made, number, 4);
    return made;
}

/* ---- What is read ---- */

static inline bool take(void *context, struct base_bytes bytes)
{
    base_text_add(context, bytes);
    return true;
}

/* Reads and frees a file. */
static inline bool read_sound(struct made *made, struct writer_sound_facts *facts, struct base_text *taken,
                              struct base_findings *findings)
{
    struct writer_reporter report = kit_report(findings);
    struct base_file file;
    *taken = BASE_TEXT_EMPTY;
    unit_write_file("in", made->text.data, made->text.size);
    base_text_free(&made->text);
    REQUIRE(base_file_open(&file, unit_path("in")) == 0);
    const struct writer_sound_bytes bytes = {.file = &file};
    bool done = writer_sound_probe(&bytes, facts, &report) &&
                writer_sound_decode(&bytes, facts, WORKSPACE_CHANNELS_ALL, take, taken, &report);
    base_file_close(&file);
    return done;
}

/* The samples are "AABB…": the letters as they are in the payload. */
static inline void check_samples(struct made made, const char *expected, size_t size, bool given, unsigned line)
{
    struct writer_sound_facts facts = {.frames = 0};
    struct base_findings findings;
    struct base_text taken;
    bool done = read_sound(&made, &facts, &taken, &findings);
    if (!done || !base_bytes_equal(base_text_bytes(&taken), base_bytes_make(expected, size)) ||
        facts.length_given != given || findings.count != 0) {
        CU_assertImplementation(CU_FALSE, line, done ? base_text_string(&taken) : findings.items[0].message, __FILE__,
                                "", CU_FALSE);
    }
    base_text_free(&taken);
    base_findings_free(&findings);
}

#define CHECK_SAMPLES(made, expected, given) check_samples((made), (expected), sizeof(expected) - 1, (given), __LINE__)

static inline void check_refused(struct made made, enum diag diagnostic, int64_t at, const char *message, unsigned line)
{
    struct writer_sound_facts facts;
    struct base_findings findings;
    struct base_text taken;
    if (read_sound(&made, &facts, &taken, &findings) || findings.count != 1) {
        CU_assertImplementation(CU_FALSE, line, "refused", __FILE__, "", CU_FALSE);
    } else {
        kit_check_finding(&findings, 0, diagnostic, "input", at, message, __FILE__, line);
    }
    base_text_free(&taken);
    base_findings_free(&findings);
}

#define CHECK_REFUSED(made, diagnostic, at, message) check_refused((made), (diagnostic), (at), (message), __LINE__)

static inline struct made wav_with(uint32_t number, const char *rest, size_t size)
{
    struct made made = wav_of(1, 16);
    PUT(&made, "data");
    put(&made, number, 4);
    put_bytes(&made, rest, size);
    return made;
}

#define WAV_WITH(number, rest) wav_with((number), (rest), sizeof(rest) - 1)

#endif
