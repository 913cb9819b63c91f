/* The samples of a pack against those of its source. */
#include "tests/lib/flac.h"
#include "tests/lib/unit.h"
#include "tests/verify/project.h"
#include "tests/verify/sound_made.h"

#include <inttypes.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A declaration with what is given in its output, the pipeline last. */
#define DECLARED_SOUND(source, more)                                                                                   \
    "{'schema_version':1,'asset_uuid':'" PROJECT_UUID "','name':'a','type':'sound_bank','inputs':{'sources':['" source \
    "']},'output':{'format':'SOUNDS/pcm16le_v1','codec':'NONE'" more "},'preload':{'enabled':false}}"

struct header {
    char pattern[512];
};

/* The header of a pack of one sound. more: further members of its metadata, which come before sample_rate. */
static struct header header_of(uint64_t frames, unsigned rate, const char *more)
{
    struct header header;
    uint64_t size = frames * 2;
    (void)snprintf(header.pattern, sizeof header.pattern,
                   "{'asset_table':[{'asset_id':1,'asset_name':'a','bank_type':'SOUNDS','codec':'NONE',"
                   "'decoded_size':%" PRIu64 ",'metadata':{'channels':1,'frames':%" PRIu64
                   ",%s'sample_rate':%u},'offset':0,'size':%" PRIu64 "}],'preload':[]}",
                   size, frames, more, rate, size);
    return header;
}

struct pipeline {
    char pattern[128];
};

/* The pipeline of such a declaration, empty when it has none. */
static struct pipeline pipeline_of(const char *declaration)
{
    static const char name[] = ",'pipeline':";
    struct pipeline pipeline = {""};
    const char *begin = strstr(declaration, name);
    const char *end = strstr(declaration, "},'preload'");
    if (begin != NULL) {
        begin += sizeof name - 1;
        (void)snprintf(pipeline.pattern, sizeof pipeline.pattern, "%.*s", (int)(end - begin), begin);
    }
    return pipeline;
}

/* Lets the companion record what is declared. */
static void set_pipeline(struct project *project, struct pipeline *pipeline)
{
    *pipeline = pipeline_of(project->declaration);
    project->pipeline = pipeline->pattern[0] != '\0' ? pipeline->pattern : NULL;
}

/* Frames of a sound that visits every corner of 16 bits. */
static int16_t sample_at(size_t i)
{
    static const int16_t corners[] = {0, 1, -1, 32767, -32768, 256, -256, 12345};
    return (int16_t)(i < 8 ? corners[i] : (int)(i * 7919 % 65536) - 32768);
}

/* ---- Files of a library ---- */

struct case_of_sound {
    int format;
    size_t frames;
    int shift; /* bits that the samples lack at their low end: 8 for files of 8 bits */
};

/* The id of the only finding, or "" for none. */
static const char *found(struct project *project)
{
    struct pipeline pipeline;
    set_pipeline(project, &pipeline);
    struct build build = project_make(project);
    struct verify_options options = {.jobs = 1, .sources = unit_path("project")};
    struct verify_build_bytes bytes = build_bytes(&build);
    struct verify_report report;
    verify_bytes(&bytes, &options, &report);
    const char *id = report.findings.count == 0   ? ""
                     : report.findings.count == 1 ? diag_facts(report.findings.items[0].diagnostic)->id
                                                  : "several";
    verify_report_free(&report);
    build_free(&build);
    project->pipeline = NULL;
    return id;
}

/* Encodes, verifies, and verifies again with each kind of damage. */
static void check_sound(const struct case_of_sound *given)
{
    int *samples = calloc(given->frames, sizeof *samples);
    uint8_t *payload = calloc(given->frames, 2);
    REQUIRE(samples != NULL && payload != NULL);
    for (size_t i = 0; i < given->frames; i++) {
        int sample = sample_at(i) / (1 << given->shift) * (1 << given->shift);
        samples[i] = sample * 65536;
        base_store_le16(payload + 2 * i, (uint16_t)sample);
    }
    struct base_text file = sound_make(&(const struct sound){
        .format = given->format, .rate = 8000, .channels = 1, .samples = samples, .frames = given->frames});
    struct header header = header_of(given->frames, 8000, "");
    struct project project = {.header = header.pattern,
                              .payload = base_bytes_make(payload, given->frames * 2),
                              .declaration = DECLARED_SOUND("a.wav", ""),
                              .sources = {{.path = "a.wav", .data = file.data, .size = file.size}},
                              .source_count = 1};
    CHECK_STRING(found(&project), "");
    payload[given->frames * 2 - 1] ^= 0x40;
    CHECK_STRING(found(&project), "source-mismatch");
    payload[given->frames * 2 - 1] ^= 0x40;
    payload[0] ^= 0x01;
    CHECK_STRING(found(&project), "source-mismatch");
    base_text_free(&file);
    free(samples);
    free(payload);
}
#define CHECK_SOUND(...) check_sound(&(const struct case_of_sound){__VA_ARGS__})

UNIT_TEST(files_of_a_library_give_back_their_samples)
{
    CHECK_SOUND(.format = SF_FORMAT_WAV | SF_FORMAT_PCM_16, .frames = 100);
    CHECK_SOUND(.format = SF_FORMAT_WAV | SF_FORMAT_PCM_16, .frames = 20000);
    CHECK_SOUND(.format = SF_FORMAT_WAV | SF_FORMAT_PCM_24, .frames = 50);
    CHECK_SOUND(.format = SF_FORMAT_WAV | SF_FORMAT_PCM_32, .frames = 50);
    CHECK_SOUND(.format = SF_FORMAT_WAV | SF_FORMAT_PCM_U8, .frames = 50, .shift = 8);
    CHECK_SOUND(.format = SF_FORMAT_WAV | SF_ENDIAN_BIG | SF_FORMAT_PCM_16, .frames = 50);
    CHECK_SOUND(.format = SF_FORMAT_WAV | SF_ENDIAN_BIG | SF_FORMAT_PCM_24, .frames = 50);
    CHECK_SOUND(.format = SF_FORMAT_WAVEX | SF_FORMAT_PCM_16, .frames = 50);
    CHECK_SOUND(.format = SF_FORMAT_RF64 | SF_FORMAT_PCM_16, .frames = 50);
    CHECK_SOUND(.format = SF_FORMAT_RF64 | SF_FORMAT_PCM_32, .frames = 50);
    CHECK_SOUND(.format = SF_FORMAT_W64 | SF_FORMAT_PCM_16, .frames = 51);
    CHECK_SOUND(.format = SF_FORMAT_W64 | SF_FORMAT_PCM_U8, .frames = 52, .shift = 8);
    CHECK_SOUND(.format = SF_FORMAT_AIFF | SF_FORMAT_PCM_16, .frames = 50);
    CHECK_SOUND(.format = SF_FORMAT_AIFF | SF_FORMAT_PCM_S8, .frames = 52, .shift = 8);
    CHECK_SOUND(.format = SF_FORMAT_AIFF | SF_FORMAT_PCM_U8, .frames = 52, .shift = 8);
    CHECK_SOUND(.format = SF_FORMAT_AIFF | SF_FORMAT_PCM_24, .frames = 50);
    CHECK_SOUND(.format = SF_FORMAT_AIFF | SF_FORMAT_PCM_32, .frames = 50);
    CHECK_SOUND(.format = SF_FORMAT_AIFF | SF_ENDIAN_LITTLE | SF_FORMAT_PCM_16, .frames = 50);
    CHECK_SOUND(.format = SF_FORMAT_AIFF | SF_ENDIAN_LITTLE | SF_FORMAT_PCM_24, .frames = 50);
    CHECK_SOUND(.format = SF_FORMAT_FLAC | SF_FORMAT_PCM_16, .frames = 9000);
    CHECK_SOUND(.format = SF_FORMAT_FLAC | SF_FORMAT_PCM_24, .frames = 9000);
    CHECK_SOUND(.format = SF_FORMAT_FLAC | SF_FORMAT_PCM_S8, .frames = 9000, .shift = 8);
}

/* ---- Metadata ---- */

static const uint8_t four[] = {1, 0, 2, 0, 3, 0, 4, 0};

/* Compares a file with a pack of four frames. Frees the file. */
static void check_file(struct base_text file, const char *declaration, const char *more, const char *expected,
                       unsigned line)
{
    struct header header = header_of(4, 8000, more);
    struct project project = {.header = header.pattern,
                              .payload = base_bytes_make(four, sizeof four),
                              .declaration = declaration,
                              .sources = {{.path = "a.wav", .data = file.data, .size = file.size}},
                              .source_count = 1};
    struct pipeline pipeline;
    set_pipeline(&project, &pipeline);
    check_project(&project, expected, __FILE__, line);
    base_text_free(&file);
}
#define CHECK_FILE(file, declaration, expected) check_file(file, declaration, "", expected, __LINE__)
#define PLAIN DECLARED_SOUND("a.wav", "")
#define WITH(pipeline) DECLARED_SOUND("a.wav", ",'pipeline':{" pipeline "}")

static struct base_text mono(uint32_t rate, const void *samples, size_t size)
{
    return wav_make(&(const struct wav_form){.channels = 1, .rate = rate, .bits = 16}, base_bytes_make(samples, size));
}

static struct base_text stereo(const void *samples, size_t size)
{
    return wav_make(&(const struct wav_form){.channels = 2, .rate = 8000, .bits = 16}, base_bytes_make(samples, size));
}

UNIT_TEST(rate_and_frames_are_those_of_the_file)
{
    static const char frames[] = "metadata-mismatch:C @166 /asset_table/0/metadata/frames #1";
    static const char rate[] = "metadata-mismatch:C @182 /asset_table/0/metadata/sample_rate #1";
    static const uint8_t five[] = {1, 0, 2, 0, 3, 0, 4, 0, 5, 0};
    CHECK_FILE(mono(8000, four, sizeof four), PLAIN, "");
    CHECK_FILE(mono(8001, four, sizeof four), PLAIN, rate);
    CHECK_FILE(mono(8000, four, 6), PLAIN, frames);
    CHECK_FILE(mono(8000, five, sizeof five), PLAIN, frames);
    /* With another rate the samples are compared all the same. */
    CHECK_FILE(mono(8001, five + 2, 8), PLAIN,
               "a.wav: source-mismatch:C @44 #1; metadata-mismatch:C @182 /asset_table/0/metadata/sample_rate #1");
}

UNIT_TEST(declared_members_are_those_of_the_file)
{
    CHECK_FILE(mono(8000, four, sizeof four), DECLARED_SOUND("a.wav", ",'metadata':{'frames':4,'channels':1}"), "");
    CHECK_FILE(mono(8000, four, sizeof four), DECLARED_SOUND("a.wav", ",'metadata':{'frames':5}"),
               "asset.json: declaration-value:W @209 /output/metadata/frames #1");
    CHECK_FILE(mono(8000, four, sizeof four), DECLARED_SOUND("a.wav", ",'metadata':{'channels':2}"),
               "asset.json: declaration-value:W @211 /output/metadata/channels #1");
}

/* ---- Channels ---- */

UNIT_TEST(a_channel_of_two_is_compared)
{
    static const uint8_t left[] = {1, 0, 9, 9, 2, 0, 9, 9, 3, 0, 9, 9, 4, 0, 9, 9};
    static const uint8_t right[] = {9, 9, 1, 0, 9, 9, 2, 0, 9, 9, 3, 0, 9, 9, 4, 0};
    CHECK_FILE(stereo(left, 16), WITH("'channels':'left'"), "");
    CHECK_FILE(stereo(left, 16), WITH("'channels':'right'"), "a.wav: source-mismatch:C @44 #1");
    CHECK_FILE(stereo(left, 16), WITH("'channels':'mix'"), "a.wav: source-mismatch:C @44 #1");
    CHECK_FILE(stereo(right, 16), WITH("'channels':'right'"), "");
    CHECK_FILE(stereo(right, 16), WITH("'channels':'left'"), "a.wav: source-mismatch:C @44 #1");
    CHECK_FILE(stereo(right, 16), PLAIN, "a.wav: sound-format:W - #1");
    /* A sound of one channel is taken as it is. */
    CHECK_FILE(mono(8000, four, sizeof four), WITH("'channels':'mix'"), "");
    CHECK_FILE(mono(8000, four, sizeof four), WITH("'channels':'right'"), "");
}

UNIT_TEST(a_mix_is_the_mean_rounded_down)
{
    static const int16_t frames[][3] = {
        {-1, 0, -1},         {0, -1, -1}, {1, 0, 0}, {-3, 0, -2}, {32767, 32767, 32767}, {-32768, -32768, -32768},
        {32767, -32768, -1}, {5, -2, 1}};
    enum { FRAMES = sizeof frames / sizeof frames[0] };
    for (size_t wrong = 0; wrong <= FRAMES; wrong++) {
        uint8_t samples[FRAMES * 4];
        uint8_t payload[FRAMES * 2];
        for (size_t i = 0; i < FRAMES; i++) {
            base_store_le16(samples + 4 * i, (uint16_t)frames[i][0]);
            base_store_le16(samples + 4 * i + 2, (uint16_t)frames[i][1]);
            base_store_le16(payload + 2 * i, (uint16_t)(frames[i][2] + (i == wrong ? 1 : 0)));
        }
        struct base_text file = stereo(samples, sizeof samples);
        struct header header = header_of(FRAMES, 8000, "");
        struct project project = {.header = header.pattern,
                                  .payload = base_bytes_make(payload, sizeof payload),
                                  .declaration = WITH("'channels':'mix'"),
                                  .sources = {{.path = "a.wav", .data = file.data, .size = file.size}},
                                  .source_count = 1};
        char expected[64];
        struct pipeline pipeline;
        set_pipeline(&project, &pipeline);
        (void)snprintf(expected, sizeof expected, "a.wav: source-mismatch:C @%zu #1", 44 + 4 * wrong);
        check_project(&project, wrong < FRAMES ? expected : "", __FILE__, __LINE__);
        base_text_free(&file);
    }
}

UNIT_TEST(every_sample_of_a_dropped_channel_counts)
{
    static const uint8_t samples[] = {0, 1, 0, 0, 9, 9, 0, 2, 0, 0, 9, 9, 0, 3, 0, 1, 9, 9, 0, 4, 0, 0, 9, 9};
    struct base_text file = wav_make(&(const struct wav_form){.channels = 2, .rate = 8000, .bits = 24},
                                     base_bytes_make(samples, sizeof samples));
    CHECK_FILE(file, WITH("'channels':'left'"), "a.wav: sound-format:W @59 #1");
}

UNIT_TEST(members_of_the_pipeline_have_listed_values)
{
    CHECK_FILE(mono(8000, four, 8), WITH("'channels':'both'"),
               "asset.json: declaration-value:W @212 /output/pipeline/channels #1");
    CHECK_FILE(mono(8000, four, 8), WITH("'channels':1"),
               "asset.json: declaration-value:W @211 /output/pipeline/channels #1");
    CHECK_FILE(mono(8000, four, 8), WITH("'loop':true"),
               "asset.json: declaration-value:W @207 /output/pipeline/loop #1");
    CHECK_FILE(mono(8000, four, 8), WITH("'loop':'none'"),
               "asset.json: declaration-value:W @208 /output/pipeline/loop #1");
    CHECK_FILE(mono(8000, four, 8), WITH("'notes':{'channels':2,'loop':1}"), "");
}

/* ---- Loops ---- */

/* Four frames with a loop in smpl. */
static struct base_text looping(uint32_t first, uint32_t last, uint32_t type)
{
    struct base_text file = mono(8000, four, sizeof four);
    struct base_text smpl = BASE_TEXT_EMPTY;
    put_le(&smpl, 0, 28);
    put_le(&smpl, 1, 4);
    put_le(&smpl, 0, 8);
    put_le(&smpl, type, 4);
    put_le(&smpl, first, 4);
    put_le(&smpl, last, 4);
    put_le(&smpl, 0, 8);
    put_chunk(&file, "smpl", false, base_text_bytes(&smpl));
    base_text_free(&smpl);
    return file;
}
#define CHECK_LOOP(file, declaration, more, expected) check_file(file, declaration, more, expected, __LINE__)
#define LOOP(start, end) "'loop_end':" end ",'loop_start':" start ","

UNIT_TEST(the_loop_of_the_source_is_compared)
{
    static const char with[] = WITH("'loop':'source'");
    CHECK_LOOP(looping(1, 2, 0), with, LOOP("1", "3"), "");
    CHECK_LOOP(looping(0, 3, 0), with, LOOP("0", "4"), "");
    CHECK_LOOP(looping(1, 2, 0), with, LOOP("1", "2"), "metadata-mismatch:C @179 /asset_table/0/metadata/loop_end #1");
    CHECK_LOOP(looping(1, 2, 0), with, LOOP("0", "3"),
               "metadata-mismatch:C @194 /asset_table/0/metadata/loop_start #1");
    CHECK_LOOP(looping(1, 2, 0), PLAIN, "", "");
    CHECK_LOOP(looping(1, 4, 0), with, LOOP("1", "3"), "a.wav: sound-loop:W @0 #1");
    CHECK_LOOP(looping(3, 2, 0), with, LOOP("1", "3"), "a.wav: sound-loop:W @0 #1");
    CHECK_LOOP(looping(1, 2, 1), with, LOOP("1", "3"), "a.wav: sound-loop:W @0 #1");
    CHECK_LOOP(mono(8000, four, 8), with, LOOP("1", "3"), "a.wav: sound-loop:W @0 #1");
    CHECK_LOOP(looping(0, 4294967295, 0), with, LOOP("0", "4"), "a.wav: sound-loop:W @0 #1");
}

UNIT_TEST(a_loop_that_is_not_declared_is_not_packed)
{
    struct header header = header_of(4, 8000, "'loop_end':3,'loop_start':1,");
    struct base_text file = looping(1, 2, 0);
    struct project project = {.header = header.pattern,
                              .payload = base_bytes_make(four, sizeof four),
                              .declaration = PLAIN,
                              .sources = {{.path = "a.wav", .data = file.data, .size = file.size}},
                              .source_count = 1};
    CHECK_STRING(found(&project), "several");
    struct header without = header_of(4, 8000, "");
    project.header = without.pattern;
    project.declaration = WITH("'loop':'source'");
    CHECK_STRING(found(&project), "several");
    base_text_free(&file);
}

UNIT_TEST(a_computed_loop_may_be_declared_in_part)
{
    CHECK_LOOP(looping(1, 2, 0), DECLARED_SOUND("a.wav", ",'metadata':{'loop_end':3},'pipeline':{'loop':'source'}"),
               LOOP("1", "3"), "");
    CHECK_LOOP(looping(1, 2, 0), DECLARED_SOUND("a.wav", ",'metadata':{'loop_end':2},'pipeline':{'loop':'source'}"),
               LOOP("1", "3"), "asset.json: declaration-value:W @211 /output/metadata/loop_end #1");
}

/* The pack loops from 0 to 4; the declaration is what a test says. */
static void check_declared_loop(const char *metadata, const char *expected, unsigned line)
{
    char declaration[512];
    (void)snprintf(declaration, sizeof declaration, DECLARED_SOUND("a.wav", ",'metadata':{%s}"), metadata);
    check_file(mono(8000, four, sizeof four), declaration, "'loop_end':4,'loop_start':0,", expected, line);
}
#define CHECK_DECLARED_LOOP(metadata, expected) check_declared_loop(metadata, expected, __LINE__)

UNIT_TEST(a_declared_loop_lies_inside_the_sound)
{
    CHECK_DECLARED_LOOP("'loop_end':4,'loop_start':0", "");
    CHECK_DECLARED_LOOP("'loop_end':3,'loop_start':3",
                        "asset.json: sound-metadata:C @226 /output/metadata/loop_start #1");
    CHECK_DECLARED_LOOP("'loop_end':3", "asset.json: sound-metadata:C @211 /output/metadata/loop_end #1");
    CHECK_DECLARED_LOOP("'loop_start':3", "asset.json: sound-metadata:C @213 /output/metadata/loop_start #1");
    CHECK_DECLARED_LOOP("'loop_end':'4','loop_start':0",
                        "asset.json: sound-metadata:C @212 /output/metadata/loop_end #1");
    CHECK_DECLARED_LOOP("'loop_end':4,'loop_start':-1",
                        "asset.json: sound-metadata:C @226 /output/metadata/loop_start #1");
    CHECK_DECLARED_LOOP("'loop_end':5,'loop_start':0",
                        "asset.json: sound-metadata:C @211 /output/metadata/loop_end #1; "
                        "metadata-mismatch:C @179 /asset_table/0/metadata/loop_end #1");
}

/* ---- FLAC ---- */

static bool in_flac(const struct flac *flac, const char *expected, unsigned line)
{
    uint8_t payload[256];
    uint8_t *data;
    uint64_t frames = 0;
    for (size_t i = 0; i < flac->block_count; i++) {
        frames += flac->blocks[i].frames;
    }
    frames = flac->frames != 0 ? flac->frames : frames;
    REQUIRE(frames * 2 <= sizeof payload);
    for (size_t i = 0; i < frames; i++) {
        base_store_le16(payload + 2 * i, (uint16_t)flac_sample(flac, i, 0));
    }
    struct header header = header_of(frames, flac->rate, "");
    size_t data_size = flac_make(flac, &data);
    struct project project = {.header = header.pattern,
                              .payload = base_bytes_make(payload, frames * 2),
                              .declaration = DECLARED_SOUND("a.flac", ",'pipeline':{'channels':'left'}"),
                              .sources = {{.path = "a.flac", .data = data, .size = data_size}},
                              .source_count = 1};
    struct pipeline pipeline;
    set_pipeline(&project, &pipeline);
    check_project(&project, expected, __FILE__, line);
    free(data);
    return true;
}

/* A FLAC whose STREAMINFO announces 10 frames of 37: a library that believes it gives these 10. */
UNIT_TEST(a_flac_that_goes_on_is_not_the_source_of_its_begin)
{
    struct flac flac = flac_of_three_blocks();
    flac.frames = 10;
    CHECK(in_flac(&flac, "a.flac: sound-invalid:W @42 #1", __LINE__));
}

UNIT_TEST(a_flac_with_its_own_md5_is_the_source)
{
    struct flac flac = flac_of_three_blocks();
    CHECK(in_flac(&flac, "", __LINE__));
    flac.md5 = FLAC_WRONG_MD5;
    CHECK(in_flac(&flac, "a.flac: sound-invalid:W @0 #1", __LINE__));
}
