#include "verify/header/agreement.h"

#include "verify/core/findings.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* Whether the file is still the one that was opened: only then must two readings of it agree. */
static bool is_unchanged(const struct base_file *file)
{
    struct stat status;
    return fstat(file->fd, &status) == 0 && (uint64_t)status.st_size == file->size &&
           (int64_t)status.st_mtim.tv_sec == file->modified_s && (int64_t)status.st_mtim.tv_nsec == file->modified_ns;
}

static struct pp_pack *open_again(const struct verify_subject *subject, struct pp_error *error)
{
    const struct pp_pack_options options = {
        .access = PP_ACCESS_READ, .max_header = subject->options->max_header, .task = subject->options->task};
    if (subject->input.file == NULL) {
        return pp_pack_open_bytes(subject->input.bytes, &options, error);
    }
    struct base_file again = *subject->input.file;
    again.fd = fcntl(subject->input.file->fd, F_DUPFD_CLOEXEC, 0);
    if (again.fd < 0) {
        *error = (struct pp_error){.diagnostic = DIAG_ENVIRONMENT_READ, .problem = errno};
        return NULL;
    }
    struct pp_pack *pack = pp_pack_open_file(&again, &options, error);
    if (pack == NULL) {
        base_file_close(&again);
    }
    return pack;
}

void verify_open_with_reader(const struct verify_subject *subject, struct verify_opening *opening)
{
    *opening = (struct verify_opening){.error = {.diagnostic = DIAG_NONE}};
    opening->pack = open_again(subject, &opening->error);
    opening->is_canonical = opening->pack != NULL && pp_pack_is_canonical(opening->pack);
    /* What is not compared need not stay in memory. */
    if (opening->pack != NULL && pp_pack_header(opening->pack).size > VERIFY_SECOND_READING_MAX) {
        verify_opening_close(opening);
    }
}

void verify_opening_close(struct verify_opening *opening)
{
    pp_pack_close(opening->pack);
    opening->pack = NULL;
}

/* ---- Disagreement ---- */

/* Reports a disagreement: a fault of this program, unless the file has changed between the two readings. */
static void report_disagreement(const struct verify_subject *subject, struct verify_sink *sink, struct base_place place,
                                const char *text)
{
    bool changed = subject->input.file != NULL && !is_unchanged(subject->input.file);
    place.file = subject->path;
    base_report(&sink->findings, changed ? DIAG_ENVIRONMENT_READ : DIAG_INTERNAL,
                &(struct base_details){.place = place}, "%s", changed ? "the file changed while it was read" : text);
}

/* ---- The two tables ---- */

/* Where two tables differ. */
struct difference {
    const char *array; /* NULL: nowhere */
    const char *member;
    size_t index;
};

/* Whether a span that the reader lends lies in its header where the row says. */
static bool is_span(struct base_bytes header, struct base_bytes span, uint32_t at, uint32_t size)
{
    return (size_t)(span.data - header.data) == at && span.size == size;
}

/* Returns the member that differs, or NULL. */
static const char *compare_row(const struct pp_pack *pack, size_t index, const struct reader_row *row)
{
    struct base_bytes header = pp_pack_header(pack);
    struct pp_entry entry = pp_pack_entry(pack, index);
    if (entry.asset_id != row->asset_id || pp_pack_find_id(pack, row->asset_id) != index) {
        return "asset_id";
    }
    if (!is_span(header, entry.name, row->name_at, row->name_size)) {
        return "asset_name";
    }
    if (entry.bank != (enum pp_bank)row->bank) {
        return "bank_type";
    }
    if (entry.decoded_size != row->decoded_size) {
        return "decoded_size";
    }
    if (!is_span(header, entry.metadata, row->metadata_at, row->metadata_size)) {
        return "metadata";
    }
    if (entry.offset != row->offset) {
        return "offset";
    }
    if (entry.size != row->size) {
        return "size";
    }
    return row->valid == READER_MEMBERS_ALL && row->slice_inside ? NULL : "";
}

static const char *compare_preload(const struct pp_pack *pack, size_t index, const struct reader_preload_row *row)
{
    struct pp_preload preload = pp_pack_preload(pack, index);
    if (preload.asset_id != row->asset_id || preload.entry != row->entry) {
        return "asset_id";
    }
    return preload.slot == row->slot && row->valid == READER_PRELOAD_ALL ? NULL : "slot";
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

static struct difference compare_tables(const struct pp_pack *pack, const struct reader_table *table,
                                        struct base_task *task)
{
    struct difference found = {.array = NULL};
    size_t count = smaller(pp_pack_count(pack), table->count);
    size_t preload_count = smaller(pp_pack_preload_count(pack), table->preload_count);
    for (size_t i = 0; i < count && !base_task_cancelled_in(task, i); i++) {
        found.member = compare_row(pack, i, &table->rows[i]);
        if (found.member != NULL) {
            return (struct difference){.array = "asset_table", .member = found.member, .index = i};
        }
    }
    if (pp_pack_count(pack) != table->count) {
        return (struct difference){.array = "asset_table", .member = "", .index = count};
    }
    for (size_t i = 0; i < preload_count && !base_task_cancelled_in(task, i); i++) {
        found.member = compare_preload(pack, i, &table->preload[i]);
        if (found.member != NULL) {
            return (struct difference){.array = "preload", .member = found.member, .index = i};
        }
    }
    if (pp_pack_preload_count(pack) != table->preload_count) {
        return (struct difference){.array = "preload", .member = "", .index = preload_count};
    }
    return found;
}

static void report_difference(const struct verify_subject *subject, struct verify_sink *sink,
                              const struct difference *difference)
{
    struct base_text pointer = BASE_TEXT_EMPTY;
    json_pointer_add_name(&pointer, difference->array);
    json_pointer_add_index(&pointer, difference->index);
    if (difference->member[0] != '\0') {
        json_pointer_add_name(&pointer, difference->member);
    }
    report_disagreement(subject, sink, (struct base_place){.json_pointer = base_text_string(&pointer)},
                        "the two parsers of the header read something different here");
    base_text_release(&pointer, &sink->findings.out_of_memory);
}

void verify_check_tables(const struct verify_subject *subject, const struct verify_opening *opening,
                         const struct reader_table *table, struct verify_sink *sink)
{
    if (opening->pack == NULL || base_findings_any(&sink->findings, DIAG_CLASS_L)) {
        return; /* verify_check_agreement compares the verdicts */
    }
    if (table == NULL) {
        report_disagreement(subject, sink, BASE_NOWHERE, "only one of the two parsers makes a table of the header");
        return;
    }
    struct difference difference = compare_tables(opening->pack, table, subject->options->task);
    if (difference.array != NULL) {
        report_difference(subject, sink, &difference);
    }
}

/* ---- The two verdicts ---- */

void verify_check_agreement(const struct verify_subject *subject, const struct verify_facts *facts,
                            const struct verify_opening *opening, struct verify_sink *sink)
{
    if (!verify_loading_is_checked(facts) || base_findings_any(&sink->findings, DIAG_CLASS_E)) {
        return;
    }
    const struct pp_error *error = &opening->error;
    bool opened = error->diagnostic == DIAG_NONE;
    if (!opened && diag_facts(error->diagnostic)->class_ != DIAG_CLASS_L) {
        int problem = error->diagnostic == DIAG_ENVIRONMENT_MEMORY ? ENOMEM : error->problem;
        verify_report_read_failure(&sink->findings, subject->path, error->byte_offset, problem);
        return;
    }
    struct base_place place = {.has_byte_offset = !opened, .byte_offset = error->byte_offset};
    if (opened == base_findings_any(&sink->findings, DIAG_CLASS_L)) {
        report_disagreement(subject, sink, place,
                            opened ? "the reader opens a pack in which faults of class L were found"
                                   : "the reader refuses a pack in which no fault of class L was found");
    } else if (opened && opening->is_canonical != facts->header_is_ordinary) {
        report_disagreement(subject, sink, place,
                            opening->is_canonical ? "the reader takes a header for canonical that is not"
                                                  : "the reader does not take a canonical header for one");
    }
}
