/* The verifier's own reading of AIFF and AIFF-C. */
#include "tests/verify/sound_heard.h"

#define TWO_BIG BYTES(0, 1, 255, 255)

UNIT_TEST(samples_of_an_aiff_become_16_bits)
{
    static const struct {
        const char *coding;
        uint16_t bits;
        uint8_t size;
        uint8_t bytes[8];
        int16_t samples[2];
    } cases[] = {
        {NULL, 16, 4, {0, 1, 255, 255}, {1, -1}},
        {NULL, 12, 4, {0x12, 0x34, 255, 255}, {0x1234, -1}},
        {NULL, 8, 2, {1, 255}, {256, -256}},
        {NULL, 24, 6, {0, 1, 0, 128, 0, 0}, {1, -32768}},
        {NULL, 32, 8, {0, 1, 0, 0, 128, 0, 0, 0}, {1, -32768}},
        {"NONE", 16, 4, {0, 1, 255, 255}, {1, -1}},
        {"twos", 16, 4, {0, 1, 255, 255}, {1, -1}},
        {"sowt", 16, 4, {1, 0, 255, 255}, {1, -1}},
        {"sowt", 8, 2, {1, 255}, {256, -256}},
        {"raw ", 8, 2, {0, 129}, {-32768, 256}},
        {"raw ", 16, 4, {0, 1, 255, 255}, {1, -1}},
        {"in24", 24, 6, {0, 1, 0, 128, 0, 0}, {1, -32768}},
        {"42ni", 24, 6, {0, 1, 0, 0, 0, 128}, {1, -32768}},
        {"42n1", 17, 6, {0, 1, 0, 0, 0, 128}, {1, -32768}},
        {"in32", 25, 8, {0, 1, 0, 0, 128, 0, 0, 0}, {1, -32768}},
        {"23ni", 32, 8, {0, 0, 1, 0, 0, 0, 0, 128}, {1, -32768}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct base_text file =
            aiff_make(1, cases[i].bits, 44100, cases[i].coding, base_bytes_make(cases[i].bytes, cases[i].size));
        check_samples(&file, cases[i].samples, 2, true, (unsigned)i);
    }
}

UNIT_TEST(codings_of_an_aiff_c_are_named)
{
    static const struct {
        const char *coding;
        uint16_t bits;
        enum diag diagnostic;
        const char *text;
    } cases[] = {
        {"fl32", 32, DIAG_SOUND_FORMAT, "the samples are floating-point numbers (coding 'fl32')"},
        {"FL32", 32, DIAG_SOUND_FORMAT, "the samples are floating-point numbers (coding 'FL32')"},
        {"fl64", 64, DIAG_SOUND_FORMAT, "the samples are floating-point numbers (coding 'fl64')"},
        {"FL64", 64, DIAG_SOUND_FORMAT, "the samples are floating-point numbers (coding 'FL64')"},
        {"ima4", 16, DIAG_SOUND_LOSSY, "the samples have the coding 'ima4'"},
        {"\1lap", 16, DIAG_SOUND_LOSSY, "the samples have the coding '?lap'"},
        {"in24", 16, DIAG_SOUND_INVALID, "the samples have the coding 'in24' and 16 bits; expected 17 to 24 bits"},
        {"42ni", 25, DIAG_SOUND_INVALID, "the samples have the coding '42ni' and 25 bits; expected 17 to 24 bits"},
        {"in32", 24, DIAG_SOUND_INVALID, "the samples have the coding 'in32' and 24 bits; expected 25 to 32 bits"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct base_text file = aiff_make(1, cases[i].bits, 44100, cases[i].coding, TWO_BIG);
        check_fault(&file, cases[i].diagnostic, 38, cases[i].text, (unsigned)i);
    }
    struct base_text file = aiff_make(1, 33, 44100, "in32", TWO_BIG);
    CHECK_FAULT(&file, DIAG_SOUND_FORMAT, 26, "the sound has 33 bits per sample");
}

/* An AIFF with the chunks in another order, an offset and a block size. */
static struct base_text aiff_reversed(uint32_t offset, uint32_t size, struct base_bytes samples)
{
    struct base_text file = BASE_TEXT_EMPTY;
    struct base_text comm = BASE_TEXT_EMPTY;
    put_riff(&file, "FORM", "AIFF");
    base_text_add_string(&file, "SSND");
    put_be(&file, size, 4);
    put_be(&file, offset, 4);
    put_be(&file, 512, 4);
    base_text_add(&file, samples);
    put_comm(&comm, 1, 2, 16, 8000, NULL);
    put_chunk(&file, "COMM", true, base_text_bytes(&comm));
    base_text_free(&comm);
    return file;
}

UNIT_TEST(an_aiff_may_have_its_form_last)
{
    struct base_text file = aiff_reversed(0, 12, TWO_BIG);
    CHECK_SAMPLES(&file, 1, -1);
    file = aiff_reversed(2, 14, BYTES(9, 9, 0, 1, 255, 255));
    CHECK_SAMPLES(&file, 1, -1);
    file = aiff_reversed(7, 14, BYTES(9, 9, 0, 1, 255, 255));
    CHECK_FAULT(&file, DIAG_SOUND_INVALID, 20, "AIFF: the samples of the chunk SSND begin after its end");
    file = aiff_reversed(6, 14, BYTES(9, 9, 0, 1, 255, 255));
    CHECK_FAULT(&file, DIAG_SOUND_INVALID, 12, "the sound does not have any frames");
    file = aiff_reversed(0, 12, TWO_BIG);
    file.size -= 26;
    CHECK_FAULT(&file, DIAG_SOUND_INVALID, 12, "AIFF: the file does not have the chunk COMM");
    put_riff(&file, "FORM", "AIFF");
    put_chunk(&file, "COMM", true, BYTES(0, 1, 0, 0));
    put_chunk(&file, "SSND", true, BYTES(0, 0, 0, 0, 0, 0, 0, 0, 1, 1));
    CHECK_FAULT(&file, DIAG_SOUND_INVALID, 16, "the chunk COMM has 4 bytes");
    file = aiff_make(1, 16, 8000, NULL, TWO_BIG);
    file.data[45] = 7; /* size of SSND: then a chunk begins at its end, or no other bytes matter */
    CHECK_FAULT(&file, DIAG_SOUND_INVALID, 42, "AIFF: the chunk SSND does not have 8 bytes");
}

UNIT_TEST(the_frames_of_an_aiff_are_those_of_its_samples)
{
    struct base_text file = aiff_make(1, 16, 8000, NULL, TWO_BIG);
    file.data[25] = 3;
    CHECK_FAULT(&file, DIAG_SOUND_INVALID, 22, "COMM says 3 frames; SSND has 2");
}

UNIT_TEST(an_aiff_of_unknown_length)
{
    static const uint32_t sizes[] = {0, 0xFFFFFFFF, 0x7FFFFFFF};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct base_text file = aiff_make(1, 16, 8000, NULL, TWO_BIG);
        base_store_le32((uint8_t *)file.data + 42, __builtin_bswap32(sizes[i]));
        file.data[25] = 99; /* frames of COMM do not count */
        CHECK_SAMPLES_OF(&file, false, 1, -1);
    }
}

UNIT_TEST(the_rate_of_an_aiff_is_cut_to_a_whole_number)
{
    struct base_text file = aiff_make(1, 16, 47999, NULL, TWO_BIG);
    file.data[36] = '\xFF'; /* of the 80 bits, far below one */
    struct heard heard = hear(base_text_bytes(&file));
    CHECK_U64(heard.facts.rate, 47999);
    file.data[28] = '\xC0'; /* negative */
    CHECK_FAULT(&file, DIAG_SOUND_FORMAT, 28, "the sound has 0 frames per second");
    file = aiff_make(1, 16, 8000, NULL, TWO_BIG);
    file.data[28] = 0x7F;
    file.data[29] = '\xFF'; /* not a number */
    CHECK_FAULT(&file, DIAG_SOUND_FORMAT, 28, "the sound has 4294967295 frames per second");
    file = aiff_make(1, 16, 8000, NULL, TWO_BIG);
    file.data[28] = 0x3F; /* below one */
    CHECK_FAULT(&file, DIAG_SOUND_FORMAT, 28, "the sound has 0 frames per second");
}
