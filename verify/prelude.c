#include "verify/examination.h"

#include "reader/prelude.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { NUMBER_TEXT = 24 };

/* 1.1, the legacy prelude: fields that are shown and not judged. */
enum { LEGACY_FLAGS_AT = 16, LEGACY_RESERVED_AT = 20 };

/* The fields as they stand there, judged or not: magic is left out. */
static struct pp_prelude fields_of(const uint8_t start[PP_PRELUDE_SIZE])
{
    return (struct pp_prelude){
        .schema_version = pp_load_le32(start + PP_PRELUDE_VERSION_AT),
        .header_len = pp_load_le32(start + PP_PRELUDE_HEADER_LEN_AT),
        .payload_offset = pp_load_le64(start + PP_PRELUDE_PAYLOAD_OFFSET_AT),
        .flags = pp_load_le32(start + PP_PRELUDE_FLAGS_AT),
        .reserved = pp_load_le32(start + PP_PRELUDE_RESERVED_AT),
        .header_checksum = pp_load_le32(start + PP_PRELUDE_CHECKSUM_AT),
    };
}

/* The most that header_len may be in this file. */
static uint64_t longest_header(const struct pp_examination *examination)
{
    uint32_t limit = examination->options->max_header;
    uint64_t cap = limit != 0 ? limit : PP_DEFAULT_MAX_HEADER;
    uint64_t room = examination->input.size - PP_PRELUDE_SIZE;
    return room < cap ? room : cap;
}

/* What stands there, and what should: for the fields whose faults the reader reports. */
static void describe_fault(const struct pp_examination *examination, const struct pp_error *error, const uint8_t *start,
                           struct pp_text *expected, struct pp_text *actual)
{
    struct pp_prelude found = fields_of(start);
    uint64_t size = examination->input.size;
    switch ((int)error->diagnostic) {
    case PP_PRELUDE_MAGIC:
    case PP_PRELUDE_LEGACY:
        pp_text_add_string(expected, "ASPA");
        pp_tell_bytes(actual, pp_bytes_make(start, PP_PRELUDE_MAGIC_WIDTH));
        break;
    case PP_PRELUDE_VERSION:
        pp_text_addf(expected, "%d", PP_SCHEMA_VERSION);
        pp_text_addf(actual, "%" PRIu32, found.schema_version);
        break;
    case PP_PRELUDE_HEADER_LENGTH:
        pp_text_addf(expected, "2 to %" PRIu64, longest_header(examination));
        pp_text_addf(actual, "%" PRIu32, found.header_len);
        break;
    case PP_PRELUDE_PAYLOAD_OFFSET:
        pp_text_addf(expected, "%" PRIu64 " to %" PRIu64, (uint64_t)PP_PRELUDE_SIZE + found.header_len, size);
        pp_text_addf(actual, "%" PRIu64, found.payload_offset);
        break;
    default: /* file-truncated */
        if (size < PP_PRELUDE_SIZE) {
            pp_text_addf(expected, "%d bytes or more", PP_PRELUDE_SIZE);
        } else {
            pp_text_addf(expected, "%" PRIu64 " bytes or more", found.payload_offset);
        }
        pp_text_addf(actual, "%" PRIu64 " bytes", size);
        break;
    }
}

static void tell_fault(struct pp_examination *examination, const struct pp_error *error, const uint8_t *start)
{
    struct pp_text expected = PP_TEXT_EMPTY;
    struct pp_text actual = PP_TEXT_EMPTY;
    struct pp_place place = {.file = examination->path, .byte_offset = (int64_t)error->byte_offset};
    describe_fault(examination, error, start, &expected, &actual);
    pp_findings_add(&examination->findings, error->diagnostic, &place, pp_text_string(&expected),
                    pp_text_string(&actual), "%s", error->text);
    pp_text_free(&expected);
    pp_text_free(&actual);
}

/* prelude-reserved: one finding a field. */
static void judge_reserved(struct pp_examination *examination)
{
    const struct {
        const char *name;
        int at;
        uint32_t value;
    } fields[] = {
        {"flags", PP_PRELUDE_FLAGS_AT, examination->prelude.flags},
        {"reserved", PP_PRELUDE_RESERVED_AT, examination->prelude.reserved},
        {"header_checksum", PP_PRELUDE_CHECKSUM_AT, examination->prelude.header_checksum},
    };
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        if (fields[i].value != 0) {
            char actual[NUMBER_TEXT];
            struct pp_place place = {.file = examination->path, .byte_offset = fields[i].at};
            (void)snprintf(actual, sizeof actual, "0x%08" PRIx32, fields[i].value);
            pp_findings_add(&examination->findings, PP_PRELUDE_RESERVED, &place, "0", actual, "%s is not 0",
                            fields[i].name);
        }
    }
}

/* What a PPA1 pack has in it, as far as it can be read; nothing of it is judged. */
static void list_legacy(struct pp_examination *examination, struct pp_bytes start)
{
    struct pp_report *report = examination->report;
    uint64_t at = 0;
    uint32_t length = 0;
    uint64_t payload_offset = 0;
    if (!pp_prelude_legacy(start, examination->input.size, examination->options->max_header, &at, &length,
                           &payload_offset)) {
        return;
    }
    report->has_prelude = true;
    report->legacy = true;
    report->prelude = (struct pp_prelude){
        .schema_version = pp_load_le32(start.data + PP_PRELUDE_VERSION_AT),
        .header_len = length,
        .payload_offset = payload_offset,
        .flags = pp_load_le32(start.data + LEGACY_FLAGS_AT),
        .reserved = pp_load_le32(start.data + LEGACY_RESERVED_AT),
    };
    uint8_t *header = malloc(length);
    if (header == NULL) {
        pp_tell_no_memory(&examination->findings, examination->path);
        return;
    }
    int problem = pp_input_read(&examination->input, at, header, length);
    if (problem != 0) {
        pp_tell_problem(&examination->findings, examination->path, at, problem);
    } else {
        examination->bytes_read += length;
        report->checked.bytes += length;
        pp_list_header(examination, pp_bytes_make(header, length));
    }
    free(header);
}

void pp_examine_prelude(struct pp_examination *examination)
{
    uint8_t start[PP_PRELUDE_SIZE] = {0};
    uint64_t file_size = examination->input.size;
    size_t size = file_size < sizeof start ? (size_t)file_size : sizeof start;
    examination->report->file_size = file_size;
    int problem = pp_input_read(&examination->input, 0, start, size);
    if (problem != 0) {
        pp_tell_problem(&examination->findings, examination->path, 0, problem);
        return;
    }
    examination->bytes_read += size;
    examination->report->checked.bytes += size;
    struct pp_error error;
    enum pp_diagnostic diagnostic = pp_prelude_parse(pp_bytes_make(start, size), file_size,
                                                     examination->options->max_header, &examination->prelude, &error);
    if (diagnostic == PP_FINE) {
        examination->prelude_stands = true;
        examination->report->has_prelude = true;
        examination->report->prelude = examination->prelude;
        judge_reserved(examination);
        return;
    }
    /* 4.2.1: nothing behind it is judged. */
    examination->loading_judged = true;
    tell_fault(examination, &error, start);
    if (diagnostic == PP_PRELUDE_LEGACY) {
        list_legacy(examination, pp_bytes_make(start, size));
    } else if (size == PP_PRELUDE_SIZE && diagnostic != PP_PRELUDE_MAGIC) {
        examination->report->has_prelude = true;
        examination->report->prelude = fields_of(start);
    }
    pp_report_not_checked(examination->report, "header and payloads: the prelude does not lead to them");
}
