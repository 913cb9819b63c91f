/* From bytes to messages, however the bytes are cut. */
#include "serve/frame.h"
#include "tests/lib/sample.h"

#include <stdio.h>

/* What a framer finds: one letter per find and the messages, each with a bar after it. */
struct found {
    struct base_text text;
};

static void note(struct found *found, enum serve_frame frame, const struct serve_framer *framer)
{
    static const char letters[] = {
        [SERVE_FRAME_MESSAGE] = 'M', [SERVE_FRAME_LONG] = 'L', [SERVE_FRAME_MEMORY] = '?', [SERVE_FRAME_BROKEN] = 'B'};
    base_text_add_char(&found->text, letters[frame]);
    if (frame == SERVE_FRAME_MESSAGE) {
        base_text_add(&found->text, serve_framer_message(framer));
    }
    base_text_add_char(&found->text, '|');
}

/* Hands over one piece. Returns false after a header that is broken. */
static bool feed(struct found *found, struct serve_framer *framer, struct base_bytes bytes)
{
    struct base_bytes piece = sample_copy(bytes);
    struct base_bytes rest = piece;
    enum serve_frame frame = serve_framer_next(framer, &rest);
    for (; frame != SERVE_FRAME_MORE && frame != SERVE_FRAME_BROKEN; frame = serve_framer_next(framer, &rest)) {
        note(found, frame, framer);
    }
    if (frame == SERVE_FRAME_BROKEN) {
        note(found, frame, framer);
    }
    sample_free(piece);
    return frame != SERVE_FRAME_BROKEN;
}

/* Hands over pieces of `size` bytes, the first one of `first`. */
static struct base_text find(enum serve_framing framing, struct base_bytes bytes, size_t first, size_t size)
{
    struct found found = {.text = BASE_TEXT_EMPTY};
    struct serve_framer framer;
    serve_framer_init(&framer, framing);
    bool goes_on = true;
    size_t piece = first;
    for (size_t at = 0; goes_on && at < bytes.size; at += piece, piece = size) {
        piece = piece < bytes.size - at ? piece : bytes.size - at;
        goes_on = feed(&found, &framer, base_bytes_make(bytes.data + at, piece));
    }
    enum serve_frame last = serve_framer_end(&framer);
    if (goes_on && last != SERVE_FRAME_MORE) {
        note(&found, last, &framer);
    }
    serve_framer_free(&framer);
    return found.text;
}

/* Whole, cut at every byte, and byte by byte. */
static void check_framed(enum serve_framing framing, struct base_bytes bytes, const char *expected)
{
    for (size_t cut = 1; cut <= bytes.size; cut++) {
        struct base_text found = find(framing, bytes, cut, bytes.size);
        CHECK_STRING(base_text_string(&found), expected);
        base_text_free(&found);
    }
    struct base_text found = find(framing, bytes, 1, 1);
    CHECK_STRING(base_text_string(&found), expected);
    base_text_free(&found);
}

static void check(enum serve_framing framing, const char *bytes, const char *expected)
{
    check_framed(framing, base_bytes_of_string(bytes), expected);
}

UNIT_TEST(a_header_and_its_body_are_a_message)
{
    check(SERVE_FRAMING_HEADER, "Content-Length: 2\r\n\r\n{}", "M{}|");
    check(SERVE_FRAMING_HEADER, "Content-Length: 2\r\n\r\n{}Content-Length: 4\r\n\r\n[{}]", "M{}|M[{}]|");
    check(SERVE_FRAMING_HEADER, "Content-Length: 0\r\n\r\nContent-Length: 1\r\n\r\n7", "M|M7|");
}

UNIT_TEST(headers_are_read_tolerantly)
{
    check(SERVE_FRAMING_HEADER, "content-length:2\n\n{}", "M{}|");
    check(SERVE_FRAMING_HEADER, "CONTENT-LENGTH: \t 2 \t\r\n\n{}", "M{}|");
    check(SERVE_FRAMING_HEADER, "Content-Type: x; charset=utf-8\r\nContent-Length: 002\r\n\r\n{}", "M{}|");
    check(SERVE_FRAMING_HEADER, "Content-Length: 2\r\nContent-Length: 2\r\nX:\r\n\r\n{}", "M{}|");
    check(SERVE_FRAMING_HEADER, "!#$%&'*+-.^_`|~09azAZ: x\r\nContent-Length: 2\r\n\r\n{}", "M{}|");
    check(SERVE_FRAMING_HEADER, "\r\n \t\nContent-Length: 2\r\n\r\n{}\r\n\r\nContent-Length: 2\r\n\r\n[]", "M{}|M[]|");
}

UNIT_TEST(a_header_that_cannot_be_understood_ends_all)
{
    check(SERVE_FRAMING_HEADER, "Content-Type: x\r\n\r\n{}", "B|");
    check(SERVE_FRAMING_HEADER, "Content-Length 2\r\n\r\n{}", "B|");
    check(SERVE_FRAMING_HEADER, "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", "B|");
    check(SERVE_FRAMING_HEADER, ": x\r\nContent-Length: 2\r\n\r\n{}", "B|");
    check(SERVE_FRAMING_HEADER, "Content-Length : 2\r\n\r\n{}", "B|");
    check(SERVE_FRAMING_HEADER, "X: x\r\n Y: y\r\nContent-Length: 2\r\n\r\n{}", "B|");
    check(SERVE_FRAMING_HEADER, "{\"id\": 1}\n", "B|");
    check(SERVE_FRAMING_HEADER,
          "\xef\xbb\xbf"
          "Content-Length: 2\r\n\r\n{}",
          "B|");
    check(SERVE_FRAMING_HEADER, "Content-Length: -2\r\n\r\n{}", "B|");
    check(SERVE_FRAMING_HEADER, "Content-Length: 2x\r\n\r\n{}", "B|");
    check(SERVE_FRAMING_HEADER, "Content-Length: \r\n\r\n{}", "B|");
    check(SERVE_FRAMING_HEADER, "Content-Length: 9007199254740992\r\n\r\n{}", "B|");
    check(SERVE_FRAMING_HEADER, "Content-Length: 99999999999999999999999999\r\n\r\n{}", "B|");
    check(SERVE_FRAMING_HEADER, "Content-Length: 2\r\n\r\n{}nonsense\nContent-Length: 2\r\n\r\n{}", "M{}|B|");
}

/* A header with a line of `size` bytes of padding. */
static struct base_text padded(size_t size)
{
    struct base_text text = BASE_TEXT_EMPTY;
    base_text_add_string(&text, "Content-Length: 2\r\nX:");
    while (text.size < size - 4) {
        base_text_add_char(&text, 'x');
    }
    base_text_add_string(&text, "\r\n\r\n{}");
    return text;
}

UNIT_TEST(a_header_has_8_kib_at_most)
{
    struct base_text most = padded(SERVE_HEADER_MOST);
    struct base_text more = padded(SERVE_HEADER_MOST + 1);
    const size_t cuts[] = {1, 4096, SERVE_HEADER_MOST - 1, SERVE_HEADER_MOST, SERVE_HEADER_MOST + 1};
    for (size_t i = 0; i < COUNT_OF(cuts); i++) {
        struct base_text found = find(SERVE_FRAMING_HEADER, base_text_bytes(&most), cuts[i], SERVE_HEADER_MOST);
        CHECK_STRING(base_text_string(&found), "M{}|");
        base_text_free(&found);
        found = find(SERVE_FRAMING_HEADER, base_text_bytes(&more), cuts[i], SERVE_HEADER_MOST);
        CHECK_STRING(base_text_string(&found), "B|");
        base_text_free(&found);
    }
    base_text_free(&most);
    base_text_free(&more);
}

UNIT_TEST(a_line_is_a_message)
{
    check(SERVE_FRAMING_LINE, "{}\n", "M{}|");
    check(SERVE_FRAMING_LINE, "\n \r\n{\"a\":1}\r\n\n[]\n", "M{\"a\":1}\r|M[]|");
    check(SERVE_FRAMING_LINE, "{}\n{}", "M{}|M{}|");
    check(SERVE_FRAMING_LINE, "Content-Length: 2\n", "MContent-Length: 2|");
}

UNIT_TEST(the_first_byte_that_is_not_blank_decides)
{
    check(SERVE_FRAMING_AUTO, "\r\n\t {}\nContent-Length: 2\n", "M{}|MContent-Length: 2|");
    check(SERVE_FRAMING_AUTO, " \nContent-Length: 2\n\n{}{}\n", "M{}|B|");
    check(SERVE_FRAMING_AUTO, "[]\n{}\n", "M[]|M{}|");
    check(SERVE_FRAMING_AUTO, "\"\"\n\n", "B|");
    check(SERVE_FRAMING_AUTO, "\xef\xbb\xbf{\"id\": 1}\n", "B|");
    check(SERVE_FRAMING_AUTO, " \n", "");
}

/* A message of `size` bytes, framed, and one after it. */
static struct base_text large(enum serve_framing framing, size_t size)
{
    struct base_text text = BASE_TEXT_EMPTY;
    bool header = framing == SERVE_FRAMING_HEADER;
    if (header) {
        base_text_addf(&text, "Content-Length: %zu\r\n\r\n", size);
    }
    for (size_t i = 0; i < size; i++) {
        base_text_add_char(&text, 'x');
    }
    base_text_add_string(&text, header ? "Content-Length: 2\r\n\r\n{}" : "\n{}\n");
    return text;
}

static void check_size(enum serve_framing framing, size_t size, bool fits)
{
    struct serve_framer framer;
    struct base_text text = large(framing, size);
    struct base_bytes rest = base_text_bytes(&text);
    serve_framer_init(&framer, framing);
    CHECK(serve_framer_next(&framer, &rest) == (fits ? SERVE_FRAME_MESSAGE : SERVE_FRAME_LONG));
    CHECK(!fits || serve_framer_message(&framer).size == size);
    CHECK(fits || framer.text.capacity <= SERVE_BODY_MOST);
    CHECK(serve_framer_next(&framer, &rest) == SERVE_FRAME_MESSAGE);
    CHECK(base_bytes_equal(serve_framer_message(&framer), base_bytes_of_string("{}")));
    CHECK(framer.text.capacity < 1 << 20);
    serve_framer_free(&framer);
    base_text_free(&text);
}

UNIT_TEST(a_message_has_16_mib_at_most_and_a_longer_one_is_skipped)
{
    check_size(SERVE_FRAMING_HEADER, SERVE_BODY_MOST, true);
    check_size(SERVE_FRAMING_HEADER, SERVE_BODY_MOST + 1, false);
    check_size(SERVE_FRAMING_LINE, SERVE_BODY_MOST, true);
    check_size(SERVE_FRAMING_LINE, SERVE_BODY_MOST + 1, false);
}

UNIT_TEST(no_memory_is_taken_for_bytes_that_have_not_come)
{
    const struct base_bytes announced = TEXT("Content-Length: 16777216\r\n\r\n{");
    struct base_bytes rest = announced;
    struct serve_framer framer;
    serve_framer_init(&framer, SERVE_FRAMING_AUTO);
    CHECK(serve_framer_next(&framer, &rest) == SERVE_FRAME_MORE);
    CHECK(framer.text.capacity <= 256);
    CHECK(serve_framer_end(&framer) == SERVE_FRAME_MORE);
    serve_framer_free(&framer);
}
