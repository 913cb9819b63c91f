#include "verify/header/prelude.h"

#include "reader/prelude.h"
#include "verify/core/file_kind.h"
#include "verify/core/findings.h"
#include "verify/core/format.h"
#include "verify/header/list.h"
#include "verify/header/outline_make.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { NUMBER_TEXT = 24 };

/* The fields as they are in the file, without magic. */
static struct pp_prelude fields_of(const uint8_t start[READER_PRELUDE_SIZE])
{
    return (struct pp_prelude){
        .schema_version = base_load_le32(start + READER_PRELUDE_VERSION_AT),
        .header_len = base_load_le32(start + READER_PRELUDE_HEADER_LEN_AT),
        .payload_offset = base_load_le64(start + READER_PRELUDE_PAYLOAD_OFFSET_AT),
        .flags = base_load_le32(start + READER_PRELUDE_FLAGS_AT),
        .reserved = base_load_le32(start + READER_PRELUDE_RESERVED_AT),
        .header_checksum = base_load_le32(start + READER_PRELUDE_CHECKSUM_AT),
    };
}

/* The most that header_len may be in this file. */
static uint64_t longest_header(const struct verify_subject *subject)
{
    uint32_t limit = subject->options->max_header;
    uint64_t cap = limit != 0 ? limit : READER_DEFAULT_MAX_HEADER;
    uint64_t room = subject->input.size - READER_PRELUDE_SIZE;
    return room < cap ? room : cap;
}

/* What is in the file and what is expected, for the fields whose faults the reader reports. Returns the width of the
 * field. */
static uint64_t describe_fault(const struct verify_subject *subject, const struct pp_error *error, const uint8_t *start,
                               struct base_text *expected, struct base_text *actual)
{
    struct pp_prelude found = fields_of(start);
    uint64_t size = subject->input.size;
    switch ((int)error->diagnostic) {
    case DIAG_PRELUDE_MAGIC:
    case DIAG_PRELUDE_LEGACY:
        base_text_add_string(expected, "ASPA");
        base_text_add_printable(actual, base_bytes_make(start, READER_PRELUDE_MAGIC_WIDTH), READER_PRELUDE_MAGIC_WIDTH);
        return READER_PRELUDE_MAGIC_WIDTH;
    case DIAG_PRELUDE_VERSION:
        base_text_addf(expected, "%d", READER_SCHEMA_VERSION);
        base_text_addf(actual, "%" PRIu32, found.schema_version);
        return READER_PRELUDE_VERSION_WIDTH;
    case DIAG_PRELUDE_HEADER_LENGTH:
        base_text_addf(expected, "2 to %" PRIu64, longest_header(subject));
        base_text_addf(actual, "%" PRIu32, found.header_len);
        return READER_PRELUDE_HEADER_LEN_WIDTH;
    case DIAG_PRELUDE_PAYLOAD_OFFSET:
        base_text_addf(expected, "%" PRIu64 " to %" PRIu64, (uint64_t)READER_PRELUDE_SIZE + found.header_len, size);
        base_text_addf(actual, "%" PRIu64, found.payload_offset);
        return READER_PRELUDE_PAYLOAD_OFFSET_WIDTH;
    default: /* file-truncated: something is missing */
        if (size < READER_PRELUDE_SIZE) {
            base_text_addf(expected, "%d bytes or more", READER_PRELUDE_SIZE);
        } else {
            base_text_addf(expected, "%" PRIu64 " bytes or more", found.payload_offset);
        }
        base_text_addf(actual, "%" PRIu64 " bytes", size);
        return 0;
    }
}

static void report_fault(const struct verify_subject *subject, struct verify_sink *sink, const struct pp_error *error,
                         const uint8_t *start)
{
    struct base_text expected = BASE_TEXT_EMPTY;
    struct base_text actual = BASE_TEXT_EMPTY;
    uint64_t width = describe_fault(subject, error, start, &expected, &actual);
    uint64_t size = subject->input.size < READER_PRELUDE_SIZE ? subject->input.size : READER_PRELUDE_SIZE;
    bool other = error->diagnostic == DIAG_PRELUDE_MAGIC || error->diagnostic == DIAG_FILE_TRUNCATED;
    const char *kind = other ? verify_file_kind(base_bytes_make(start, (size_t)size)) : NULL;
    base_report(&sink->findings, error->diagnostic,
                &(struct base_details){
                    .place = {.file = subject->path, BASE_AT_BYTE(error->byte_offset, width)},
                    .expected = base_text_string(&expected),
                    .actual = base_text_string(&actual),
                },
                kind != NULL ? "the file is %s" : "%s", kind != NULL ? kind : error->text);
    base_text_free(&expected);
    base_text_free(&actual);
}

/* prelude-reserved: one finding per field. */
static void check_reserved(const struct verify_subject *subject, const struct pp_prelude *prelude,
                           struct verify_sink *sink)
{
    const struct {
        const char *name;
        uint64_t at;
        uint32_t value;
    } fields[] = {
        {"flags", READER_PRELUDE_FLAGS_AT, prelude->flags},
        {"reserved", READER_PRELUDE_RESERVED_AT, prelude->reserved},
        {"header_checksum", READER_PRELUDE_CHECKSUM_AT, prelude->header_checksum},
    };
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        if (fields[i].value != 0) {
            char actual[NUMBER_TEXT];
            (void)snprintf(actual, sizeof actual, "0x%08" PRIx32, fields[i].value);
            base_report(&sink->findings, DIAG_PRELUDE_RESERVED,
                        &(struct base_details){
                            .place = {.file = subject->path, BASE_AT_BYTE(fields[i].at, sizeof fields[i].value)},
                            .expected = "0",
                            .actual = actual,
                        },
                        "%s is not 0", fields[i].name);
        }
    }
}

static void list_header(const struct verify_subject *subject, struct base_bytes header, struct verify_sink *sink,
                        struct verify_report *report)
{
    struct verify_outline outline;
    if (verify_outline_make(&outline, header, subject->options->task)) {
        verify_list_header(subject, &outline, sink, report);
    } else {
        base_report_out_of_memory(&sink->findings, subject->path);
    }
    verify_outline_free(&outline);
}

/* What a PPA1 pack contains, as far as it can be read. It is listed, not checked. */
static void list_legacy(const struct verify_subject *subject, struct verify_facts *facts, struct verify_sink *sink,
                        struct verify_report *report, struct base_bytes start)
{
    uint64_t at = 0;
    uint32_t length = 0;
    uint64_t payload_offset = 0;
    if (!reader_prelude_legacy(start, subject->input.size, subject->options->max_header, &at, &length,
                               &payload_offset)) {
        return;
    }
    report->has_prelude = true;
    report->legacy = true;
    report->prelude = (struct pp_prelude){
        .schema_version = base_load_le32(start.data + READER_PRELUDE_VERSION_AT),
        .header_len = length,
        .payload_offset = payload_offset,
        .flags = base_load_le32(start.data + VERIFY_LEGACY_FLAGS_AT),
        .reserved = base_load_le32(start.data + VERIFY_LEGACY_RESERVED_AT),
    };
    uint8_t *header = malloc(length);
    if (header == NULL) {
        base_report_out_of_memory(&sink->findings, subject->path);
        return;
    }
    int problem = verify_file_read(&subject->input, at, header, length);
    if (problem != 0) {
        verify_report_read_failure(&sink->findings, subject->path, at, problem);
    } else {
        facts->prelude_bytes += length;
        sink->checked.bytes += length;
        list_header(subject, base_bytes_make(header, length), sink, report);
    }
    free(header);
}

void verify_check_prelude(const struct verify_subject *subject, struct verify_facts *facts, struct verify_sink *sink,
                          struct verify_report *report)
{
    uint8_t start[READER_PRELUDE_SIZE] = {0};
    uint64_t file_size = subject->input.size;
    size_t size = file_size < sizeof start ? (size_t)file_size : sizeof start;
    report->file_size = file_size;
    int problem = verify_file_read(&subject->input, 0, start, size);
    if (problem != 0) {
        verify_report_read_failure(&sink->findings, subject->path, 0, problem);
        return;
    }
    facts->prelude_bytes = size;
    sink->checked.bytes += size;
    struct pp_error error;
    enum diag diagnostic = reader_prelude_parse(base_bytes_make(start, size), file_size, subject->options->max_header,
                                                &facts->prelude, &error);
    if (diagnostic == DIAG_NONE) {
        facts->prelude_state = VERIFY_PRELUDE_VALID;
        report->has_prelude = true;
        report->prelude = facts->prelude;
        check_reserved(subject, &facts->prelude, sink);
        return;
    }
    /* 4.2.1: nothing after it is checked. */
    facts->prelude_state = VERIFY_PRELUDE_FAULTY;
    report_fault(subject, sink, &error, start);
    if (diagnostic == DIAG_PRELUDE_LEGACY) {
        list_legacy(subject, facts, sink, report, base_bytes_make(start, size));
    } else if (size == READER_PRELUDE_SIZE && diagnostic != DIAG_PRELUDE_MAGIC) {
        report->has_prelude = true;
        report->prelude = fields_of(start);
    }
    verify_report_not_checked(sink, "header and payloads: the prelude does not lead to them");
}
