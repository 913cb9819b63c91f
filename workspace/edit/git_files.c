#include "workspace/edit/git_files.h"

#include "base/file.h"
#include "base/report.h"
#include "workspace/document/problem.h"
#include "workspace/model/limits.h"
#include "workspace/path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Whatever else prpack keeps there, now or later, is of one machine alone. */
static const char gitignore[] =
    "# The registry, and what is meant to stay out of the game, are for version control. All else here is of this\n"
    "# machine alone: cache.json, history.jsonl, quarantine/, and what an interrupted prpack leaves.\n"
    "*\n"
    "!/.gitattributes\n"
    "!/.gitignore\n"
    "!/ignore\n"
    "!/index.json\n";

/* As earlier versions wrote it. */
static const char *const older_gitignores[] = {
    "# The registry, and what is meant to stay out of the game, are for version control. All else here is of this\n"
    "# machine alone: cache.json, history.jsonl, quarantine/, and what an interrupted prpack leaves.\n"
    "*\n"
    "!/.gitignore\n"
    "!/ignore\n"
    "!/index.json\n",
    "# The registry, and what is meant to stay out of the game, are for version control. All else here is of this\n"
    "# machine alone: cache.json, and what an interrupted prpack leaves.\n"
    "*\n"
    "!/.gitignore\n"
    "!/ignore\n"
    "!/index.json\n",
};

static const char gitattributes[] =
    "# The registry is merged by prpack: git needs the driver for that, which each clone sets up by itself.\n"
    "index.json merge=prpack\n";

/* One file. */
struct git_file {
    const char *path;    /* below assets/ */
    const char *content; /* of a new one */
    const char *line;    /* that an old one must have, without its end */
    const char *reason;
};

static const struct git_file ignore_file = {
    .path = WORKSPACE_GITIGNORE_PATH,
    .content = gitignore,
    .line = "!/.gitattributes",
    .reason = "it keeps what is of this machine out of git",
};

static const struct git_file attributes_file = {
    .path = WORKSPACE_GITATTRIBUTES_PATH,
    .content = gitattributes,
    .line = "index.json merge=prpack",
    .reason = "it names the driver that merges the registry in git",
};

static bool add_step(struct workspace_plan *plan, const struct git_file *file, struct base_text *content,
                     struct base_findings *findings)
{
    struct workspace_step *step = workspace_plan_next_step(plan);
    char *target = step != NULL ? strdup(file->path) : NULL;
    if (target == NULL || base_text_out_of_memory(content)) {
        base_report_out_of_memory(findings, NULL);
        base_text_free(content);
        free(target);
        return false;
    }
    *step = (struct workspace_step){.target = target, .content = *content, .reason = file->reason};
    plan->step_count++;
    return true;
}

/* ---- A file that is there ---- */

/* Whether the text has the line, with blanks around it or not. */
static bool has_line(struct base_bytes text, const char *line)
{
    size_t length = strlen(line);
    for (size_t at = 0; at < text.size;) {
        const uint8_t *end = memchr(text.data + at, '\n', text.size - at);
        size_t next = end != NULL ? (size_t)(end - text.data) + 1 : text.size;
        size_t begin = at;
        size_t stop = next;
        while (begin < stop && strchr(" \t", text.data[begin]) != NULL && text.data[begin] != '\0') {
            begin++;
        }
        while (stop > begin && strchr(" \t\r\n", text.data[stop - 1]) != NULL && text.data[stop - 1] != '\0') {
            stop--;
        }
        if (stop - begin == length && memcmp(text.data + begin, line, length) == 0) {
            return true;
        }
        at = next;
    }
    return false;
}

static bool is_older(const struct git_file *file, struct base_bytes text)
{
    bool older = false;
    for (size_t i = 0; file == &ignore_file && i < sizeof older_gitignores / sizeof older_gitignores[0]; i++) {
        older = older || base_bytes_equal(text, base_bytes_of_string(older_gitignores[i]));
    }
    return older;
}

/* Adds the step that gives the file what it lacks, if it lacks it. */
static bool complete(struct workspace_plan *plan, const struct git_file *file, struct base_bytes text,
                     struct base_findings *findings)
{
    struct base_text content = BASE_TEXT_EMPTY;
    if (has_line(text, file->line)) {
        return true;
    }
    if (is_older(file, text)) {
        base_text_add_string(&content, file->content);
    } else {
        base_text_add(&content, text);
        base_text_add_string(&content, text.size > 0 && text.data[text.size - 1] != '\n' ? "\n" : "");
        base_text_add_string(&content, file->line);
        base_text_add_char(&content, '\n');
    }
    return add_step(plan, file, &content, findings);
}

static bool read_and_complete(int root_fd, const char *path, const struct git_file *file, struct workspace_plan *plan,
                              struct base_findings *findings)
{
    const struct base_place place = {.file = path};
    struct base_file opened;
    struct stat status;
    uint8_t *data = NULL;
    size_t size = 0;
    int problem = 0;
    /* A link could lead anywhere, and what is written takes its place. */
    if (fstatat(root_fd, path, &status, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(status.st_mode)) {
        problem = BASE_FILE_NOT_REGULAR;
    } else if ((problem = base_file_open_at(&opened, root_fd, path)) == 0) {
        problem = base_file_read_all(&opened, WORKSPACE_GIT_FILE_BYTES_MAX, &data, &size);
        base_file_close(&opened);
    }
    if (problem == BASE_FILE_TOO_LARGE) {
        base_report(findings, DIAG_INPUT_TOO_LARGE,
                    &(struct base_details){.place = place, .expected = "at most 65536 bytes"}, "the file is too large");
    } else if (problem != 0) {
        workspace_report_read_problem(findings, &place, problem, DIAG_ENVIRONMENT_READ, "the file is gone");
    }
    bool fine = problem == 0 && complete(plan, file, base_bytes_make(data, size), findings);
    free(data);
    return fine;
}

/* ---- Both files ---- */

/* With `old`, a file that is there is completed; without, it stays as it is. */
static bool plan_file(int root_fd, const char *assets, const struct git_file *file, bool old,
                      struct workspace_plan *plan, struct base_findings *findings)
{
    struct stat status;
    struct base_text content = BASE_TEXT_EMPTY;
    char *path = workspace_assets_path(assets, file->path, NULL);
    bool fine = true;
    if (path == NULL) {
        base_report_out_of_memory(findings, NULL);
        fine = false;
    } else if (fstatat(root_fd, path, &status, AT_SYMLINK_NOFOLLOW) != 0) {
        base_text_add_string(&content, file->content);
        fine = add_step(plan, file, &content, findings);
    } else if (old) {
        fine = read_and_complete(root_fd, path, file, plan, findings);
    }
    free(path);
    return fine;
}

bool workspace_plan_git_files(int root_fd, const char *assets, bool git, struct workspace_plan *plan,
                              struct base_findings *findings)
{
    return plan_file(root_fd, assets, &ignore_file, git, plan, findings) &&
           (!git || plan_file(root_fd, assets, &attributes_file, true, plan, findings));
}

struct base_bytes workspace_gitignore(void)
{
    return base_bytes_make(gitignore, sizeof gitignore - 1);
}
