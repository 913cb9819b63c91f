/* A verification that is cancelled at each look: it ends, tells nothing but that, and gives no verdict. */
#include "tests/lib/unit.h"
#include "tests/verify/builder.h"

enum { ENTRIES = 9000 };

/* Cancels at a look, by number from 1; 0: never. */
struct asking {
    unsigned looks;
    unsigned cancel_at;
};

static bool ask(void *context)
{
    struct asking *asking = context;
    return ++asking->looks == asking->cancel_at;
}

/* A pack of scenes without bytes. before begins the header. */
static struct pack large_pack(const char *before)
{
    struct base_text header = BASE_TEXT_EMPTY;
    add_pattern(&header, before);
    for (int i = 1; i <= ENTRIES; i++) {
        base_text_addf(&header,
                       "%s{\"asset_id\":%d,\"asset_name\":\"scene %d\",\"bank_type\":\"SCENE\",\"codec\":\"NONE\","
                       "\"decoded_size\":0,\"metadata\":{},\"offset\":0,\"size\":0}",
                       i > 1 ? "," : "", i, i);
    }
    add_pattern(&header, "],'preload':[]}");
    struct pack pack = pack_build(base_text_bytes(&header), 0, base_bytes_make(NULL, 0));
    base_text_free(&header);
    return pack;
}

static void verify_asking(const struct pack *pack, struct asking *asking, struct verify_report *report)
{
    struct base_task task = BASE_TASK_INIT;
    task.ask = ask;
    task.ask_context = asking;
    const struct verify_build_bytes bytes = {.assets_pa = pack_bytes(pack)};
    const struct verify_options options = {.task = &task, .no_companions = true, .jobs = 1};
    verify_bytes(&bytes, &options, report);
}

/* Returns how often the task was looked at when it is not cancelled. */
static unsigned cancel_at_each_look(const struct pack *pack)
{
    struct asking all = {.looks = 0};
    struct verify_report report;
    verify_asking(pack, &all, &report);
    CHECK_U64(report.loads, VERIFY_VERDICT_YES);
    verify_report_free(&report);
    for (unsigned look = 1; look <= all.looks; look++) {
        struct asking asking = {.cancel_at = look};
        verify_asking(pack, &asking, &report);
        CHECK_U64(report.findings.total[DIAG_CANCELLED], 1);
        CHECK_U64(report.findings.total[DIAG_INTERNAL], 0);
        CHECK_U64(report.findings.total[DIAG_ENVIRONMENT_MEMORY], 0);
        CHECK(report.conforms != VERIFY_VERDICT_YES); /* what is not canonical is known already */
        verify_report_free(&report);
    }
    return all.looks;
}

UNIT_TEST(each_loop_over_a_header_looks_at_the_task)
{
    enum { LOOKS = (ENTRIES + 4095) / 4096, LOOPS = 4 /* general parser, outline, list, members */ };
    struct pack pack = large_pack("{'asset_table':[");
    CHECK(cancel_at_each_look(&pack) >= LOOKS * LOOPS);
    pack_free(&pack);
}

UNIT_TEST(each_loop_over_a_header_that_is_not_canonical_too)
{
    enum { LOOKS = (ENTRIES + 4095) / 4096, LOOPS = 4 };
    struct pack pack = large_pack("{ 'asset_table':[");
    CHECK(cancel_at_each_look(&pack) >= LOOKS * LOOPS);
    pack_free(&pack);
}
