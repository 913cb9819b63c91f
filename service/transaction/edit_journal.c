#include "service/transaction/edit_journal.h"

#include "base/array.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/identity.h"
#include "service/transaction/names.h"
#include "workspace/path.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define FIRST "prpack-edit 2 "
#define LAST "end "

enum { LAST_SIZE = sizeof LAST - 1 + BASE_HASH_HEX + 1 };

/* A line for each of 2^31 assets would not fit into memory anyhow. */
static const uint64_t journal_limit = UINT64_C(1) << 30;

void service_edit_free(struct service_edit *edit)
{
    for (size_t i = 0; i < edit->count; i++) {
        free(edit->files[i].path);
    }
    free(edit->files);
    *edit = (struct service_edit){.files = NULL};
}

/* Appends "prpack-edit 2 I B J C\n". The staged registry is the one in place once it was moved there. */
static int print_first(int registry_fd, struct base_text *text)
{
    struct base_identity directory;
    struct base_identity staged;
    int problem = base_identity_of(registry_fd, &directory);
    if (problem == 0) {
        problem = base_identity_of_name(registry_fd, SERVICE_REGISTRY_STAGE_NAME, &staged);
    }
    if (problem == ENOENT) {
        problem = base_identity_of_name(registry_fd, WORKSPACE_REGISTRY_NAME, &staged);
    }
    if (problem != 0) {
        return problem;
    }
    base_text_addf(text, FIRST "%" PRIu64 " %" PRId64 " %" PRIu64 " %" PRId64 "\n", directory.inode, directory.born,
                   staged.inode, staged.born);
    return base_text_out_of_memory(text) ? ENOMEM : 0;
}

static void print_file(const struct workspace_step *step, struct base_text *text)
{
    const char *path = step->target + step->path_at;
    bool is_anchor = strcmp(path, WORKSPACE_ANCHOR_NAME) == 0;
    base_text_addf(text, "%" PRId32, step->asset_id);
    if (step->replaces) {
        char hex[BASE_HASH_HEX + 1];
        base_hash_to_hex(step->replaced, hex);
        base_text_addf(text, " %s", hex);
    } else if (!is_anchor) {
        base_text_add_string(text, " -");
    }
    for (size_t i = 0; !is_anchor && path[i] != '\0'; i++) {
        base_text_addf(text, "%s%02x", i == 0 ? " " : "", (unsigned)(unsigned char)path[i]);
    }
    base_text_add_char(text, '\n');
}

int service_edit_print(int registry_fd, const struct workspace_plan *plan, struct base_text *text)
{
    int problem = print_first(registry_fd, text);
    for (size_t i = 0; problem == 0 && i < plan->step_count; i++) {
        if (plan->steps[i].asset_id != 0) {
            print_file(&plan->steps[i], text);
        }
    }
    char hex[BASE_HASH_HEX + 1];
    base_hash_to_hex(base_hash_of(base_text_bytes(text)), hex);
    base_text_addf(text, LAST "%s\n", hex);
    return problem == 0 && base_text_out_of_memory(text) ? ENOMEM : problem;
}

/* ---- Reading ---- */

static bool take(struct base_bytes *rest, const char *text)
{
    size_t size = strlen(text);
    bool there = rest->size >= size && memcmp(rest->data, text, size) == 0;
    if (there) {
        *rest = base_bytes_make(rest->data + size, rest->size - size);
    }
    return there;
}

static bool take_hash(struct base_bytes *rest, struct base_hash *hash)
{
    bool there = rest->size >= BASE_HASH_HEX && base_hash_from_hex(base_bytes_make(rest->data, BASE_HASH_HEX), hash);
    if (there) {
        *rest = base_bytes_make(rest->data + BASE_HASH_HEX, rest->size - BASE_HASH_HEX);
    }
    return there;
}

static bool take_id(struct base_bytes *rest, int32_t *id)
{
    int64_t number = 0;
    while (rest->size > 0 && rest->data[0] >= '0' && rest->data[0] <= '9' && number <= INT32_MAX) {
        number = number * 10 + (rest->data[0] - '0');
        *rest = base_bytes_make(rest->data + 1, rest->size - 1);
    }
    *id = number <= INT32_MAX ? (int32_t)number : 0;
    return *id > 0;
}

static int digit_of(uint8_t character)
{
    if (character >= '0' && character <= '9') {
        return character - '0';
    }
    return character >= 'a' && character <= 'f' ? character - 'a' + 10 : -1;
}

/* The digits of a path. *problem is ENOMEM, or EBADMSG where this is not a plain relative path of another file than
 * asset.json. */
static char *take_path(struct base_bytes *rest, int *problem)
{
    struct base_text path = BASE_TEXT_EMPTY;
    bool fine = true;
    while (fine && rest->size >= 2 && digit_of(rest->data[0]) >= 0) {
        int low = digit_of(rest->data[1]);
        int character = digit_of(rest->data[0]) * 16 + low;
        fine = low >= 0 && character > 0;
        base_text_add_char(&path, (char)character);
        *rest = base_bytes_make(rest->data + 2, rest->size - 2);
    }
    char *taken = base_text_take(&path);
    *problem = taken == NULL ? ENOMEM : 0;
    if (taken != NULL && (!fine || workspace_path_fault(taken) != NULL || strcmp(taken, WORKSPACE_ANCHOR_NAME) == 0)) {
        free(taken);
        taken = NULL;
        *problem = EBADMSG;
    }
    return taken;
}

/* What follows the id: "", " HASH", " - PATH" or " HASH PATH". */
static int take_target(struct base_bytes *rest, struct service_edit_file *file)
{
    int problem = 0;
    bool is_new = take(rest, " - ");
    file->replaces = !is_new && take(rest, " ");
    if (file->replaces && !take_hash(rest, &file->replaced)) {
        return EBADMSG;
    }
    if (is_new || (file->replaces && take(rest, " "))) {
        file->path = take_path(rest, &problem);
    } else {
        file->path = strdup(WORKSPACE_ANCHOR_NAME);
        problem = file->path == NULL ? ENOMEM : 0;
    }
    return problem;
}

/* One line. */
static int take_file(struct base_bytes *rest, struct service_edit *edit)
{
    struct service_edit_file file = {.asset_id = 0};
    if (!take_id(rest, &file.asset_id)) {
        return EBADMSG;
    }
    int problem = take_target(rest, &file);
    if (problem == 0 && !take(rest, "\n")) {
        problem = EBADMSG;
    }
    struct service_edit_file *files = NULL;
    if (problem == 0) {
        files = base_array_grow(edit->files, edit->count, &edit->capacity, sizeof file);
        problem = files == NULL ? ENOMEM : 0;
    }
    if (problem != 0) {
        free(file.path);
        return problem;
    }
    edit->files = files;
    files[edit->count++] = file;
    return 0;
}

/* Takes the last line off a journal. False when it is not there, or is not the hash of the rest. */
static bool take_last(struct base_bytes *text)
{
    if (text->size < LAST_SIZE) {
        return false;
    }
    struct base_bytes last = base_bytes_make(text->data + (text->size - LAST_SIZE), LAST_SIZE);
    struct base_bytes before = base_bytes_make(text->data, text->size - LAST_SIZE);
    struct base_hash hash;
    bool whole = take(&last, LAST) && take_hash(&last, &hash) && base_hash_equal(hash, base_hash_of(before));
    *text = before;
    return whole;
}

static int parse(int registry_fd, struct base_bytes text, struct service_edit *edit)
{
    struct base_text first = BASE_TEXT_EMPTY;
    if (!take_last(&text) || text.size < sizeof FIRST || memcmp(text.data, FIRST, sizeof FIRST - 1) != 0) {
        return EBADMSG;
    }
    int problem = print_first(registry_fd, &first);
    if (problem == 0 && !take(&text, base_text_string(&first))) {
        problem = ESTALE;
    }
    base_text_free(&first);
    while (problem == 0 && text.size > 0) {
        problem = take_file(&text, edit);
    }
    return problem == ENOENT ? ESTALE : problem;
}

int service_edit_read(int registry_fd, const char *name, struct service_edit *edit)
{
    *edit = (struct service_edit){.files = NULL};
    struct base_file file;
    uint8_t *data = NULL;
    size_t size = 0;
    int problem = base_file_open_below(&file, registry_fd, name);
    if (problem == 0) {
        problem = base_file_read_all(&file, journal_limit, &data, &size);
        base_file_close(&file);
    }
    if (problem == 0) {
        problem = parse(registry_fd, base_bytes_make(data, size), edit);
    }
    free(data);
    return problem >= BASE_FILE_NOT_REGULAR ? EBADMSG : problem;
}
