#include "writer/sound/loop.h"

#include "writer/source.h"

#include <stdlib.h>
#include <string.h>

/* ---- WAV ---- */

enum {
    SMPL_HEAD_SIZE = 36,
    SMPL_COUNT_AT = 28,
    SMPL_LOOP_SIZE = 24,
    SMPL_TYPE_AT = 4, /* in a loop */
    SMPL_FIRST_AT = 8,
    SMPL_LAST_AT = 12,
    SMPL_FORWARD = 0,
};

static const char not_forward[] = "its loops do not run forward";

bool writer_loop_of_smpl(const struct writer_sound_bytes *bytes, struct writer_sound_part smpl, bool big_endian,
                         struct writer_sound_loop *loop, const struct writer_reporter *report)
{
    uint8_t record[SMPL_HEAD_SIZE];
    if (smpl.size < SMPL_HEAD_SIZE) {
        return true;
    }
    int problem = writer_sound_read(bytes, smpl.at, record, SMPL_HEAD_SIZE);
    if (problem != 0) {
        return writer_report_read(report, problem);
    }
    uint64_t count = writer_sound_load(record + SMPL_COUNT_AT, 4, big_endian);
    uint64_t most = (smpl.size - SMPL_HEAD_SIZE) / SMPL_LOOP_SIZE;
    for (uint64_t i = 0; i < count && i < most && loop->state != WRITER_LOOP_FOUND; i++) {
        if (base_task_cancelled_in(bytes->task, i)) {
            return false;
        }
        problem = writer_sound_read(bytes, smpl.at + SMPL_HEAD_SIZE + i * SMPL_LOOP_SIZE, record, SMPL_LOOP_SIZE);
        if (problem != 0) {
            return writer_report_read(report, problem);
        }
        *loop = (struct writer_sound_loop){.state = WRITER_LOOP_UNUSABLE, .reason = not_forward};
        if (writer_sound_load(record + SMPL_TYPE_AT, 4, big_endian) == SMPL_FORWARD) {
            loop->state = WRITER_LOOP_FOUND;
            loop->start = writer_sound_load(record + SMPL_FIRST_AT, 4, big_endian);
            loop->end = writer_sound_load(record + SMPL_LAST_AT, 4, big_endian) + 1;
        }
    }
    return true;
}

/* ---- AIFF ---- */

enum {
    INST_SIZE = 20,
    INST_MODE_AT = 8, /* of the sustain loop */
    INST_BEGIN_AT = 10,
    INST_END_AT = 12,
    INST_FORWARD = 1,
    MARKER_HEAD_SIZE = 7, /* id, position, length of the name */
};

/* The position of the first marker with an id. *found says whether there is one. */
static bool find_marker(const struct writer_sound_bytes *bytes, struct writer_sound_part markers, uint64_t id,
                        uint64_t *position, bool *found, const struct writer_reporter *report)
{
    uint8_t head[MARKER_HEAD_SIZE];
    *found = false;
    if (markers.size < 2) {
        return true;
    }
    int problem = writer_sound_read(bytes, markers.at, head, 2);
    uint64_t count = problem == 0 ? writer_sound_load(head, 2, true) : 0;
    uint64_t at = 2;
    for (uint64_t i = 0; i < count && !*found && at <= markers.size && markers.size - at >= sizeof head; i++) {
        problem = writer_sound_read(bytes, markers.at + at, head, sizeof head);
        if (problem != 0) {
            break;
        }
        *found = writer_sound_load(head, 2, true) == id;
        *position = writer_sound_load(head + 2, 4, true);
        /* The name and its length are padded to an even size. */
        at += sizeof head + head[6] + (head[6] % 2 == 0 ? 1 : 0);
    }
    return problem == 0 || writer_report_read(report, problem);
}

bool writer_loop_of_instrument(const struct writer_sound_bytes *bytes, struct writer_sound_part instrument,
                               struct writer_sound_part markers, struct writer_sound_loop *loop,
                               const struct writer_reporter *report)
{
    uint8_t record[INST_SIZE];
    bool has_start;
    bool has_end;
    if (instrument.size < INST_SIZE) {
        return true;
    }
    int problem = writer_sound_read(bytes, instrument.at, record, INST_SIZE);
    if (problem != 0) {
        return writer_report_read(report, problem);
    }
    uint64_t mode = writer_sound_load(record + INST_MODE_AT, 2, true);
    if (mode == 0) {
        return true;
    }
    *loop = (struct writer_sound_loop){.state = WRITER_LOOP_UNUSABLE, .reason = not_forward};
    if (mode != INST_FORWARD) {
        return true;
    }
    if (!find_marker(bytes, markers, writer_sound_load(record + INST_BEGIN_AT, 2, true), &loop->start, &has_start,
                     report) ||
        !find_marker(bytes, markers, writer_sound_load(record + INST_END_AT, 2, true), &loop->end, &has_end, report)) {
        return false;
    }
    loop->state = has_start && has_end ? WRITER_LOOP_FOUND : WRITER_LOOP_UNUSABLE;
    loop->reason = "a marker of its loop is missing";
    return true;
}

/* ---- FLAC ---- */

enum { DIGITS_MAX = 15 };

/* A field of a comment that is looked for. */
struct field {
    const char *name; /* upper case */
    bool seen;        /* the first one counts */
    bool valid;
    uint64_t value;
};

static bool begins_with_name(struct base_bytes text, const char *name)
{
    size_t length = strlen(name);
    if (text.size <= length || text.data[length] != '=') {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        uint8_t byte = text.data[i];
        if ((byte >= 'a' && byte <= 'z' ? byte - ('a' - 'A') : byte) != name[i]) {
            return false;
        }
    }
    return true;
}

static void read_field(struct field *field, struct base_bytes text)
{
    if (field->seen || !begins_with_name(text, field->name)) {
        return;
    }
    size_t at = strlen(field->name) + 1;
    field->seen = true;
    field->valid = text.size > at && text.size - at <= DIGITS_MAX;
    for (; field->valid && at < text.size; at++) {
        field->valid = text.data[at] >= '0' && text.data[at] <= '9';
        field->value = field->value * 10 + (text.data[at] - (unsigned)'0');
    }
}

/* The fields of a comment: a text of the program that wrote it, a number of fields, and each with its length in
 * front. */
static void read_fields(struct base_bytes comment, struct field *start, struct field *length, struct field *end)
{
    struct base_cursor cursor = base_cursor_make(comment);
    (void)base_cursor_bytes(&cursor, base_cursor_le32(&cursor));
    uint32_t count = base_cursor_le32(&cursor);
    for (uint32_t i = 0; i < count && !base_cursor_failed(&cursor); i++) {
        struct base_bytes text = base_cursor_bytes(&cursor, base_cursor_le32(&cursor));
        read_field(start, text);
        read_field(length, text);
        read_field(end, text);
    }
}

/* Why the fields are not a loop. */
static const char *reason_of_fields(const struct field *start, const struct field *length, const struct field *end)
{
    if (!start->seen) {
        return "it has LOOPLENGTH without LOOPSTART";
    }
    if (!length->seen) {
        return end->seen ? "it has LOOPSTART and LOOPEND; LOOPLENGTH is read instead of LOOPEND"
                         : "it has LOOPSTART without LOOPLENGTH";
    }
    return start->valid ? "LOOPLENGTH is not a number of 1 to 15 digits"
                        : "LOOPSTART is not a number of 1 to 15 digits";
}

bool writer_loop_of_comment(const struct writer_sound_bytes *bytes, struct writer_sound_part comment,
                            struct writer_sound_loop *loop, const struct writer_reporter *report)
{
    struct field start = {.name = "LOOPSTART"};
    struct field length = {.name = "LOOPLENGTH"};
    struct field end = {.name = "LOOPEND"}; /* for the reason alone */
    if (comment.size == 0) {
        return true;
    }
    uint8_t *text = malloc((size_t)comment.size);
    if (text == NULL) {
        return writer_report_memory(report->findings);
    }
    int problem = writer_sound_read(bytes, comment.at, text, (size_t)comment.size);
    if (problem == 0) {
        read_fields(base_bytes_make(text, (size_t)comment.size), &start, &length, &end);
    }
    free(text);
    if (problem != 0) {
        return writer_report_read(report, problem);
    }
    if (start.seen || length.seen) {
        *loop =
            (struct writer_sound_loop){.state = start.valid && length.valid ? WRITER_LOOP_FOUND : WRITER_LOOP_UNUSABLE,
                                       .start = start.value,
                                       .end = start.value + length.value,
                                       .reason = reason_of_fields(&start, &length, &end)};
    }
    return true;
}
