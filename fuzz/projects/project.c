#include "fuzz/projects/project.h"

#include "fuzz/lib/scratch.h"
#include "fuzz/mutate/json.h"
#include "fuzz/mutate/splice.h"
#include "fuzz/projects/build.h"
#include "fuzz/projects/companions.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEAD = 8, MOST_BYTES = 3 << 20, MOST_RECORDS = 128 };

/* Up to LATER before the build, from there on afterwards. */
enum op {
    WRITE,
    FOLDER,
    LINK_OUT,
    LINK_IN,
    LATER,
    REMOVE = LATER,
    REWRITE,
    APPEND,
    OVERWRITE,     /* `total` bytes from the start */
    OVERWRITE_END, /* `total` bytes from the end */
    SUBSTITUTE,    /* the bytes after the first NUL for the first occurrence of those before it */
    REPLACE,       /* by a directory */
    RELINK,        /* by a link out of the project */
    REPAIR,        /* the companions, so that they agree with the pack; the place is nothing */
    OPS
};

/* Of the project: the registry, and five files of each of four assets. Of the build: its files, what makes it a
 * cartridge, the directory itself. */
enum { ASSETS = 20, FILES = 5, IN_BUILD = 1 + ASSETS * FILES, MANIFEST = IN_BUILD + BUILD_FILES, BUILD, PLACES };

struct record {
    enum op op;
    unsigned place;
    uint32_t total;
    struct base_bytes bytes;
    struct base_bytes whole; /* with its head */
};

static bool take_record(struct base_bytes *records, struct record *record)
{
    struct base_bytes head = fuzz_take_front(records, HEAD);
    if (head.size < HEAD) {
        return false;
    }
    *record = (struct record){.op = (enum op)(head.data[0] % OPS),
                              .place = head.data[1] % PLACES,
                              .total = base_load_le32(head.data + 2) % (MOST_BYTES + 1)};
    record->bytes = fuzz_take_front(records, base_load_le16(head.data + 6));
    record->whole = base_bytes_make(head.data, HEAD + record->bytes.size);
    return true;
}

static const char *path_of(unsigned place)
{
    static const char *const files[FILES] = {"asset.json", "f0", "f1", "f2", "f3"};
    char path[64];
    if (place == 0) {
        return scratch_path("project/assets/.prometeu/index.json");
    }
    if (place < IN_BUILD) {
        (void)snprintf(path, sizeof path, "project/assets/a%u/%s", (place - 1) / FILES, files[(place - 1) % FILES]);
    } else if (place < MANIFEST) {
        (void)snprintf(path, sizeof path, "first/%s", build_names[place - IN_BUILD]);
    } else {
        (void)snprintf(path, sizeof path, "%s", place == MANIFEST ? "first/manifest.json" : "first");
    }
    return scratch_path(path);
}

/* What cannot be done is left: nothing here follows a link. */
static int open_for(const char *path, int flags)
{
    return open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC | flags, 0600);
}

static void put(int fd, struct base_bytes bytes, off_t at)
{
    static const struct timespec other[2] = {{.tv_sec = 1000}, {.tv_sec = 1000}};
    if (fd >= 0 && bytes.size > 0 && at >= 0) {
        (void)!pwrite(fd, bytes.data, bytes.size, at);
        (void)futimens(fd, other);
    }
}

static off_t size_of(int fd)
{
    struct stat status;
    return fd >= 0 && fstat(fd, &status) == 0 && S_ISREG(status.st_mode) ? status.st_size : 0;
}

static void write_new(const char *path, const struct record *record)
{
    int fd = open_for(path, O_CREAT | O_TRUNC);
    if (fd >= 0) {
        (void)!pwrite(fd, record->bytes.data, record->bytes.size, 0);
        (void)!ftruncate(fd, (off_t)(record->total > record->bytes.size ? record->total : record->bytes.size));
        (void)close(fd);
    }
}

static void substitute(int fd, struct base_bytes bytes)
{
    const uint8_t *nul = bytes.size > 0 ? memchr(bytes.data, 0, bytes.size) : NULL;
    size_t size = (size_t)size_of(fd);
    uint8_t *text = nul != NULL && nul > bytes.data && size > 0 ? malloc(size) : NULL;
    if (text != NULL && pread(fd, text, size, 0) == (ssize_t)size) {
        size_t length = (size_t)(nul - bytes.data);
        const uint8_t *found = memmem(text, size, bytes.data, length);
        if (found != NULL) {
            size_t at = (size_t)(found - text);
            struct fuzz_text changed = {.data = NULL};
            fuzz_text_add(&changed, nul + 1, bytes.size - length - 1);
            fuzz_text_add(&changed, found + length, size - at - length);
            (void)!ftruncate(fd, (off_t)(at + changed.size));
            put(fd, fuzz_text_bytes(&changed), (off_t)at);
            fuzz_text_free(&changed);
        }
    }
    free(text);
}

static void change_file(const char *path, const struct record *record)
{
    int fd = open_for(path, record->op == REWRITE ? O_CREAT | O_TRUNC : 0);
    if (record->op == SUBSTITUTE) {
        substitute(fd, record->bytes);
    } else {
        off_t at = record->op == REWRITE ? 0 : record->op == OVERWRITE ? (off_t)record->total : size_of(fd);
        put(fd, record->bytes, record->op == OVERWRITE_END ? at - (off_t)record->total : at);
        if (record->op == REWRITE && record->total > record->bytes.size) {
            (void)!ftruncate(fd, (off_t)record->total);
        }
    }
    if (fd >= 0) {
        (void)close(fd);
    }
}

static void repair(void)
{
    struct build build;
    for (unsigned i = 0; i < BUILD_FILES; i++) {
        struct stat status;
        if (lstat(path_of(IN_BUILD + i), &status) != 0 || !S_ISREG(status.st_mode)) {
            return;
        }
    }
    build_read(&build, "first");
    companions_repair_mirrors(build.files);
    companions_repair_hashes(build.files);
    build_put(&build, "first");
    build_free(&build);
}

static void carry_out(const struct record *record)
{
    const char *path = path_of(record->place);
    switch (record->op) {
    case WRITE:
        write_new(path, record);
        break;
    case LINK_OUT:
        (void)!symlink("../../../outside", path);
        break;
    case LINK_IN:
        (void)!symlink("f0", path);
        break;
    case FOLDER:
        (void)mkdir(path, 0700);
        break;
    case REMOVE:
        (void)remove(path);
        break;
    case REWRITE:
    case APPEND:
    case OVERWRITE:
    case OVERWRITE_END:
    case SUBSTITUTE:
        change_file(path, record);
        break;
    case REPLACE:
        (void)remove(path);
        (void)mkdir(path, 0700);
        break;
    case RELINK:
        (void)remove(path);
        (void)!symlink("../../../outside", path);
        break;
    case REPAIR:
        repair();
        break;
    case OPS:
        break;
    }
}

static void make_root(unsigned place)
{
    if (place > 0 && place < IN_BUILD) {
        char path[32];
        (void)snprintf(path, sizeof path, "project/assets/a%u", (place - 1) / FILES);
        (void)mkdir(scratch_path(path), 0700);
    }
}

static void carry_out_all(const struct project *project, bool later)
{
    struct base_bytes rest = project->records;
    struct record record;
    for (unsigned i = 0; i < MOST_RECORDS && take_record(&rest, &record); i++) {
        if ((record.op >= LATER) == later) {
            make_root(record.place);
            carry_out(&record);
        }
    }
}

void project_unpack(const struct project *project)
{
    scratch_remove("project");
    scratch_remove("first");
    scratch_make("first");
    scratch_write_string("outside", "outside");
    scratch_make("project/assets/.prometeu");
    carry_out_all(project, false);
}

void project_change(const struct project *project)
{
    carry_out_all(project, true);
}

/* ---- Mutation ---- */

static void add_record(struct fuzz_text *out, const struct record *record, struct base_bytes bytes)
{
    uint8_t head[HEAD];
    bytes.size = bytes.size < UINT16_MAX ? bytes.size : UINT16_MAX;
    head[0] = (uint8_t)record->op;
    head[1] = (uint8_t)record->place;
    base_store_le32(head + 2, record->total);
    base_store_le16(head + 6, (uint16_t)bytes.size);
    fuzz_text_add(out, head, sizeof head);
    fuzz_text_add(out, bytes.data, bytes.size);
}

static void change_record(struct fuzz_random *random, struct fuzz_text *out, struct record record)
{
    struct fuzz_text bytes = {.data = NULL};
    fuzz_text_add(&bytes, record.bytes.data, record.bytes.size);
    switch (fuzz_random_below(random, 12)) {
    case 0:
        break; /* left out */
    case 1:
        add_record(out, &record, record.bytes);
        record.op = (enum op)(LATER + fuzz_random_below(random, OPS - LATER));
        record.total = fuzz_random_below(random, 128);
        add_record(out, &record, record.bytes);
        break;
    case 2:
        record.op = (enum op)fuzz_random_below(random, OPS);
        add_record(out, &record, record.bytes);
        break;
    case 3:
        record.place = fuzz_random_below(random, PLACES);
        add_record(out, &record, record.bytes);
        break;
    case 4:
        record.total = fuzz_random_below(random, 70000);
        add_record(out, &record, record.bytes);
        break;
    default:
        fuzz_mutate_json_or_bytes(random, &bytes);
        add_record(out, &record, fuzz_text_bytes(&bytes));
        break;
    }
    fuzz_text_free(&bytes);
}

void project_mutate(struct fuzz_random *random, struct fuzz_text *records)
{
    struct fuzz_text out = {.data = NULL};
    struct base_bytes rest = fuzz_text_bytes(records);
    struct record record;
    uint32_t count = 0;
    while (take_record(&rest, &record)) {
        count++;
    }
    if (count == 0) {
        fuzz_mutate_bytes(records);
        return;
    }
    rest = fuzz_text_bytes(records);
    uint32_t chosen = fuzz_random_below(random, count);
    for (uint32_t i = 0; take_record(&rest, &record); i++) {
        if (i == chosen) {
            change_record(random, &out, record);
        } else {
            fuzz_text_add(&out, record.whole.data, record.whole.size);
        }
    }
    fuzz_text_free(records);
    *records = out;
}
