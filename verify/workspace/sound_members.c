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

static bool check_end(struct verify_declared *declared, struct json_token value, uint64_t end, uint64_t frames)
{
    char expected[48];
    (void)snprintf(expected, sizeof expected, "%" PRIu64 " or less", frames);
    return end <= frames || report_loop(declared, value, expected, "the loop ends after the last frame");
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
}
