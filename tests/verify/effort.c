/* How much the verifier reads of a registry, counted: the calls of the tokenizer are wrapped by the linker. */
#include "base/directory.h"
#include "base/text.h"
#include "tests/lib/unit.h"
#include "verify/workspace/registry.h"
#include "json/tokenizer.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static size_t tokens;

/* NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp): the linker sends the product's calls here,
 * under names that it makes. */
struct json_token __real_json_next(struct json_tokenizer *json);
struct json_token __wrap_json_next(struct json_tokenizer *json);

struct json_token __wrap_json_next(struct json_tokenizer *json)
{
    tokens++;
    return __real_json_next(json);
}
/* NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */

/* Reads a registry of `count` records with faults, of which the one that is found last comes first in the text. */
static void read_faulty_records(int assets_fd, size_t count)
{
    struct base_text text = BASE_TEXT_EMPTY;
    struct base_findings findings;
    struct verify_registry registry;
    uint64_t bytes = 0;
    base_text_add_string(&text, "{\"schema_version\":1,\"next_asset_id\":9,\"assets\":[");
    for (size_t i = 0; i < count; i++) {
        base_text_add_string(&text, i == 0 ? "" : ",");
        base_text_add_string(&text, "{\"root\":\"/\",\"included_in_build\":true,\"asset_uuid\":\"x\",\"asset_id\":0}");
    }
    base_text_add_string(&text, "]}");
    unit_write_file("index.json", base_text_string(&text), text.size);
    REQUIRE(rename(unit_path("index.json"), unit_path(".prometeu/index.json")) == 0);
    base_findings_init(&findings);
    tokens = 0;
    CHECK(!verify_registry_read(&registry, assets_fd, "assets", NULL, &findings, &bytes));
    CHECK_U64(findings.total[DIAG_ROOT_INVALID], count);
    verify_registry_free(&registry);
    base_findings_free(&findings);
    base_text_free(&text);
}

UNIT_TEST(a_fault_before_another_is_found_without_reading_all_again)
{
    enum { FEW = BASE_FINDINGS_KEPT / 10 };
    int assets_fd;
    REQUIRE(mkdir(unit_path(".prometeu"), 0777) == 0);
    REQUIRE(base_directory_open(&assets_fd, BASE_CURRENT_DIRECTORY, unit_path(".")) == 0);
    read_faulty_records(assets_fd, FEW);
    size_t few = tokens;
    read_faulty_records(assets_fd, FEW * 10 - 1);
    CHECK(tokens < 11 * few);
    (void)close(assets_fd);
}
