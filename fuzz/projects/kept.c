#include "fuzz/projects/kept.h"

#include "fuzz/lib/harness.h"
#include "fuzz/lib/scratch.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct run {
    struct kept *kept;
    const struct workspace *workspace;
};

static bool keep(void *context, size_t index, const struct writer_made *made)
{
    struct run *run = context;
    struct kept *kept = run->kept;
    FUZZ_CHECK(index == kept->count);
    if (index == KEPT_MOST) {
        return false;
    }
    size_t size = run->workspace->assets[index].declaration.input_count * sizeof *made->inputs;
    struct workspace_content *inputs = malloc(size + 1);
    FUZZ_CHECK(inputs != NULL);
    memcpy(inputs, made->inputs, size);
    char *metadata = strdup(made->metadata);
    char *pipeline = made->pipeline != NULL ? strdup(made->pipeline) : NULL;
    FUZZ_CHECK(metadata != NULL && (pipeline != NULL) == (made->pipeline != NULL));
    kept->owned[kept->count].inputs = inputs;
    kept->owned[kept->count].metadata = metadata;
    kept->owned[kept->count].pipeline = pipeline;
    struct writer_made *copy = &kept->made[kept->count++];
    *copy = *made;
    copy->inputs = inputs;
    copy->metadata = metadata;
    copy->pipeline = pipeline;
    return true;
}

static bool write_into(const char *directory, struct workspace *workspace, const struct writer_options *options,
                       struct writer_summary *summary, struct base_findings *findings)
{
    scratch_remove(directory);
    scratch_make(directory);
    int fd = scratch_open(directory);
    bool written = writer_write_artifacts(workspace, fd, directory, options, summary, findings);
    (void)close(fd);
    return written;
}

void kept_make(struct kept *kept, unsigned jobs)
{
    struct workspace workspace;
    struct base_findings findings;
    struct writer_summary summary;
    base_findings_init(&findings);
    *kept = (struct kept){.count = 0};
    FUZZ_CHECK(workspace_open(&workspace, scratch_path("project"), NULL, &findings));
    FUZZ_CHECK(workspace_load(&workspace, &findings));
    struct run run = {.kept = kept, .workspace = &workspace};
    const struct writer_options options = {.jobs = jobs, .made = keep, .made_context = &run};
    FUZZ_CHECK(write_into("earlier", &workspace, &options, &summary, &findings));
    kept->payload_offset = summary.payload_offset;
    workspace_close(&workspace);
    base_findings_free(&findings);
}

bool kept_write(const struct kept *kept, unsigned mask, const char *directory, unsigned jobs,
                struct base_findings *findings, bool *stale)
{
    struct workspace workspace;
    struct writer_summary summary = {.stale = false};
    const struct writer_made *made[KEPT_MOST] = {NULL};
    struct base_file pack;
    *stale = false;
    for (size_t i = 0; i < kept->count; i++) {
        made[i] = (mask >> i % 8 & 1U) != 0 ? &kept->made[i] : NULL;
    }
    if (!workspace_open(&workspace, scratch_path("project"), NULL, findings)) {
        return false;
    }
    bool written = workspace_load(&workspace, findings);
    if (written && base_file_open(&pack, scratch_path("earlier/assets.pa")) != 0) {
        base_findings_add(findings, DIAG_ENVIRONMENT_READ, &BASE_NOWHERE, NULL, NULL, "the earlier pack");
        written = false;
    } else if (written) {
        const struct writer_earlier earlier = {.pack = &pack, .payload_offset = kept->payload_offset, .made = made};
        const struct writer_options options = {.jobs = jobs, .earlier = &earlier};
        written = write_into(directory, &workspace, &options, &summary, findings);
        *stale = summary.stale;
        base_file_close(&pack);
    }
    workspace_close(&workspace);
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
