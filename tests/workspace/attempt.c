#include "tests/workspace/attempt.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

const struct workspace_add_options nothing_said = {.tile_size = -1, .preload = -1, .slot = -1};

static void write_step(const struct workspace *workspace, const struct workspace_step *step)
{
    REQUIRE(unlinkat(workspace->assets_fd, step->target, 0) == 0 || errno == ENOENT);
    int fd = openat(workspace->assets_fd, step->target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    REQUIRE(fd >= 0);
    REQUIRE(write(fd, step->content.data, step->content.size) == (ssize_t)step->content.size);
    REQUIRE(close(fd) == 0);
}

static void carry_out(struct workspace *workspace, const struct workspace_plan *plan)
{
    for (size_t i = 0; i < plan->step_count; i++) {
        write_step(workspace, &plan->steps[i]);
    }
    struct base_findings findings;
    base_findings_init(&findings);
    char *directory = strdup(workspace->project);
    REQUIRE(directory != NULL);
    workspace_close(workspace);
    REQUIRE(workspace_open(workspace, WORKSPACE_IN(directory), NULL, &findings));
    free(directory);
    base_findings_free(&findings);
}

bool add_root(struct workspace *workspace, const char *root, const struct workspace_add_options *options,
              struct workspace_added *result, struct base_findings *findings)
{
    struct workspace_plan plan;
    bool fine = workspace_plan_add(workspace, &root, 1, options, &plan, findings) && plan.added_count == 1;
    *result = (struct workspace_added){.root = NULL};
    if (plan.refusal_count == 1 && plan.refusals[0] != NULL) {
        base_findings_move(findings, plan.refusals[0]);
    }
    if (fine) {
        carry_out(workspace, &plan);
        *result = plan.added[0];
        plan.added_count = 0;
    } else {
        CHECK_U64(plan.step_count, 0);
    }
    workspace_plan_free(&plan);
    return fine;
}

void forget_added(struct workspace_added *result)
{
    free(result->root);
    free(result->name);
    workspace_contents_free(&result->contents);
    *result = (struct workspace_added){.root = NULL};
}

struct attempt attempt_in(const char *directory, const char *root, const struct workspace_add_options *options)
{
    struct attempt attempt;
    base_findings_init(&attempt.findings);
    REQUIRE(workspace_open(&attempt.workspace, WORKSPACE_IN(directory), NULL, &attempt.findings));
    attempt.added = add_root(&attempt.workspace, root, options, &attempt.result, &attempt.findings);
    return attempt;
}

struct attempt attempt(const char *root, const struct workspace_add_options *options)
{
    return attempt_in(unit_directory(), root, options);
}

void forget(struct attempt *attempt)
{
    forget_added(&attempt->result);
    workspace_close(&attempt->workspace);
    base_findings_free(&attempt->findings);
}

void empty_workspace(void)
{
    (void)put(INDEX, "{'schema_version':1,'next_asset_id':1,'assets':[]}");
}

void put_png(const char *relative, uint8_t width, uint8_t height)
{
    uint8_t png[26] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R'};
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
