#include "base/text.h"
#include "present/text_answers.h"

enum { NAME_SHOWN = 200, PATH_SHOWN = 4096 };

static void add_asset(struct base_text *line, const struct service_changed_asset *asset, const char *name)
{
    base_text_addf(line, "asset %d", (int)asset->asset_id);
    if (name != NULL) {
        base_text_add_char(line, ' ');
        base_text_add_quoted(line, base_bytes_of_string(name), NAME_SHOWN);
    }
    base_text_add_string(line, " (");
    base_text_add_printable(line, base_bytes_of_string(asset->path), PATH_SHOWN);
    base_text_add_char(line, ')');
}

static void print(const struct present_output *output, struct base_text *line)
{
    base_text_add_char(line, '\n');
    (void)fputs(base_text_string(line), output->out);
    base_text_release(line, output->out_of_memory);
}

/* Calls add_line for each asset, then shows the plan of a dry run. */
static void print_each(const struct present_output *output, const struct service_answer *answer,
                       void (*add_line)(struct base_text *line, const struct service_changed_asset *asset,
                                        bool dry_run))
{
    const struct service_change_result *result = &answer->result.change;
    if (!result->done || output->quiet) {
        return;
    }
    for (size_t i = 0; i < result->count; i++) {
        struct base_text line = BASE_TEXT_EMPTY;
        add_line(&line, &result->assets[i], result->dry_run);
        if (line.size > 0 || base_text_out_of_memory(&line)) {
            print(output, &line);
        }
    }
    if (result->dry_run) {
        present_text_plan(output, &result->plan, result->plan.count);
    }
}

/* `done` is "included" or "excluded", `verb` what would be done. */
static void add_membership(struct base_text *line, const struct service_changed_asset *asset, const char *done,
                           const char *verb, bool dry_run)
{
    if (!asset->changed) {
        add_asset(line, asset, asset->name);
        base_text_addf(line, " is %s already", done);
        return;
    }
    base_text_addf(line, "%s%s ", dry_run ? "would " : "", dry_run ? verb : done);
    add_asset(line, asset, asset->name);
}

static void add_included(struct base_text *line, const struct service_changed_asset *asset, bool dry_run)
{
    add_membership(line, asset, "included", "include", dry_run);
}

void present_text_include(const struct present_output *output, const struct service_answer *answer)
{
    print_each(output, answer, add_included);
}

static void add_excluded(struct base_text *line, const struct service_changed_asset *asset, bool dry_run)
{
    add_membership(line, asset, "excluded", "exclude", dry_run);
}

void present_text_exclude(const struct present_output *output, const struct service_answer *answer)
{
    print_each(output, answer, add_excluded);
}

static void add_forgotten(struct base_text *line, const struct service_changed_asset *asset, bool dry_run)
{
    base_text_add_string(line, dry_run ? "would forget " : "forgot ");
    add_asset(line, asset, asset->name);
    if (dry_run) {
        base_text_add_string(line, "; its files would stay");
    } else {
        base_text_addf(line, "; its files stay, and no other asset gets the id %d", (int)asset->asset_id);
    }
}

void present_text_forget(const struct present_output *output, const struct service_answer *answer)
{
    print_each(output, answer, add_forgotten);
}

static void add_renamed(struct base_text *line, const struct service_changed_asset *asset, bool dry_run)
{
    if (!asset->changed) {
        add_asset(line, asset, asset->name);
        base_text_add_string(line, " has this name already");
        return;
    }
    base_text_add_string(line, dry_run ? "would rename " : "renamed ");
    add_asset(line, asset, asset->old_name);
    base_text_add_string(line, " to ");
    base_text_add_quoted(line, base_bytes_of_string(asset->name), NAME_SHOWN);
    base_text_add_string(line, "; code that uses the id needs no change, code that uses the name does");
}

void present_text_rename(const struct present_output *output, const struct service_answer *answer)
{
    print_each(output, answer, add_renamed);
}

static void add_moved(struct base_text *line, const struct service_changed_asset *asset, bool dry_run)
{
    if (!asset->changed) {
        add_asset(line, asset, asset->name);
        base_text_add_string(line, " is there already");
        return;
    }
    struct service_changed_asset before = *asset;
    before.path = asset->old_path;
    base_text_add_string(line, dry_run ? "would move " : "moved ");
    add_asset(line, &before, asset->name);
    base_text_add_string(line, " to ");
    base_text_add_printable(line, base_bytes_of_string(asset->path), PATH_SHOWN);
}

void present_text_move(const struct present_output *output, const struct service_answer *answer)
{
    print_each(output, answer, add_moved);
}

static void add_adopted(struct base_text *line, const struct service_changed_asset *asset, bool dry_run)
{
    if (!asset->changed) {
        return; /* a warning says that it is registered */
    }
    base_text_add_string(line, dry_run ? "would adopt " : "adopted ");
    add_asset(line, asset, asset->name);
    if (asset->adopted == SERVICE_ADOPTED_MOVED) {
        base_text_add_string(line, ", which was ");
        base_text_add_printable(line, base_bytes_of_string(asset->old_path), PATH_SHOWN);
    } else if (asset->adopted == SERVICE_ADOPTED_COPY) {
        base_text_addf(line, ", a copy of asset %d", (int)asset->original);
    }
}

void present_text_adopt(const struct present_output *output, const struct service_answer *answer)
{
    print_each(output, answer, add_adopted);
}

static void add_removed(struct base_text *line, const struct service_changed_asset *asset, bool dry_run)
{
    base_text_add_string(line, dry_run ? "would remove " : "removed ");
    add_asset(line, asset, asset->name);
    if (asset->has_files) {
        base_text_addf(line,
                       dry_run ? "; its files would go into quarantine as %s" : "; its files are in quarantine as %s",
                       asset->folder);
    } else {
        base_text_addf(line, "; its directory is gone already, and quarantine %s %s its record", asset->folder,
                       dry_run ? "would have" : "has");
    }
}

void present_text_remove(const struct present_output *output, const struct service_answer *answer)
{
    print_each(output, answer, add_removed);
}

static void add_restored(struct base_text *line, const struct service_changed_asset *asset, bool dry_run)
{
    base_text_add_string(line, dry_run ? "would restore " : "restored ");
    add_asset(line, asset, asset->name);
    base_text_addf(line, " from quarantine %s", asset->folder);
    if (!asset->has_files) {
        base_text_add_string(line, "; it has no files there: its directory was gone when it was removed");
    }
}

void present_text_quarantine_restore(const struct present_output *output, const struct service_answer *answer)
{
    print_each(output, answer, add_restored);
}
