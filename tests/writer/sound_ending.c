/* How files of chunks end: converted line ends, and chunks after samples of unknown length.
 * docs/contracts/workspace.md, 3.2.3. */
#include "tests/writer/made_sound.h"

/* ---- Converted line ends ---- */

#define CONVERTED                                                                                                      \
    "the line ends of the file were converted as if it were text (LF to CR LF): it has 3 bytes more than it says"

/* Writes how large the whole is, less `uncounted`, as the 4 or 8 bytes at a place. */
static struct made with_size(struct made made, size_t at, unsigned size, uint64_t uncounted)
{
    uint64_t value = made.text.size - uncounted;
    for (unsigned i = 0; i < size; i++) {
        unsigned shift = 8 * (made.big_endian ? size - 1 - i : i);
        made.text.data[at + i] = (char)(uint8_t)(value >> shift);
    }
    return made;
}

/* Takes the file for a text, as a checkout or a transfer by FTP does. */
static struct made converted(struct made made)
{
    struct made to = {.text = BASE_TEXT_EMPTY, .big_endian = made.big_endian};
    char last = 0;
    for (size_t i = 0; i < made.text.size; i++) {
        if (made.text.data[i] == '\n' && last != '\r') {
            PUT(&to, "\r");
        }
        last = made.text.data[i];
        put_bytes(&to, &last, 1);
    }
    base_text_free(&made.text);
    return to;
}

/* Three of its four bytes 0x0A lack a byte 0x0D. */
#define LINES "AABB\nA\n\r\nCCDD\nEE"

static struct made wav_of_lines(void)
{
    struct made made = wav_of(1, 16);
    CHUNK(&made, "data", LINES);
    return with_size(made, 4, 4, 8);
}

UNIT_TEST(a_sound_that_was_taken_for_a_text_is_refused)
{
    CHECK_SAMPLES(wav_of_lines(), LINES, true);
    CHECK_REFUSED(converted(wav_of_lines()), DIAG_SOUND_INVALID, 4, CONVERTED);
    struct made made = BEGIN("RIFX\0\0\0\0WAVE", true);
    put_format(&made, 1, 16);
    CHUNK(&made, "data", LINES);
    CHECK_REFUSED(converted(with_size(made, 4, 4, 8)), DIAG_SOUND_INVALID, 4, CONVERTED);
    made = aiff_of(8, 16);
    CHUNK(&made, "SSND", "\0\0\0\0\0\0\0\0" LINES);
    CHECK_REFUSED(converted(with_size(made, 4, 4, 8)), DIAG_SOUND_INVALID, 4, CONVERTED);
    made = rf64_of("RF64\xFF\xFF\xFF\xFFWAVE", 16, UINT32_MAX);
    PUT(&made, LINES);
    CHECK_REFUSED(converted(with_size(made, 20, 8, 8)), DIAG_SOUND_INVALID, 20, CONVERTED);
    made = wave64_of(24 + 16);
    PUT(&made, LINES);
    CHECK_REFUSED(converted(with_size(made, 16, 8, 0)), DIAG_SOUND_INVALID, 16, CONVERTED);
}

/* The other way round: a program has removed the bytes 0x0D. The samples take bytes of the next chunk then. */
static struct made stripped(struct made made)
{
    struct made to = {.text = BASE_TEXT_EMPTY, .big_endian = made.big_endian};
    for (size_t i = 0; i < made.text.size; i++) {
        if (made.text.data[i] != '\r' || i + 1 == made.text.size || made.text.data[i + 1] != '\n') {
            put_bytes(&to, made.text.data + i, 1);
        }
    }
    base_text_free(&made.text);
    return to;
}

static struct made wav_of_pairs(void)
{
    struct made made = wav_of(1, 16);
    CHUNK(&made, "data", "AABB\r\nCC\r\nDD\nE\n\n");
    CHUNK(&made, "LIST", "abcdef");
    return with_size(made, 4, 4, 8);
}

UNIT_TEST(a_sound_that_has_lost_bytes_of_line_ends_is_refused)
{
    static const char message[] = "the line ends of the file were converted as if it were text (CR LF to LF): it has 2 "
                                  "bytes less than it says";
    CHECK_SAMPLES(wav_of_pairs(), "AABB\r\nCC\r\nDD\nE\n\n", true);
    CHECK_REFUSED(stripped(wav_of_pairs()), DIAG_SOUND_INVALID, 4, message);
    struct made made = aiff_of(8, 16);
    CHUNK(&made, "SSND", "\0\0\0\0\0\0\0\0AABB\r\nCC\r\nDD\nE\n\n");
    CHUNK(&made, "NAME", "abcdef");
    CHECK_REFUSED(stripped(with_size(made, 4, 4, 8)), DIAG_SOUND_INVALID, 4, message);
}

UNIT_TEST(a_file_that_is_shorter_than_it_says_is_no_converted_one)
{
    static const char samples[] = "AABB\nCC\nDD\nE\n\nLI";
    struct made made = stripped(wav_of_pairs());
    CHECK_SAMPLES(with_size(made, 4, 4, 8), samples, true); /* no byte less than it says */
    made = stripped(wav_of_pairs());
    CHECK_REFUSED(with_size(made, 4, 4, 3), DIAG_SOUND_INVALID, 4, NULL); /* 5 bytes less, and 5 bytes 0x0A */
    made = stripped(wav_of_pairs());
    CHECK_SAMPLES(with_size(made, 4, 4, 2), samples, true); /* 6 and 5 */
    made = stripped(wav_of_pairs());
    CHECK_SAMPLES(with_size(made, 4, 4, made.text.size - UINT32_MAX), samples, true); /* as a pipe gets it */
    made = stripped(wav_of_pairs());
    PUT(&made, "\r\n");
    CHECK_SAMPLES(with_size(made, 4, 4, 3), samples, true);
}

/* The size of the whole counts from where the sound begins. */
UNIT_TEST(a_tag_in_front_is_not_part_of_the_size)
{
    struct made sound = wav_of_lines();
    struct made made = BEGIN("ID3\3\0\0\0\0\0\3xyz", false);
    put_bytes(&made, sound.text.data, sound.text.size);
    base_text_free(&sound.text);
    CHECK_REFUSED(converted(made), DIAG_SOUND_INVALID, 17, CONVERTED);
}

UNIT_TEST(other_bytes_at_the_end_are_no_converted_line_ends)
{
    struct made made = wav_of_lines();
    PUT(&made, "ab"); /* bytes 0x0A without 0x0D */
    CHECK_SAMPLES(made, LINES, true);
    made = converted(wav_of_lines());
    PUT(&made, "ab"); /* 5 bytes more, and 4 bytes 0x0A */
    CHECK_SAMPLES(made, "AABB\r\nA\r\n\r\nCCDD\r", true);
    made = converted(wav_of_lines());
    PUT(&made, "a"); /* 4 and 4 */
    CHECK_REFUSED(made, DIAG_SOUND_INVALID, 4, NULL);
    made = converted(wav_of_lines());
    CHECK_SAMPLES(with_size(made, 4, 4, 8), "AABB\r\nA\r\n\r\nCCDD\r", true); /* no byte more than it says */
    made = converted(wav_of_lines());
    CHECK_REFUSED(with_size(made, 4, 4, 9), DIAG_SOUND_INVALID, 4, NULL);
    made = wav_of(1, 16);
    CHUNK(&made, "data", "\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n");
    made = with_size(made, 4, 4, 8);
    CHUNK(&made, "x   ", ""); /* 8 and 8, but no other bytes follow the last chunk */
    CHECK_SAMPLES(made, "\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n", true);
    made = wav_of(1, 16);
    CHUNK(&made, "data", "AABBCC");
    PUT(&made, "ab"); /* no line at all */
    CHECK_SAMPLES(made, "AABBCC", true);
}

/* A file is read in pieces: a pair is not lost where one ends. */
UNIT_TEST(converted_line_ends_are_seen_in_large_files)
{
    enum { SIZE = 200000 };
    for (unsigned shift = 0; shift < 2; shift++) {
        struct made made = wav_of(1, 16);
        PUT(&made, "data");
        put(&made, SIZE, 4);
        for (unsigned i = 0; i < SIZE; i++) {
            PUT(&made, "a");
        }
        for (unsigned i = 0; i < 3; i++) { /* the pieces have 65,536 bytes */
            memcpy(made.text.data + (size_t)(i + 1) * 65536 - shift, "\r\n", 2);
        }
        made = with_size(made, 4, 4, 8);
        put(&made, 0, 2);
        CHECK_REFUSED(made, DIAG_SOUND_INVALID, 4, NULL);
    }
}

/* ---- Chunks at the end ---- */

#define ENDS_WITH(id)                                                                                                  \
    "the sound does not say how long it is, and the file ends with chunks, from \"" id                                 \
    "\" on: it cannot be known where the samples end"

UNIT_TEST(chunks_after_samples_of_unknown_length_are_refused)
{
    static const char *const ids[] = {"LIST", "smpl", "inst", "cue ", "fact", "bext", "iXML", "axml",
                                      "_PMX", "id3 ", "ID3 ", "acid", "strc", "DISP", "LGWV", "afsp",
                                      "JUNK", "PAD ", "FLLR", "PEAK", "chna", "umid", "cart"};
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        struct made made = WAV_WITH(0xFFFFFFFF, "AABB");
        put_chunk(&made, ids[i], "ab", 2);
        CHECK_REFUSED(made, DIAG_SOUND_INVALID, 48, NULL);
    }
    CHECK_REFUSED(WAV_WITH(0, "AABBLIST\2\0\0\0ab"), DIAG_SOUND_INVALID, 48, ENDS_WITH("LIST"));
    CHECK_REFUSED(WAV_WITH(0x7FFFFFFF, "AABBLIST\1\0\0\0axsomeidLIST\0\0\0\0"), DIAG_SOUND_INVALID, 64,
                  ENDS_WITH("LIST"));
    CHECK_REFUSED(WAV_WITH(0x7FFFFFFF, "AABBLIST\1\0\0\0axanid\0\0\0\0"), DIAG_SOUND_INVALID, 48, ENDS_WITH("LIST"));
    CHECK_REFUSED(WAV_WITH(0xFFFFFFFF, "LIST\1\0\0\0a"), DIAG_SOUND_INVALID, 44, ENDS_WITH("LIST"));
    struct made made = rf64_of("RF64\xFF\xFF\xFF\xFFWAVE", UINT64_MAX, UINT32_MAX);
    PUT(&made, "AABBbext\0\0\0\0");
    CHECK_REFUSED(made, DIAG_SOUND_INVALID, 84, ENDS_WITH("bext"));
    made = BEGIN("RIFX\0\0\0\0WAVE", true);
    put_format(&made, 1, 16);
    PUT(&made, "data\0\0\0\0AABBLIST\0\0\0\2ab");
    CHECK_REFUSED(made, DIAG_SOUND_INVALID, 48, ENDS_WITH("LIST"));
}

static struct made aiff_with(const char *ids, unsigned offset)
{
    struct made made = aiff_of(0, 16);
    PUT(&made, "SSND\x7F\xFF\xFF\xFF");
    put(&made, offset, 4);
    put(&made, 0, 4);
    put(&made, 0, offset);
    PUT(&made, "AABB");
    put_chunk(&made, ids, "a", 1);
    PUT(&made, "what\0\0\0\0");
    return made;
}

UNIT_TEST(an_aiff_has_ids_of_its_own)
{
    static const char *const ids[] = {"COMM", "MARK", "INST", "NAME", "AUTH", "(c) ", "ANNO",
                                      "COMT", "APPL", "MIDI", "AESD", "ID3 ", "CHAN", "FVER"};
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        CHECK_REFUSED(aiff_with(ids[i], 0), DIAG_SOUND_INVALID, 58, NULL);
    }
    CHECK_REFUSED(aiff_with("MARK", 3), DIAG_SOUND_INVALID, 61, ENDS_WITH("MARK")); /* as odd as its samples */
    CHECK_SAMPLES(aiff_with("LIST", 0), "AABBILTS\0\0\1\0\0ahwta\0\0\0\0", false);
    struct made made = WAV_WITH(0xFFFFFFFF, "AABB");
    CHUNK(&made, "MARK", "");
    CHECK_SAMPLES(made, "AABBMARK\0\0\0\0", false);
}

UNIT_TEST(bytes_that_only_look_like_chunks_are_samples)
{
    CHECK_SAMPLES(WAV_WITH(0xFFFFFFFF, "AABBListabcd"), "AABBListabcd", false);
    CHECK_SAMPLES(WAV_WITH(0xFFFFFFFF, "AABBLIST\2\0\0\0abcd"), "AABBLIST\2\0\0\0abcd", false); /* more follows */
    CHECK_SAMPLES(WAV_WITH(0xFFFFFFFF, "AABBLIST\3\0\0\0ab"), "AABBLIST\3\0\0\0ab", false);     /* passes the end */
    CHECK_SAMPLES(WAV_WITH(0xFFFFFFFF, "AABBCLIST\1\0\0\0a"), "AABBCLIST\1\0\0\0a", false);     /* an odd place */
    CHECK_SAMPLES(WAV_WITH(0xFFFFFFFF, "AABBLIST"), "AABBLIST", false);
    CHECK_SAMPLES(WAV_WITH(12, "AABBLIST\0\0\0\0"), "AABBLIST\0\0\0\0", true); /* the length is given */
    struct made made = wave64_of(0);
    PUT(&made, "AABBLIST\0\0\0\0");
    CHECK_SAMPLES(made, "AABBLIST\0\0\0\0", false);
}

/* LIST and `others` empty chunks; before them `places` places that begin like chunks. */
static struct made wav_with_many(unsigned places, unsigned others)
{
    struct made made = WAV_WITH(0xFFFFFFFF, "AABB");
    for (unsigned i = 0; i < places; i++) {
        PUT(&made, "LIST\xFF\xFF\xFF\xFF");
    }
    PUT(&made, "LIST\0\0\0\0");
    for (unsigned i = 0; i < others; i++) {
        PUT(&made, "what\0\0\0\0");
    }
    return made;
}

static bool is_read(struct made made)
{
    struct writer_sound_facts facts;
    struct base_findings findings;
    struct base_text taken;
    bool done = read_sound(&made, &facts, &taken, &findings);
    base_text_free(&taken);
    base_findings_free(&findings);
    return done;
}

UNIT_TEST(a_chain_has_at_most_4096_chunks)
{
    CHECK(!is_read(wav_with_many(0, 4095)));
    CHECK(is_read(wav_with_many(0, 4096)));
}

UNIT_TEST(at_most_4096_places_are_looked_at)
{
    CHECK(!is_read(wav_with_many(4095, 0)));
    CHECK(is_read(wav_with_many(4096, 0)));
}

/* Chains that come together count from their own beginning: the first LIST is one chunk too far from the end. */
UNIT_TEST(the_first_place_is_the_first_whose_chain_is_short_enough)
{
    struct made made = WAV_WITH(0xFFFFFFFF, "AABB");
    PUT(&made, "LIST\x8\0\0\0"); /* steps over the second one, which is in the chain of the third */
    PUT(&made, "bext\x8\0\0\0");
    PUT(&made, "LIST\0\0\0\0");
    for (unsigned i = 0; i < 4095; i++) {
        PUT(&made, "what\0\0\0\0");
    }
    CHECK_REFUSED(made, DIAG_SOUND_INVALID, 48 + 8, ENDS_WITH("bext"));
    made = WAV_WITH(0xFFFFFFFF, "AABB");
    PUT(&made, "LIST\0\0\0\0LIST\0\0\0\0LIST\0\0\0\0");
    for (unsigned i = 0; i < 4094; i++) {
        PUT(&made, "what\0\0\0\0");
    }
    CHECK_REFUSED(made, DIAG_SOUND_INVALID, 48 + 8, ENDS_WITH("LIST"));
}

/* An id that lies in two pieces of the file is found. */
UNIT_TEST(chunks_are_found_at_the_end_of_large_files)
{
    enum { PIECE = 65536 };
    for (unsigned size = PIECE - 6; size <= PIECE; size += 2) {
        struct made made = WAV_WITH(0xFFFFFFFF, "");
        for (unsigned i = 0; i < size; i++) {
            PUT(&made, "a");
        }
        PUT(&made, "LIST\0\0\0\0");
        CHECK_REFUSED(made, DIAG_SOUND_INVALID, 44 + (int64_t)size, NULL);
    }
}

/* ---- Chunks before the samples ---- */

static struct made wav_after(unsigned chunks)
{
    struct made made = BEGIN("RIFF\0\0\0\0WAVE", false);
    for (unsigned i = 1; i < chunks; i++) {
        CHUNK(&made, "what", "");
    }
    put_format(&made, 1, 16);
    CHUNK(&made, "data", "AABB");
    return made;
}

UNIT_TEST(the_samples_come_after_at_most_4096_chunks)
{
    CHECK_SAMPLES(wav_after(4096), "AABB", true);
    CHECK_REFUSED(wav_after(4097), DIAG_SOUND_INVALID, 12 + 8 * 4096, "more than 4096 chunks come before the samples");
    for (unsigned chunks = 4096; chunks <= 4097; chunks++) {
        struct made made = aiff_of(2, 16);
        for (unsigned i = 1; i < chunks; i++) {
            CHUNK(&made, "what", "");
        }
        CHUNK(&made, "SSND", "\0\0\0\0\0\0\0\0ABCD");
        CHECK(is_read(made) == (chunks == 4096));
    }
}
