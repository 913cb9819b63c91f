#include "writer/image/not_palette.h"

#include "base/media.h"

#include <string.h>

/* ---- Texts of another encoding ---- */

/* Whether the first bytes of the file are zero exactly where `zeros` has a '0'; the others are printable. */
static bool looks_like(struct base_bytes file, const char *zeros)
{
    size_t size = strlen(zeros);
    for (size_t i = 0; i < size; i++) {
        if (i >= file.size || (zeros[i] == '0') != (file.data[i] == 0) || file.data[i] > 0x7E) {
            return false;
        }
    }
    return true;
}

static bool begins_with(struct base_bytes file, const char *begin, size_t size)
{
    return file.size >= size && memcmp(file.data, begin, size) == 0;
}

#define BEGINS_WITH(file, begin) begins_with((file), (begin), sizeof(begin) - 1)

static const char *find_encoding(struct base_bytes file)
{
    if (BEGINS_WITH(file, "\xFF\xFE\0\0") || BEGINS_WITH(file, "\0\0\xFE\xFF") || looks_like(file, "x000x000") ||
        looks_like(file, "000x000x")) {
        return "UTF-32";
    }
    bool marked = BEGINS_WITH(file, "\xFF\xFE") || BEGINS_WITH(file, "\xFE\xFF");
    return marked || looks_like(file, "x0x0x0x0") || looks_like(file, "0x0x0x0x") ? "UTF-16" : NULL;
}

/* ---- Binary palettes ---- */

/* Adobe's swatches: a version, a number of colours, and 10 bytes for each. Version 2 has names, so it is longer. */
static bool is_swatches(struct base_bytes file)
{
    enum { HEAD = 4, COLOUR = 10 };
    if (file.size < HEAD + COLOUR || file.data[0] != 0 || (file.data[1] != 1 && file.data[1] != 2)) {
        return false;
    }
    size_t count = (size_t)file.data[2] << 8 | file.data[3];
    return count > 0 && count <= (file.size - HEAD) / COLOUR;
}

/* 256 colours of 3 bytes; Adobe's tables may have a number of colours and a transparent one after them. */
static bool is_table(struct base_bytes file)
{
    enum { COLOURS = 256 * 3, MORE = 4 };
    bool is_text = true;
    for (size_t i = 0; i < file.size && i < COLOURS; i++) {
        uint8_t byte = file.data[i];
        is_text = is_text && byte >= '\t' && byte < 0x7F && (byte >= ' ' || byte <= '\r');
    }
    return (file.size == COLOURS || file.size == COLOURS + MORE) && !is_text;
}

static bool is_blank(struct base_bytes file)
{
    size_t i = 0;
    while (i < file.size && file.data[i] == 0) {
        i++;
    }
    return i == file.size && i > 0;
}

static const char *find_binary(struct base_bytes file)
{
    if (is_blank(file)) {
        return "the file has no byte but 0: its content is lost";
    }
    if (BEGINS_WITH(file, "ASEF")) {
        return "the file is an Adobe swatch file (.ase), which is not read";
    }
    if (is_swatches(file)) {
        return "the file is an Adobe swatch file (.aco), which is not read";
    }
    return is_table(file) ? "the file is a binary table of 256 colours (.act, .pal), which is not read" : NULL;
}

bool writer_not_palette(struct base_bytes file, struct base_text *text, const char **remedy)
{
    const char *encoding = find_encoding(file);
    const char *binary = find_binary(file);
    const struct base_medium *medium = base_medium_guess(file);
    *remedy = NULL;
    if (encoding != NULL) {
        base_text_addf(text, "the palette is text in %s", encoding);
        *remedy = "Save it as UTF-8.";
    } else if (binary != NULL) {
        base_text_add_string(text, binary);
    } else if (medium != NULL) {
        base_text_addf(text, "the file is %s, not a palette", medium->name);
        *remedy = medium->remedy;
    }
    return encoding != NULL || binary != NULL || medium != NULL;
}
