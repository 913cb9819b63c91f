/* The journal of an edit of the workspace, as a file in the registry's directory. It is taken exactly when a second
 * reading of its grammar takes it, with the same assets and hashes; printed again and read again it is the same. The
 * tail of the input says whether the first line and the hash are set right, and what fails. */
#include "base/hash.h"
#include "fuzz/lib/harness.h"
#include "fuzz/lib/scratch.h"
#include "service/transaction/edit_journal.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- What the tail asks for ---- */

struct questions {
    bool own_first;  /* the first line is that of the directory */
    bool own_hash;   /* the last line is the hash of the others */
    uint64_t memory; /* this allocation fails; 0: none */
    uint64_t call;   /* this system call fails; 0: none */
    enum fuzz_call_fault how;
};

static struct questions take_questions(struct base_bytes *input)
{
    struct questions questions;
    uint8_t right = fuzz_take_u8(input);
    questions.memory = fuzz_take_u8(input);
    uint8_t call = fuzz_take_u8(input);
    questions.call = call / FUZZ_CALL_FAULTS;
    questions.how = (enum fuzz_call_fault)(call % FUZZ_CALL_FAULTS);
    questions.own_first = (right & 1U) != 0;
    questions.own_hash = (right & 2U) != 0;
    return questions;
}

/* ---- The file ---- */

enum { LINE = 120, PATH_ROOM = 65536 };

/* Appends the inode number of a file and its time of birth in nanoseconds, 0 where the file system does not keep one.
 */
static void add_identity(struct base_text *text, const char *path)
{
    struct statx of;
    FUZZ_CHECK(statx(AT_FDCWD, path, 0, STATX_INO | STATX_BTIME, &of) == 0);
    bool born = (of.stx_mask & STATX_BTIME) != 0;
    int64_t birth = born ? of.stx_btime.tv_sec * 1000000000 + (int64_t)of.stx_btime.tv_nsec : 0;
    base_text_addf(text, " %ju %jd", (uintmax_t)of.stx_ino, (intmax_t)birth);
}

/* The numbers are decimal: of the directory, and of the registry that is staged in it. */
static void first_line(char line[LINE])
{
    struct base_text text = BASE_TEXT_EMPTY;
    base_text_add_string(&text, "prpack-edit 2");
    add_identity(&text, scratch_path("journal"));
    add_identity(&text, scratch_path("journal/.index.json.new"));
    (void)snprintf(line, LINE, "%.*s\n", (int)text.size, text.data);
    base_text_free(&text);
}

static void add_hash_line(struct base_text *text)
{
    char hex[BASE_HASH_HEX + 1];
    base_hash_to_hex(base_hash_of(base_text_bytes(text)), hex);
    base_text_addf(text, "end %s\n", hex);
}

static struct base_text file_of(const struct questions *questions, const char *first, struct base_bytes input)
{
    struct base_text text = BASE_TEXT_EMPTY;
    if (questions->own_first) {
        base_text_add_string(&text, first);
    }
    base_text_add(&text, input);
    if (questions->own_hash) {
        add_hash_line(&text);
    }
    return text;
}

/* ---- The second reading: line by line, from the front ---- */

/* One line without its end; data NULL when there is no whole line any more. */
static struct base_bytes next_line(struct base_bytes *rest)
{
    const uint8_t *end = rest->size > 0 ? memchr(rest->data, '\n', rest->size) : NULL;
    if (end == NULL) {
        return (struct base_bytes){.data = NULL};
    }
    struct base_bytes line = base_bytes_make(rest->data, (size_t)(end - rest->data));
    *rest = base_bytes_make(end + 1, rest->size - line.size - 1);
    return line;
}

static bool are_digits(const uint8_t *data, size_t size)
{
    bool fine = true;
    for (size_t i = 0; fine && i < size; i++) {
        fine = strchr("0123456789abcdef", data[i]) != NULL && data[i] != 0;
    }
    return fine;
}

static uint8_t byte_of(const uint8_t *digits)
{
    char text[3] = {(char)digits[0], (char)digits[1], '\0'};
    return (uint8_t)strtoul(text, NULL, 16);
}

/* workspace.md, 1.1; and no asset.json, which has lines of its own. */
static bool is_plain(const char *path)
{
    bool fine = strcmp(path, "asset.json") != 0 && strchr(path, '\\') == NULL;
    const char *component = path;
    while (fine && component != NULL) {
        size_t length = strcspn(component, "/");
        bool dots = (length == 1 && component[0] == '.') || (length == 2 && memcmp(component, "..", 2) == 0);
        fine = length > 0 && !dots;
        component = component[length] == '/' ? component + length + 1 : NULL;
    }
    return fine;
}

/* A file as a line says it; the path is `path`, or that of asset.json. */
struct line_file {
    int32_t asset_id;
    bool replaces;
    struct base_hash replaced;
    char path[PATH_ROOM];
};

/* The digits of a path, up to the end of a line. */
static bool take_path(struct base_bytes digits, struct line_file *file)
{
    if (digits.size % 2 != 0 || digits.size / 2 >= sizeof file->path || !are_digits(digits.data, digits.size)) {
        return false;
    }
    for (size_t i = 0; i < digits.size / 2; i++) {
        file->path[i] = (char)byte_of(digits.data + 2 * i);
    }
    file->path[digits.size / 2] = '\0';
    return strlen(file->path) == digits.size / 2 && is_plain(file->path);
}

/* Whether it is the line of an asset; *file is then what it says. */
static bool is_asset(struct base_bytes line, struct line_file *file)
{
    uint64_t id = 0;
    size_t at = 0;
    for (; at < line.size && line.data[at] >= '0' && line.data[at] <= '9'; at++) {
        id = id > INT32_MAX ? id : id * 10 + (uint64_t)(line.data[at] - '0');
    }
    *file = (struct line_file){.asset_id = id <= INT32_MAX ? (int32_t)id : 0, .path = "asset.json"};
    if (id == 0 || id > INT32_MAX) {
        return false;
    }
    struct base_bytes rest = base_bytes_make(line.data + at, line.size - at);
    if (rest.size >= 3 && memcmp(rest.data, " - ", 3) == 0) {
        return take_path(base_bytes_make(rest.data + 3, rest.size - 3), file);
    }
    if (rest.size == 0) {
        return true;
    }
    if (rest.size < 1 + BASE_HASH_HEX || rest.data[0] != ' ' || !are_digits(rest.data + 1, BASE_HASH_HEX)) {
        return false;
    }
    file->replaces = true;
    for (size_t i = 0; i < BASE_HASH_SIZE; i++) {
        file->replaced.bytes[i] = byte_of(rest.data + 1 + 2 * i);
    }
    rest = base_bytes_make(rest.data + 1 + BASE_HASH_HEX, rest.size - 1 - BASE_HASH_HEX);
    return rest.size == 0 || (rest.data[0] == ' ' && take_path(base_bytes_make(rest.data + 1, rest.size - 1), file));
}

/* Whether the text ends with the hash of all before; *body is then that. It may be cut in a line: then it has no more
 * lines than it has ends. */
static bool ends_right(struct base_bytes text, struct base_bytes *body)
{
    enum { HASH_LINE = 4 + BASE_HASH_HEX + 1 };
    struct base_text expected = BASE_TEXT_EMPTY;
    *body = base_bytes_make(text.data, text.size > HASH_LINE ? text.size - HASH_LINE : 0);
    base_text_add(&expected, *body);
    add_hash_line(&expected);
    bool right = base_bytes_equal(base_text_bytes(&expected), text);
    base_text_free(&expected);
    return right;
}

/* What reading the file must give. With 0, *edit, when it is not NULL, was compared with the lines. */
static int expect(struct base_bytes text, const char *first, const struct service_edit *edit)
{
    struct base_bytes body = {.data = NULL};
    size_t count = 0;
    if (text.size == 0 || !ends_right(text, &body)) {
        return EBADMSG;
    }
    size_t own = strlen(first);
    if (body.size <= strlen("prpack-edit 2 ") || memcmp(body.data, "prpack-edit 2 ", strlen("prpack-edit 2 ")) != 0) {
        return EBADMSG;
    }
    if (body.size < own || memcmp(body.data, first, own) != 0) {
        return ESTALE;
    }
    body = base_bytes_make(body.data + own, body.size - own);
    while (body.size > 0) {
        struct line_file file;
        struct base_bytes line = next_line(&body);
        if (line.data == NULL || !is_asset(line, &file)) {
            return EBADMSG;
        }
        if (edit != NULL) {
            FUZZ_CHECK(count < edit->count);
            FUZZ_CHECK_U64(edit->files[count].asset_id, file.asset_id);
            FUZZ_CHECK(edit->files[count].replaces == file.replaces);
            FUZZ_CHECK(strcmp(edit->files[count].path, file.path) == 0);
            FUZZ_CHECK(!file.replaces || base_hash_equal(edit->files[count].replaced, file.replaced));
        }
        count++;
    }
    FUZZ_CHECK(edit == NULL || edit->count == count);
    return 0;
}

/* ---- Printed again ---- */

static void check_printed(int fd, const struct service_edit *edit, const char *first)
{
    struct workspace_plan plan = WORKSPACE_PLAN_EMPTY;
    struct base_text text = BASE_TEXT_EMPTY;
    plan.steps = calloc(edit->count + 1, sizeof *plan.steps);
    FUZZ_CHECK(plan.steps != NULL);
    plan.step_count = edit->count + 1; /* the last one is the registry: it is in no line */
    for (size_t i = 0; i < edit->count; i++) {
        plan.steps[i].target = edit->files[i].path; /* of a root without a name */
        plan.steps[i].asset_id = edit->files[i].asset_id;
        plan.steps[i].replaces = edit->files[i].replaces;
        plan.steps[i].replaced = edit->files[i].replaced;
    }
    FUZZ_CHECK_U64(service_edit_print(fd, &plan, &text), 0);
    FUZZ_CHECK_U64(expect(base_text_bytes(&text), first, edit), 0);
    base_text_free(&text);
    free(plan.steps);
}

/* ---- The target ---- */

static int read_journal(int fd, const struct questions *questions, struct base_bytes text, struct service_edit *edit)
{
    fuzz_memory_begin();
    fuzz_memory_fail(questions->memory);
    fuzz_call_fail(questions->call, questions->how);
    int problem = service_edit_read(fd, ".prpack-edit", edit);
    bool no_memory = fuzz_memory_failed();
    bool failed = fuzz_call_failed() && questions->how != FUZZ_CALL_INTERRUPT && questions->how != FUZZ_CALL_SHORT;
    FUZZ_CHECK(fuzz_memory_peak() <= 65536 + text.size * 64);
    FUZZ_CHECK(!no_memory || problem == ENOMEM);
    /* Another call that fails may be one that does not matter: then the journal is read as if none had. */
    return problem != 0 && (no_memory || failed) ? -1 : problem;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct base_bytes input = base_bytes_make(data, size);
    const struct questions questions = take_questions(&input);
    char first[LINE];
    scratch_write_string("journal/.index.json.new", "{}");
    first_line(first);
    struct base_text text = file_of(&questions, first, input);
    scratch_write("journal/.prpack-edit", base_text_bytes(&text));
    int fd = scratch_open("journal");
    struct service_edit edit;
    int problem = read_journal(fd, &questions, base_text_bytes(&text), &edit);
    if (problem >= 0) {
        FUZZ_CHECK_U64(problem, expect(base_text_bytes(&text), first, problem == 0 ? &edit : NULL));
    }
    if (problem == 0) {
        check_printed(fd, &edit, first);
    }
    service_edit_free(&edit);
    base_text_free(&text);
    FUZZ_CHECK(close(fd) == 0);
    return 0;
}
