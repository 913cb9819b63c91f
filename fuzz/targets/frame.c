/* The framer of the server against a second reading of the same bytes, however they are cut. The first parameter says
 * how they are framed, the second how long the pieces are. */
#include "serve/frame.h"
#include "fuzz/lib/harness.h"

#include <string.h>

/* What was found, as text: a letter per find, and the size and bytes of messages. */
struct finds {
    struct base_text text;
};

static void note(struct finds *finds, char letter, struct base_bytes message)
{
    base_text_addf(&finds->text, "%c%zu ", letter, message.size);
    base_text_add(&finds->text, message);
}

/* ---- The framer ---- */

static bool note_frame(struct finds *finds, const struct serve_framer *framer, enum serve_frame frame)
{
    static const char letters[] = {'-', 'M', 'L', '?', 'B'};
    FUZZ_CHECK(frame != SERVE_FRAME_MEMORY);
    if (frame != SERVE_FRAME_MORE) {
        bool has = frame == SERVE_FRAME_MESSAGE;
        note(finds, letters[frame], has ? serve_framer_message(framer) : base_bytes_make(NULL, 0));
    }
    return frame != SERVE_FRAME_BROKEN;
}

static struct finds frame(enum serve_framing framing, struct base_bytes input, size_t piece)
{
    struct finds finds = {.text = BASE_TEXT_EMPTY};
    struct serve_framer framer;
    bool goes_on = true;
    serve_framer_init(&framer, framing);
    while (goes_on && input.size > 0) {
        struct base_bytes part = fuzz_guard(0, fuzz_take_front(&input, piece));
        enum serve_frame found = SERVE_FRAME_MESSAGE;
        while (goes_on && found != SERVE_FRAME_MORE) {
            found = serve_framer_next(&framer, &part);
            goes_on = note_frame(&finds, &framer, found);
        }
        FUZZ_CHECK(framer.text.capacity <= 2 * (size_t)SERVE_BODY_MOST);
    }
    if (goes_on) {
        (void)note_frame(&finds, &framer, serve_framer_end(&framer));
    }
    serve_framer_free(&framer);
    return finds;
}

/* ---- The second reading: whole bytes, no state ---- */

static bool is_blank(uint8_t byte)
{
    return strchr(" \t\r\n", byte) != NULL && byte != 0;
}

static void skip_blanks(struct base_bytes *input)
{
    while (input->size > 0 && is_blank(input->data[0])) {
        (void)fuzz_take_front(input, 1);
    }
}

/* The bytes before the next LF, which are taken with it; false: there is none. */
static bool take_line(struct base_bytes *input, struct base_bytes *line)
{
    const uint8_t *end = input->size > 0 ? memchr(input->data, '\n', input->size) : NULL;
    if (end == NULL) {
        return false;
    }
    *line = fuzz_take_front(input, (size_t)(end - input->data));
    (void)fuzz_take_front(input, 1);
    return true;
}

static bool is_length(struct base_bytes name)
{
    static const char upper[] = "CONTENT-LENGTH";
    bool same = name.size == strlen(upper);
    for (size_t i = 0; same && i < name.size; i++) {
        int letter = name.data[i];
        same = (letter >= 'a' && letter <= 'z' ? letter - 32 : letter) == upper[i];
    }
    return same;
}

/* All visible characters of ASCII but the separators of HTTP. */
static bool is_name(struct base_bytes name)
{
    bool good = name.size > 0;
    for (size_t i = 0; good && i < name.size; i++) {
        good = name.data[i] > ' ' && name.data[i] < 0x7F && strchr("\"(),/:;<=>?@[\\]{}", name.data[i]) == NULL;
    }
    return good;
}

/* The value of a length: -1 when it is none. */
static int64_t read_length(struct base_bytes value)
{
    int64_t length = 0;
    while (value.size > 0 && is_blank(value.data[value.size - 1])) {
        value.size--;
    }
    skip_blanks(&value);
    if (value.size == 0) {
        return -1;
    }
    for (size_t i = 0; i < value.size; i++) {
        if (value.data[i] < '0' || value.data[i] > '9' || length > INT64_C(900719925474099)) {
            return -1;
        }
        length = length * 10 + (value.data[i] - '0');
    }
    return length <= INT64_C(9007199254740991) ? length : -1;
}

enum header { HEADER_GOOD, HEADER_CUT, HEADER_BROKEN };

/* Takes a header. */
static enum header take_header(struct base_bytes *input, int64_t *length)
{
    const uint8_t *begun = input->data;
    struct base_bytes line = {.size = 0};
    *length = -1;
    while (take_line(input, &line)) {
        if ((size_t)(input->data - begun) > SERVE_HEADER_MOST) {
            return HEADER_BROKEN;
        }
        if (line.size == 0 || (line.size == 1 && line.data[0] == '\r')) {
            return *length >= 0 ? HEADER_GOOD : HEADER_BROKEN;
        }
        const uint8_t *colon = memchr(line.data, ':', line.size);
        if (colon == NULL) {
            return HEADER_BROKEN;
        }
        struct base_bytes name = fuzz_take_front(&line, (size_t)(colon - line.data));
        (void)fuzz_take_front(&line, 1);
        if (!is_name(name)) {
            return HEADER_BROKEN;
        }
        if (is_length(name)) {
            int64_t found = read_length(line);
            if (found < 0 || (*length >= 0 && *length != found)) {
                return HEADER_BROKEN;
            }
            *length = found;
        }
    }
    return (size_t)(input->data - begun) + input->size > SERVE_HEADER_MOST ? HEADER_BROKEN : HEADER_CUT;
}

static void read_headers(struct finds *finds, struct base_bytes input)
{
    int64_t length;
    for (skip_blanks(&input); input.size > 0; skip_blanks(&input)) {
        enum header header = take_header(&input, &length);
        if (header != HEADER_GOOD) {
            if (header == HEADER_BROKEN) {
                note(finds, 'B', base_bytes_make(NULL, 0));
            }
            return;
        }
        if ((uint64_t)length > input.size) {
            return;
        }
        struct base_bytes body = fuzz_take_front(&input, (size_t)length);
        bool is_long = body.size > SERVE_BODY_MOST;
        note(finds, is_long ? 'L' : 'M', is_long ? base_bytes_make(NULL, 0) : body);
    }
}

static void read_lines(struct finds *finds, struct base_bytes input)
{
    for (skip_blanks(&input); input.size > 0; skip_blanks(&input)) {
        struct base_bytes line;
        if (!take_line(&input, &line)) {
            line = fuzz_take_front(&input, input.size);
        }
        bool is_long = line.size > SERVE_BODY_MOST;
        note(finds, is_long ? 'L' : 'M', is_long ? base_bytes_make(NULL, 0) : line);
    }
}

static struct finds read_again(enum serve_framing framing, struct base_bytes input)
{
    struct finds finds = {.text = BASE_TEXT_EMPTY};
    struct base_bytes first = input;
    skip_blanks(&first);
    bool is_json = first.size > 0 && (first.data[0] == '{' || first.data[0] == '[');
    bool lines = framing == SERVE_FRAMING_LINE || (framing == SERVE_FRAMING_AUTO && is_json);
    (lines ? read_lines : read_headers)(&finds, input);
    return finds;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct base_bytes input = base_bytes_make(data, size);
    enum serve_framing framing = (enum serve_framing)fuzz_take_below(&input, 3);
    size_t piece = 1 + (size_t)fuzz_take_u8(&input);
    fuzz_memory_begin();
    struct finds second = read_again(framing, input);
    struct finds cut = frame(framing, input, piece);
    struct finds whole = frame(framing, input, size + 1);
    FUZZ_CHECK_BYTES(base_text_bytes(&cut.text), base_text_bytes(&second.text));
    FUZZ_CHECK_BYTES(base_text_bytes(&whole.text), base_text_bytes(&second.text));
    base_text_free(&second.text);
    base_text_free(&cut.text);
    base_text_free(&whole.text);
    FUZZ_CHECK(fuzz_memory_live() == 0);
    return 0;
}
