/* The journal of an edit of the workspace, as a file in the registry's directory. It is taken exactly when a second
 * reading of its grammar takes it, with the same directories, moves, records, assets and hashes; printed again and read
 * again it has the same moves, records and assets. The tail of the input says whether the first line and the hash are
 * set right, and what fails. */
#include "base/hash.h"
#include "fuzz/lib/harness.h"
#include "fuzz/lib/scratch.h"
#include "service/transaction/edit_journal.h"
#include "service/transaction/edit_print.h"

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
    bool is_old;     /* in the version without moves */
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
    questions.is_old = (right & 4U) != 0;
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
static void first_line(char line[LINE], char version)
{
    struct base_text text = BASE_TEXT_EMPTY;
    base_text_add_string(&text, "prpack-edit ");
    base_text_add_char(&text, version);
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

static struct base_text file_of(const struct questions *questions, struct base_bytes input)
{
    struct base_text text = BASE_TEXT_EMPTY;
    if (questions->own_first) {
        char first[LINE];
        first_line(first, questions->is_old ? '2' : '3');
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

/* workspace.md, 1.1. */
static bool is_plain(const char *path)
{
    bool fine = strchr(path, '\\') == NULL;
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
    bool is_deleted;
    bool replaces;
    struct base_hash replaced;
    char path[PATH_ROOM];
};

/* The digits of a path, up to the end of a line. */
static bool read_path(struct base_bytes digits, char path[PATH_ROOM])
{
    if (digits.size % 2 != 0 || digits.size / 2 >= PATH_ROOM || !are_digits(digits.data, digits.size)) {
        return false;
    }
    for (size_t i = 0; i < digits.size / 2; i++) {
        path[i] = (char)byte_of(digits.data + 2 * i);
    }
    path[digits.size / 2] = '\0';
    return strlen(path) == digits.size / 2 && is_plain(path);
}

/* asset.json has lines of its own. */
static bool take_path(struct base_bytes digits, struct line_file *file)
{
    return read_path(digits, file->path) && strcmp(file->path, "asset.json") != 0;
}

/* ---- Directories, moves and records ---- */

enum line_kind { LINE_WAY, LINE_MOVE, LINE_COPY, LINE_RECORD, LINE_DROP };

/* A line of one of these kinds as it says it; where it has one path, that is `to`. */
struct line_move {
    enum line_kind kind;
    bool is_directory;
    uint64_t present;
    char from[PATH_ROOM];
    char to[PATH_ROOM];
};

/* Whether a path is that of a folder of the quarantine, followed by this. */
static bool is_in_folder(const char *path, const char *rest)
{
    static const char begin[] = ".prometeu/quarantine/";
    uint64_t number = 0;
    if (strncmp(path, begin, sizeof begin - 1) != 0) {
        return false;
    }
    path += sizeof begin - 1;
    for (; *path >= '0' && *path <= '9'; path++) {
        number = number > UINT64_C(999999999999) ? number : number * 10 + (uint64_t)(*path - '0');
    }
    return number > 0 && number <= UINT64_C(999999999999) && strcmp(path, rest) == 0;
}

/* A path that does not lead into the registry's directory, or into a folder of the quarantine as `rest` says. */
static bool read_place(struct base_bytes digits, const char *rest, char path[PATH_ROOM])
{
    return read_path(digits, path) &&
           ((strcmp(path, ".prometeu") != 0 && strncmp(path, ".prometeu/", 10) != 0) || is_in_folder(path, rest));
}

static bool has_word(struct base_bytes *line, const char *word)
{
    size_t size = strlen(word);
    bool there = line->size >= size && memcmp(line->data, word, size) == 0;
    *line = there ? base_bytes_make(line->data + size, line->size - size) : *line;
    return there;
}

/* Takes what is before the first space off a line, and the space. */
static struct base_bytes next_word(struct base_bytes *line)
{
    const uint8_t *space = line->size > 0 ? memchr(line->data, ' ', line->size) : NULL;
    size_t size = space != NULL ? (size_t)(space - line->data) : line->size;
    struct base_bytes word = base_bytes_make(line->data, size);
    *line = base_bytes_make(line->data + size, line->size - size);
    (void)has_word(line, " ");
    return word;
}

static bool is_way(struct base_bytes line, struct line_move *move)
{
    if (!has_word(&line, "way ")) {
        return false;
    }
    struct base_bytes number = next_word(&line);
    move->kind = LINE_WAY;
    move->present = 0;
    for (size_t i = 0; i < number.size; i++) {
        if (number.data[i] < '0' || number.data[i] > '9' || move->present > INT32_MAX) {
            return false;
        }
        move->present = move->present * 10 + (uint64_t)(number.data[i] - '0');
    }
    return number.size > 0 && read_place(line, "", move->to) && move->present < strlen(move->to) &&
           (move->present == 0 || move->to[move->present] == '/');
}

static bool is_move(struct base_bytes line, struct line_move *move)
{
    move->kind = has_word(&line, "copy ") ? LINE_COPY : LINE_MOVE;
    move->is_directory = move->kind == LINE_COPY || has_word(&line, "directory ");
    if (!move->is_directory && !has_word(&line, "file ")) {
        return false;
    }
    struct base_bytes from = next_word(&line);
    if (!read_place(from, "/files", move->from) || !read_place(line, "/files", move->to)) {
        return false;
    }
    bool out = is_in_folder(move->from, "/files");
    bool in = is_in_folder(move->to, "/files");
    if ((out && in) || (move->kind == LINE_COPY && !out && !in)) {
        return false;
    }
    /* Nothing is moved into itself. */
    size_t length = strlen(move->from);
    return strncmp(move->from, move->to, length) != 0 || (move->to[length] != '\0' && move->to[length] != '/');
}

static bool is_record(struct base_bytes line, struct line_move *move)
{
    move->kind = has_word(&line, "drop ") ? LINE_DROP : LINE_RECORD;
    return (move->kind == LINE_DROP || has_word(&line, "record ")) && read_path(line, move->to) &&
           is_in_folder(move->to, "/record.json");
}

/* Whether it is the line of a file of an asset that is written; *file is then what it says. */
static bool is_written(struct base_bytes line, struct line_file *file)
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

/* Likewise, or of one that is deleted: there the hash is needed. */
static bool is_asset(struct base_bytes line, bool is_old, struct line_file *file)
{
    bool is_deleted = !is_old && has_word(&line, "delete ");
    bool fine = is_written(line, file) && (!is_deleted || file->replaces);
    file->is_deleted = is_deleted;
    return fine;
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

/* How many lines of each kind there were. */
struct line_counts {
    size_t ways, moves, records, files;
};

static void compare_file(const struct service_edit *edit, const struct line_file *file, size_t at)
{
    FUZZ_CHECK(at < edit->count);
    FUZZ_CHECK_U64(edit->files[at].asset_id, file->asset_id);
    FUZZ_CHECK(edit->files[at].is_deleted == file->is_deleted);
    FUZZ_CHECK(edit->files[at].replaces == file->replaces);
    FUZZ_CHECK(strcmp(edit->files[at].path, file->path) == 0);
    FUZZ_CHECK(!file->replaces || base_hash_equal(edit->files[at].replaced, file->replaced));
}

static void compare_move(const struct service_edit *edit, const struct line_move *move,
                         const struct line_counts *counts)
{
    if (move->kind == LINE_WAY) {
        FUZZ_CHECK(counts->ways < edit->way_count);
        FUZZ_CHECK_U64(edit->ways[counts->ways].present, move->present);
        FUZZ_CHECK(strcmp(edit->ways[counts->ways].path, move->to) == 0);
    } else if (move->kind == LINE_RECORD || move->kind == LINE_DROP) {
        FUZZ_CHECK(counts->records < edit->record_count);
        FUZZ_CHECK(edit->records[counts->records].is_dropped == (move->kind == LINE_DROP));
        FUZZ_CHECK(strcmp(edit->records[counts->records].path, move->to) == 0);
    } else {
        FUZZ_CHECK(counts->moves < edit->move_count);
        FUZZ_CHECK(edit->moves[counts->moves].is_copied == (move->kind == LINE_COPY));
        FUZZ_CHECK(edit->moves[counts->moves].is_directory == move->is_directory);
        FUZZ_CHECK(strcmp(edit->moves[counts->moves].from, move->from) == 0);
        FUZZ_CHECK(strcmp(edit->moves[counts->moves].to, move->to) == 0);
    }
}

static size_t *count_of(struct line_counts *counts, enum line_kind kind)
{
    switch (kind) {
    case LINE_WAY:
        return &counts->ways;
    case LINE_RECORD:
    case LINE_DROP:
        return &counts->records;
    case LINE_MOVE:
    case LINE_COPY:
        break;
    }
    return &counts->moves;
}

/* One line: whether it is right. The edit, when it is not NULL, is compared with it; its directories only when `ways`
 * is set. */
static bool read_line(struct base_bytes line, bool is_old, bool ways, const struct service_edit *edit,
                      struct line_counts *counts)
{
    struct line_move move;
    struct line_file file;
    if (!is_old && (is_way(line, &move) || is_move(line, &move) || is_record(line, &move))) {
        if (edit != NULL && (ways || move.kind != LINE_WAY)) {
            compare_move(edit, &move, counts);
        }
        *count_of(counts, move.kind) += 1;
        return true;
    }
    if (!is_asset(line, is_old, &file)) {
        return false;
    }
    if (edit != NULL) {
        compare_file(edit, &file, counts->files);
    }
    counts->files++;
    return true;
}

/* What reading the file must give. With 0, *edit, when it is not NULL, was compared with the lines. */
static int expect(struct base_bytes text, bool ways, const struct service_edit *edit)
{
    struct base_bytes body = {.data = NULL};
    struct line_counts counts = {.files = 0};
    char first[LINE];
    if (text.size == 0 || !ends_right(text, &body)) {
        return EBADMSG;
    }
    struct base_bytes begin = body;
    bool is_old = has_word(&begin, "prpack-edit 2 ");
    if (!is_old && !has_word(&begin, "prpack-edit 3 ")) {
        return EBADMSG;
    }
    first_line(first, is_old ? '2' : '3');
    if (!has_word(&body, first)) {
        return ESTALE;
    }
    while (body.size > 0) {
        struct base_bytes line = next_line(&body);
        if (line.data == NULL || !read_line(line, is_old, ways, edit, &counts)) {
            return EBADMSG;
        }
    }
    FUZZ_CHECK(edit == NULL || (edit->count == counts.files && edit->move_count == counts.moves &&
                                edit->record_count == counts.records));
    FUZZ_CHECK(edit == NULL || !ways || edit->way_count == counts.ways);
    return 0;
}

/* ---- Printed again ---- */

/* Which directories are printed depends on those that are there. */
static void check_printed(int fd, const struct service_edit *edit)
{
    struct workspace_plan plan = WORKSPACE_PLAN_EMPTY;
    struct base_text text = BASE_TEXT_EMPTY;
    plan.steps = calloc(edit->record_count + edit->move_count + edit->count + 1, sizeof *plan.steps);
    FUZZ_CHECK(plan.steps != NULL);
    for (size_t i = 0; i < edit->record_count; i++) {
        plan.steps[plan.step_count++] = (struct workspace_step){
            .action = edit->records[i].is_dropped ? WORKSPACE_ACTION_DROP : WORKSPACE_ACTION_RECORD,
            .target = edit->records[i].path,
        };
    }
    for (size_t i = 0; i < edit->move_count; i++) {
        plan.steps[plan.step_count++] = (struct workspace_step){
            .action = WORKSPACE_ACTION_MOVE,
            .source = edit->moves[i].from,
            .target = edit->moves[i].to,
            .moves_directory = edit->moves[i].is_directory,
            .copies = edit->moves[i].is_copied,
        };
    }
    for (size_t i = 0; i < edit->count; i++) {
        plan.steps[plan.step_count++] = (struct workspace_step){
            .action = edit->files[i].is_deleted ? WORKSPACE_ACTION_DELETE : WORKSPACE_ACTION_WRITE,
            .target = edit->files[i].path, /* of a root without a name */
            .asset_id = edit->files[i].asset_id,
            .replaces = edit->files[i].replaces,
            .replaced = edit->files[i].replaced,
        };
    }
    plan.step_count++; /* the last one is the registry: it is in no line */
    FUZZ_CHECK_U64(service_edit_print(fd, fd, &plan, &text), 0);
    FUZZ_CHECK_U64(expect(base_text_bytes(&text), false, edit), 0);
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
    scratch_write_string("journal/.index.json.new", "{}");
    struct base_text text = file_of(&questions, input);
    scratch_write("journal/.prpack-edit", base_text_bytes(&text));
    int fd = scratch_open("journal");
    struct service_edit edit;
    int problem = read_journal(fd, &questions, base_text_bytes(&text), &edit);
    if (problem >= 0) {
        FUZZ_CHECK_U64(problem, expect(base_text_bytes(&text), true, problem == 0 ? &edit : NULL));
    }
    if (problem == 0) {
        check_printed(fd, &edit);
    }
    service_edit_free(&edit);
    base_text_free(&text);
    FUZZ_CHECK(close(fd) == 0);
    return 0;
}
