#include "verify/workspace/sound_members.h"

#include <inttypes.h>
#include <stdio.h>

/* ---- output.pipeline ---- */

/* A member of the pipeline that is for sounds alone. JSON_END when it is absent, or in another format, which is
 * reported. */
static struct json_token find_member(struct verify_declared *declared, const char *name)
{
    struct verify_document *document = &declared->document;
    struct json_token value = json_object_member(document->text, declared->pipeline, name);
    if (verify_is_present(value) && declared->format != VERIFY_SOURCE_SOUND) {
        verify_document_report_value(document, DIAG_DECLARATION_VALUE, value, "no such member",
                                     "output.pipeline.%s is not for this format", name);
        value = (struct json_token){.kind = JSON_END};
    }
    return value;
}

static void read_channels(struct verify_declared *declared)
{
    static const char *const names[] = {
        [VERIFY_CHANNELS_LEFT] = "left", [VERIFY_CHANNELS_RIGHT] = "right", [VERIFY_CHANNELS_MIX] = "mix"};
    struct verify_document *document = &declared->document;
    struct json_token value = find_member(declared, "channels");
    declared->channels_value = value;
    for (unsigned i = VERIFY_CHANNELS_LEFT; i <= VERIFY_CHANNELS_MIX; i++) {
        if (value.kind == JSON_STRING && json_token_is(document->text, value, names[i])) {
            declared->channels = (enum verify_channels)i;
            return;
        }
    }
    if (verify_is_present(value)) {
        verify_document_report_value(document, DIAG_DECLARATION_VALUE, value, "\"left\", \"right\" or \"mix\"",
                                     "output.pipeline.channels has another value");
    }
}

static void read_loop(struct verify_declared *declared)
{
    struct verify_document *document = &declared->document;
    struct json_token value = find_member(declared, "loop");
    declared->loop_of_source = value.kind == JSON_STRING && json_token_is(document->text, value, "source");
    if (verify_is_present(value) && !declared->loop_of_source) {
        verify_document_report_value(document, DIAG_DECLARATION_VALUE, value, "\"source\"",
                                     "output.pipeline.loop has another value");
    }
}

/* ---- output.metadata ---- */

static bool report_loop(struct verify_declared *declared, struct json_token value, const char *expected,
                        const char *text)
{
    verify_document_report_value(&declared->document, DIAG_SOUND_METADATA, value, expected, "%s", text);
    return false;
}

/* A number that is not exact was reported with the metadata. */
static bool read_end(struct verify_declared *declared, struct json_token value, uint64_t *frame)
{
    struct base_bytes text = declared->document.text;
    if (json_token_unsigned(text, value, frame)) {
        return *frame <= JSON_EXACT_MAX;
    }
    if (value.kind != JSON_NUMBER || json_token_is_exact(text, value)) {
        return report_loop(declared, value, "0 or more", "the loop does not begin or end at a frame");
    }
    return false;
}

/* Finds both ends of the loop. False when there is none, or its members are faulty, which is reported. */
static bool read_ends(struct verify_declared *declared, struct json_token values[2], uint64_t frames[2])
{
    static const char *const names[] = {"loop_start", "loop_end"};
    bool is_there[2];
    for (unsigned i = 0; i < 2; i++) {
        values[i] = json_object_member(declared->document.text, declared->metadata, names[i]);
        is_there[i] = verify_is_present(values[i]);
    }
    if (is_there[0] != is_there[1]) {
        return report_loop(declared, values[is_there[0] ? 0 : 1], is_there[0] ? "loop_end too" : "loop_start too",
                           "one end of the loop is declared without the other");
    }
    if (!is_there[0]) {
        return false;
    }
    bool start = read_end(declared, values[0], &frames[0]);
    bool end = read_end(declared, values[1], &frames[1]);
    return start && end;
}

static bool check_end(struct verify_declared *declared, struct json_token value, uint64_t end, uint64_t frames)
{
    char expected[48];
    (void)snprintf(expected, sizeof expected, "%" PRIu64 " or less", frames);
    return end <= frames || report_loop(declared, value, expected, "the loop ends after the last frame");
}

/* Of bare samples the metadata says how many there are. */
static bool read_frames(const struct verify_declared *declared, uint64_t *frames)
{
    struct base_bytes text = declared->document.text;
    return declared->format == VERIFY_SOURCE_RAW &&
           json_token_unsigned(text, json_object_member(text, declared->metadata, "frames"), frames);
}

static void check_loop(struct verify_declared *declared)
{
    struct json_token values[2];
    uint64_t ends[2];
    uint64_t frames;
    if (!read_ends(declared, values, ends) ||
        (read_frames(declared, &frames) && !check_end(declared, values[1], ends[1], frames))) {
        return;
    }
    if (ends[0] >= ends[1]) {
        (void)report_loop(declared, values[0], "less than loop_end", "the loop is empty");
    }
}

bool verify_declared_check_loop(struct verify_declared *declared, uint64_t frames)
{
    struct base_bytes text = declared->document.text;
    struct json_token value = json_object_member(text, declared->metadata, "loop_end");
    uint64_t end;
    return !json_token_unsigned(text, value, &end) || check_end(declared, value, end, frames);
}

void verify_declared_read_sound(struct verify_declared *declared)
{
    declared->channels_value = (struct json_token){.kind = JSON_END};
    read_channels(declared);
    read_loop(declared);
    /* With the loop of the source the ends are members that the packer computes. */
    if (declared->bank == PP_BANK_SOUNDS && !declared->loop_of_source) {
        check_loop(declared);
    }
}
