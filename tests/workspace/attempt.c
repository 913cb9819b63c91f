#include "tests/workspace/attempt.h"

#include <stdlib.h>

const struct workspace_add_options nothing_said = {.tile_size = -1, .preload = -1, .slot = -1};

struct attempt attempt_in(const char *directory, const char *root, const struct workspace_add_options *options)
{
    struct attempt attempt;
    base_findings_init(&attempt.findings);
    REQUIRE(workspace_open(&attempt.workspace, directory, NULL, &attempt.findings));
    attempt.added = workspace_add(&attempt.workspace, root, options, &attempt.result, &attempt.findings);
    return attempt;
}

struct attempt attempt(const char *root, const struct workspace_add_options *options)
{
    return attempt_in(unit_directory(), root, options);
}

void forget(struct attempt *attempt)
{
    workspace_add_result_free(&attempt->result);
    workspace_close(&attempt->workspace);
    base_findings_free(&attempt->findings);
}

void empty_workspace(void)
{
    (void)put(INDEX, "{'schema_version':1,'next_asset_id':1,'assets':[]}");
}

void put_png(const char *relative, uint8_t width, uint8_t height)
{
    uint8_t png[24] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R'};
    png[19] = width;
    png[23] = height;
    unit_write_file(relative, png, sizeof png);
}

void check_refused(const char *root, const struct workspace_add_options *options, const char *id, const char *file,
                   const char *says, unsigned line)
{
    char *before = get(INDEX);
    struct attempt it = attempt(root, options);
    CHECK(!it.added);
    check_only(&it.findings, id, file, -1, NULL, line);
    check_says(&it.findings, 0, says, line);
    CHECK(it.result.root == NULL && it.result.name == NULL && it.result.asset_id == 0);
    char *after = get(INDEX);
    CHECK_STRING(after, before);
    free(after);
    free(before);
    forget(&it);
}
