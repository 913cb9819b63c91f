#include "fuzz/kept.h"

#include "fuzz/harness.h"
#include "fuzz/scratch.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct run {
    struct kept *kept;
    const struct pp_workspace *workspace;
};

static bool keep(void *context, size_t index, const struct pp_made *made)
{
    struct run *run = context;
    struct kept *kept = run->kept;
    FUZZ_CHECK(index == kept->count);
    if (index == KEPT_MOST) {
        return false;
    }
    size_t size = run->workspace->assets[index].declaration.input_count * sizeof *made->inputs;
    struct pp_seen *inputs = malloc(size + 1);
    FUZZ_CHECK(inputs != NULL);
    memcpy(inputs, made->inputs, size);
    char *metadata = strdup(made->metadata);
    char *pipeline = made->pipeline != NULL ? strdup(made->pipeline) : NULL;
    FUZZ_CHECK(metadata != NULL && (pipeline != NULL) == (made->pipeline != NULL));
    kept->owned[kept->count].inputs = inputs;
    kept->owned[kept->count].metadata = metadata;
    kept->owned[kept->count].pipeline = pipeline;
    struct pp_made *copy = &kept->made[kept->count++];
    *copy = *made;
    copy->inputs = inputs;
    copy->metadata = metadata;
    copy->pipeline = pipeline;
    return true;
}

static bool write_into(const char *directory, struct pp_workspace *workspace, const struct pp_write_options *options,
                       struct pp_write_summary *summary, struct pp_findings *findings)
{
    scratch_remove(directory);
    scratch_make(directory);
    int fd = scratch_open(directory);
    bool written = pp_write_artifacts(workspace, fd, directory, options, summary, findings);
    (void)close(fd);
    return written;
}

void kept_make(struct kept *kept, unsigned jobs)
{
    struct pp_workspace workspace;
    struct pp_findings findings;
    struct pp_write_summary summary;
    pp_findings_init(&findings);
    *kept = (struct kept){.count = 0};
    FUZZ_CHECK(pp_workspace_open(&workspace, scratch_path("project"), &findings));
    FUZZ_CHECK(pp_workspace_load(&workspace, &findings));
    struct run run = {.kept = kept, .workspace = &workspace};
    const struct pp_write_options options = {.jobs = jobs, .made = keep, .made_context = &run};
    FUZZ_CHECK(write_into("earlier", &workspace, &options, &summary, &findings));
    kept->payload_offset = summary.payload_offset;
    pp_workspace_close(&workspace);
    pp_findings_free(&findings);
}

bool kept_write(const struct kept *kept, unsigned mask, const char *directory, unsigned jobs,
                struct pp_findings *findings, bool *stale)
{
    struct pp_workspace workspace;
    struct pp_write_summary summary = {.stale = false};
    const struct pp_made *made[KEPT_MOST] = {NULL};
    struct pp_file pack;
    *stale = false;
    for (size_t i = 0; i < kept->count; i++) {
        made[i] = (mask >> i % 8 & 1U) != 0 ? &kept->made[i] : NULL;
    }
    if (!pp_workspace_open(&workspace, scratch_path("project"), findings)) {
        return false;
    }
    bool written = pp_workspace_load(&workspace, findings);
    if (written && pp_file_open(&pack, scratch_path("earlier/assets.pa")) != 0) {
        pp_findings_add(findings, PP_ENVIRONMENT_READ, &PP_NOWHERE, NULL, NULL, "the earlier pack");
        written = false;
    } else if (written) {
        const struct pp_earlier earlier = {.pack = &pack, .payload_offset = kept->payload_offset, .made = made};
        const struct pp_write_options options = {.jobs = jobs, .earlier = &earlier};
        written = write_into(directory, &workspace, &options, &summary, findings);
        *stale = summary.stale;
        pp_file_close(&pack);
    }
    pp_workspace_close(&workspace);
    return written;
}

void kept_free(struct kept *kept)
{
    for (size_t i = 0; i < kept->count; i++) {
        free(kept->owned[i].inputs);
        free(kept->owned[i].metadata);
        free(kept->owned[i].pipeline);
    }
    kept->count = 0;
}
