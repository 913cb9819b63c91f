#include "serve/frame.h"

#include "base/ascii.h"

#include <string.h>

enum { KEPT = 64 << 10 }; /* bytes of memory that a framer keeps between two messages */
static const uint64_t length_most = (UINT64_C(1) << 53) - 1;

void serve_framer_init(struct serve_framer *framer, enum serve_framing framing)
{
    *framer = (struct serve_framer){.framing = framing, .text = BASE_TEXT_EMPTY};
}

void serve_framer_free(struct serve_framer *framer)
{
    base_text_free(&framer->text);
}

struct base_bytes serve_framer_message(const struct serve_framer *framer)
{
    return base_text_bytes(&framer->text);
}

static void empty(struct base_text *text)
{
    if (text->capacity > KEPT || text->out_of_memory) {
        base_text_free(text);
    } else {
        base_text_clear(text);
    }
}

/* Takes bytes off the front. */
static struct base_bytes take(struct base_bytes *input, size_t size)
{
    struct base_bytes taken = base_bytes_make(input->data, size);
    *input = base_bytes_make(input->data + size, input->size - size);
    return taken;
}

static bool is_blank(uint8_t byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

/* A message ends: what comes next is blank, or a message. */
static enum serve_frame finish(struct serve_framer *framer)
{
    framer->state = SERVE_IN_BLANKS;
    framer->complete = true;
    if (framer->skips) {
        return SERVE_FRAME_LONG;
    }
    return base_text_out_of_memory(&framer->text) ? SERVE_FRAME_MEMORY : SERVE_FRAME_MESSAGE;
}

static enum serve_frame give_up(struct serve_framer *framer)
{
    framer->state = SERVE_IN_NOTHING;
    return SERVE_FRAME_BROKEN;
}

/* ---- Header ---- */

/* Whether a name has only what names of HTTP have. A line of JSON has a colon, too, but is not taken for a header. */
static bool is_name(struct base_bytes name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~";
    bool good = name.size > 0;
    for (size_t i = 0; good && i < name.size; i++) {
        good = memchr(letters, base_ascii_lower(name.data[i]), sizeof letters - 1) != NULL;
    }
    return good;
}

/* A line without its end as a name and a value without blanks around them. */
static bool split(struct base_bytes line, struct base_bytes *name, struct base_bytes *value)
{
    const uint8_t *colon = line.size > 0 ? memchr(line.data, ':', line.size) : NULL;
    if (colon == NULL) {
        return false;
    }
    *name = base_bytes_make(line.data, (size_t)(colon - line.data));
    if (!is_name(*name)) {
        return false;
    }
    *value = base_bytes_make(colon + 1, line.size - name->size - 1);
    while (value->size > 0 && is_blank(value->data[0])) {
        (void)take(value, 1);
    }
    while (value->size > 0 && is_blank(value->data[value->size - 1])) {
        value->size--;
    }
    return true;
}

static bool read_length(struct base_bytes value, uint64_t *length)
{
    uint64_t result = 0;
    for (size_t i = 0; i < value.size; i++) {
        if (value.data[i] < '0' || value.data[i] > '9') {
            return false;
        }
        result = result * 10 + (unsigned)(value.data[i] - '0');
        if (result > length_most) {
            return false;
        }
    }
    *length = result;
    return value.size > 0;
}

static bool read_field(struct serve_framer *framer, struct base_bytes line)
{
    struct base_bytes name;
    struct base_bytes value;
    if (!split(line, &name, &value)) {
        return false;
    }
    if (!base_ascii_equals(name, "content-length")) {
        return true;
    }
    uint64_t length;
    if (!read_length(value, &length) || (framer->has_length && framer->length != length)) {
        return false;
    }
    framer->has_length = true;
    framer->length = length;
    return true;
}

static enum serve_frame begin_body(struct serve_framer *framer)
{
    if (!framer->has_length) {
        return give_up(framer);
    }
    framer->state = SERVE_IN_BODY;
    framer->left = framer->length;
    framer->skips = framer->length > SERVE_BODY_MOST;
    return framer->left == 0 ? finish(framer) : SERVE_FRAME_MORE;
}

static enum serve_frame end_header_line(struct serve_framer *framer)
{
    struct base_bytes line = base_bytes_make(framer->line, framer->line_size);
    framer->line_size = 0;
    if (line.size > 0 && line.data[line.size - 1] == '\r') {
        line.size--;
    }
    bool good = line.size == 0 || read_field(framer, line);
    bool last = line.size == 0;
    if (!good) {
        return give_up(framer);
    }
    return last ? begin_body(framer) : SERVE_FRAME_MORE;
}

static enum serve_frame take_header(struct serve_framer *framer, struct base_bytes *input)
{
    const uint8_t *end = memchr(input->data, '\n', input->size);
    size_t size = end != NULL ? (size_t)(end - input->data) + 1 : input->size;
    if (size > SERVE_HEADER_MOST - framer->header_size) {
        return give_up(framer);
    }
    framer->header_size += size;
    struct base_bytes line = take(input, size);
    line.size -= end != NULL ? 1 : 0;
    memcpy(framer->line + framer->line_size, line.data, line.size);
    framer->line_size += line.size;
    return end != NULL ? end_header_line(framer) : SERVE_FRAME_MORE;
}

/* ---- Bodies ---- */

static enum serve_frame take_body(struct serve_framer *framer, struct base_bytes *input)
{
    size_t size = input->size < framer->left ? input->size : (size_t)framer->left;
    struct base_bytes part = take(input, size);
    framer->left -= size;
    if (!framer->skips) {
        base_text_add(&framer->text, part);
    }
    return framer->left == 0 ? finish(framer) : SERVE_FRAME_MORE;
}

static enum serve_frame take_line(struct serve_framer *framer, struct base_bytes *input)
{
    const uint8_t *end = memchr(input->data, '\n', input->size);
    size_t size = end != NULL ? (size_t)(end - input->data) + 1 : input->size;
    struct base_bytes part = take(input, size);
    part.size -= end != NULL ? 1 : 0;
    if (!framer->skips && part.size > SERVE_BODY_MOST - framer->text.size) {
        framer->skips = true;
        base_text_free(&framer->text);
    }
    if (!framer->skips) {
        base_text_add(&framer->text, part);
    }
    return end != NULL ? finish(framer) : SERVE_FRAME_MORE;
}

static void take_blanks(struct serve_framer *framer, struct base_bytes *input)
{
    size_t size = 0;
    while (size < input->size && is_blank(input->data[size])) {
        size++;
    }
    (void)take(input, size);
    if (input->size == 0) {
        return;
    }
    if (framer->framing == SERVE_FRAMING_AUTO) {
        bool is_line = input->data[0] == '{' || input->data[0] == '[';
        framer->framing = is_line ? SERVE_FRAMING_LINE : SERVE_FRAMING_HEADER;
    }
    framer->state = framer->framing == SERVE_FRAMING_LINE ? SERVE_IN_LINE : SERVE_IN_HEADER;
    framer->header_size = 0;
    framer->line_size = 0;
    framer->has_length = false;
}

static enum serve_frame take_some(struct serve_framer *framer, struct base_bytes *input)
{
    switch (framer->state) {
    case SERVE_IN_BLANKS:
        take_blanks(framer, input);
        return SERVE_FRAME_MORE;
    case SERVE_IN_HEADER:
        return take_header(framer, input);
    case SERVE_IN_BODY:
        return take_body(framer, input);
    case SERVE_IN_LINE:
        return take_line(framer, input);
    case SERVE_IN_NOTHING:
        break;
    }
    return SERVE_FRAME_BROKEN;
}

static void begin(struct serve_framer *framer)
{
    if (framer->complete) {
        framer->complete = false;
        framer->skips = false;
        empty(&framer->text);
    }
}

enum serve_frame serve_framer_next(struct serve_framer *framer, struct base_bytes *input)
{
    enum serve_frame frame = framer->state == SERVE_IN_NOTHING ? SERVE_FRAME_BROKEN : SERVE_FRAME_MORE;
    begin(framer);
    while (frame == SERVE_FRAME_MORE && input->size > 0) {
        frame = take_some(framer, input);
    }
    return frame;
}

enum serve_frame serve_framer_end(struct serve_framer *framer)
{
    begin(framer);
    return framer->state == SERVE_IN_LINE ? finish(framer) : SERVE_FRAME_MORE;
}
