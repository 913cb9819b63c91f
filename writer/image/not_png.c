#include "writer/image/not_png.h"

#include <string.h>

/* What happened to a PNG, by what is left of its first bytes, which are made so that it shows. */
struct damage {
    const char *begin;
    size_t size;
    const char *text;
    const char *remedy; /* or NULL */
};

#define DAMAGE(begin, text, remedy)                                                                                    \
    {                                                                                                                  \
        begin, sizeof(begin) - 1, text, remedy                                                                         \
    }
#define MARK_AND_FETCH "Mark *.png as binary for version control, and fetch the file again."

static const struct damage damages[] = {
    DAMAGE("\x89PNG\n", "a PNG whose line ends were converted as if it were text (CR LF to LF)", MARK_AND_FETCH),
    DAMAGE("\x89PNG\r\r\n", "a PNG whose line ends were converted as if it were text (LF to CR LF)", MARK_AND_FETCH),
    DAMAGE("\x89PNG", "damaged from its first bytes on: it begins like a PNG, but not as a whole one", NULL),
    DAMAGE("\xEF\xBF\xBDPNG", "a PNG that was read and written as if it were text in UTF-8", NULL),
    DAMAGE("\xC2\x89PNG", "a PNG that was converted to UTF-8 as if it were text", NULL),
    DAMAGE("\xEF\xBB\xBF\x89PNG", "a PNG after a byte-order mark of UTF-8, which a program put there", NULL),
    DAMAGE("\tPNG\r\n", "a PNG whose bytes have lost their highest bit", NULL),
};

static bool begins_with(struct base_bytes bytes, const char *begin, size_t size)
{
    return bytes.size >= size && memcmp(bytes.data, begin, size) == 0;
}

/* What happened to the PNG, or NULL. */
static const struct damage *find_damage(struct base_bytes begin)
{
    for (size_t i = 0; i < sizeof damages / sizeof damages[0]; i++) {
        if (begins_with(begin, damages[i].begin, damages[i].size)) {
            return &damages[i];
        }
    }
    return NULL;
}

static bool is_blank(struct base_bytes begin)
{
    size_t i = 0;
    while (i < begin.size && begin.data[i] == 0) {
        i++;
    }
    return i == begin.size;
}

bool writer_is_apple_png(struct base_bytes begin)
{
    static const char signature[] = "\x89PNG\r\n\x1A\n\0\0\0\4CgBI";
    return begins_with(begin, signature, sizeof signature - 1);
}

const char *writer_not_png(struct base_bytes begin, struct base_text *text)
{
    const struct base_medium *medium = base_medium_guess(begin);
    const struct damage *damage = find_damage(begin);
    if (begin.size == 0) {
        base_text_add_string(text, "the file is empty");
        return NULL;
    }
    if (writer_is_apple_png(begin)) {
        base_text_add_string(text, "the file is a PNG that Xcode has changed for iOS (CgBI)");
        return "Take the file that Xcode was given.";
    }
    if (damage != NULL) {
        base_text_addf(text, "the file is %s", damage->text);
        return damage->remedy;
    }
    if (medium != NULL) {
        base_text_addf(text, "the file is %s, not a PNG", medium->name);
        return medium->remedy;
    }
    if (is_blank(begin)) {
        base_text_addf(text, "the file begins with %zu bytes that are all 0: its content is lost", begin.size);
    } else {
        base_text_add_string(text, "the file does not begin like a PNG");
    }
    return NULL;
}
