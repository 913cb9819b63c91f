#include "fuzz/lib/findings.h"

#include "base/utf8.h"
#include "fuzz/lib/harness.h"

#include <stdio.h>
#include <string.h>

void fuzz_check_line(const char *line)
{
    struct base_bytes rest = base_bytes_of_string(line);
    while (rest.size > 0) {
        uint32_t character = 0;
        size_t length = base_utf8_decode(rest, &character);
        FUZZ_CHECK(length > 0);
        FUZZ_CHECK(character >= 0x20 && character != 0x7F && !(character >= 0x80 && character < 0xA0));
        rest.data += length;
        rest.size -= length;
    }
}

/* RFC 6901: empty, or every part after a slash, with ~ only in ~0 and ~1. */
static void check_pointer(const char *pointer)
{
    FUZZ_CHECK(pointer[0] == '\0' || pointer[0] == '/');
    for (const char *at = strchr(pointer, '~'); at != NULL; at = strchr(at + 1, '~')) {
        FUZZ_CHECK(at[1] == '0' || at[1] == '1');
    }
}

static void check_finding(const struct base_finding *finding, uint64_t largest)
{
    FUZZ_CHECK(finding->diagnostic > DIAG_NONE && finding->diagnostic < DIAG_COUNT);
    FUZZ_CHECK(finding->diagnostic != DIAG_INTERNAL);
    FUZZ_CHECK(!finding->place.has_byte_offset || finding->place.byte_offset <= largest);
    FUZZ_CHECK(finding->place.has_byte_offset || finding->place.length == 0);
    FUZZ_CHECK(finding->place.length <= largest - finding->place.byte_offset);
    FUZZ_CHECK((finding->place.line == 0) == (finding->place.column == 0));
    FUZZ_CHECK(finding->message != NULL && finding->message[0] != '\0');
    fuzz_check_line(finding->message);
    if (finding->expected != NULL) {
        fuzz_check_line(finding->expected);
    }
    if (finding->actual != NULL) {
        fuzz_check_line(finding->actual);
    }
    if (finding->place.json_pointer != NULL) {
        check_pointer(finding->place.json_pointer);
    }
}

void fuzz_check_findings(const struct base_findings *findings, uint64_t largest)
{
    uint64_t kept[DIAG_COUNT] = {0};
    FUZZ_CHECK(!findings->out_of_memory);
    for (size_t i = 0; i < findings->count; i++) {
        check_finding(&findings->items[i], largest);
        kept[findings->items[i].diagnostic]++;
    }
    for (int id = 0; id < DIAG_COUNT; id++) {
        uint64_t total = findings->total[id];
        FUZZ_CHECK_U64(kept[id], total < BASE_FINDINGS_KEPT ? total : BASE_FINDINGS_KEPT);
    }
}

void fuzz_print_findings(const struct base_findings *findings)
{
    for (size_t i = 0; i < findings->count; i++) {
        const struct base_finding *finding = &findings->items[i];
        (void)fprintf(stderr, "%s: %s: %s\n", finding->place.file != NULL ? finding->place.file : "",
                      diag_facts(finding->diagnostic)->id, finding->message);
    }
}

void fuzz_check_lines(const struct base_findings *findings, struct base_bytes text)
{
    for (size_t i = 0; i < findings->count; i++) {
        const struct base_place *place = &findings->items[i].place;
        uint64_t line = 1;
        uint64_t column = 1;
        for (size_t at = 0; place->has_byte_offset && at < place->byte_offset; at++) {
            column = text.data[at] == '\n' ? 1 : column + 1;
            line += text.data[at] == '\n';
        }
        FUZZ_CHECK_U64(place->line, place->has_byte_offset ? line : 0);
        FUZZ_CHECK_U64(place->column, place->has_byte_offset ? column : 0);
    }
}
