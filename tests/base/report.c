/* Failures of the machine as findings. */
#include "base/report.h"

#include "base/file.h"
#include "tests/lib/sample.h"

#include <errno.h>

static void check_only(struct base_findings *findings, enum diag diagnostic, const char *message)
{
    REQUIRE(findings->count == 1);
    CHECK_U64(findings->items[0].diagnostic, diagnostic);
    CHECK_U64(findings->items[0].class_, DIAG_CLASS_E);
    CHECK_STRING(findings->items[0].message, message);
    CHECK_STRING(findings->items[0].place.file, "f");
    CHECK(findings->items[0].expected == NULL && findings->items[0].actual == NULL);
    CHECK(findings->out_of_memory == (diagnostic == DIAG_ENVIRONMENT_MEMORY));
    base_findings_free(findings);
}

UNIT_TEST(out_of_memory_is_a_finding_and_a_sticky_bit)
{
    struct base_findings findings;
    base_findings_init(&findings);
    base_report_out_of_memory(&findings, "f");
    CHECK(!findings.items[0].place.has_byte_offset);
    check_only(&findings, DIAG_ENVIRONMENT_MEMORY, "memory ran out");
    base_report_out_of_memory(&findings, NULL);
    REQUIRE(findings.count == 1);
    CHECK(findings.items[0].place.file == NULL);
    base_findings_free(&findings);
}

UNIT_TEST(a_failure_says_what_the_system_said)
{
    struct base_findings findings;
    struct base_place place = {.file = "f", BASE_AT_BYTE(7, 0), .json_pointer = "/a"};
    base_findings_init(&findings);
    base_report_read_failure(&findings, &place, EIO);
    CHECK_U64(findings.items[0].place.byte_offset, 7);
    CHECK_STRING(findings.items[0].place.json_pointer, "/a");
    check_only(&findings, DIAG_ENVIRONMENT_READ, "could not be read: Input/output error");
    base_report_read_failure(&findings, &place, BASE_FILE_SHRUNK);
    check_only(&findings, DIAG_ENVIRONMENT_READ, "could not be read: The file became shorter while it was read");
    base_report_write_failure(&findings, &place, "write it", ENOSPC);
    CHECK_U64(findings.items[0].place.byte_offset, 7);
    check_only(&findings, DIAG_ENVIRONMENT_WRITE, "could not write it: No space left on device");
}

UNIT_TEST(a_failure_to_write_has_a_remedy_by_its_reason)
{
    static const struct {
        int problem;
        enum diag_cause cause;
    } cases[] = {
        {EACCES, DIAG_CAUSE_WRITE_DENIED},
        {EPERM, DIAG_CAUSE_WRITE_DENIED},
        {ENOSPC, DIAG_CAUSE_WRITE_FULL},
        {EDQUOT, DIAG_CAUSE_WRITE_FULL},
        {EROFS, DIAG_CAUSE_WRITE_READ_ONLY},
        {ENOTDIR, DIAG_CAUSE_WRITE_NO_DIRECTORY},
        {EIO, DIAG_CAUSE_NONE},
    };
    struct base_findings findings;
    base_findings_init(&findings);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        base_report_write_failure(&findings, &BASE_NOWHERE, "write it", cases[i].problem);
        CHECK_U64(findings.items[i].cause, cases[i].cause);
    }
    base_findings_free(&findings);
}

UNIT_TEST(a_failure_for_want_of_memory_is_out_of_memory)
{
    struct base_findings findings;
    struct base_place place = BASE_NOWHERE;
    place.file = "f";
    base_findings_init(&findings);
    base_report_read_failure(&findings, &place, ENOMEM);
    check_only(&findings, DIAG_ENVIRONMENT_MEMORY, "memory ran out");
    base_report_write_failure(&findings, &place, "write it", ENOMEM);
    check_only(&findings, DIAG_ENVIRONMENT_MEMORY, "memory ran out");
}
