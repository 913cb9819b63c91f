#include "service/doctor/tiles.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum { SHOWN = 3 };

/* The four ways in which a tile can be drawn. */
enum { FLIP_HORIZONTAL = 1, FLIP_VERTICAL = 2, FLIPS = 4 };

static const char *const flipped[FLIPS] = {"", ", flipped horizontally", ", flipped vertically", ", flipped both ways"};

/* A tile that is not blank. */
struct form {
    const uint8_t *least; /* the pixels of the way to draw it that comes first in byte order */
    size_t size;          /* of them, in bytes */
    size_t tile;
};

/* The tiles of one bank. */
struct forms {
    const struct service_doctor_bank *bank;
    struct form *items; /* in byte order of `least`, and then in rising tile */
    size_t count;
    uint8_t *pixels; /* of all items */
};

/* Copies a tile as a flip shows it. */
static void copy_flipped(const struct service_doctor_bank *bank, size_t tile, unsigned flip, uint8_t *out)
{
    const uint8_t *pixels = service_doctor_pixels(bank, tile);
    size_t pitch = service_doctor_pitch(bank);
    size_t size = bank->sheet->tile_size;
    for (size_t y = 0; y < size; y++) {
        const uint8_t *row = pixels + ((flip & FLIP_VERTICAL) != 0 ? size - 1 - y : y) * pitch;
        for (size_t x = 0; x < size; x++) {
            out[y * size + x] = row[(flip & FLIP_HORIZONTAL) != 0 ? size - 1 - x : x];
        }
    }
}

static bool is_blank(const struct service_doctor_bank *bank, size_t tile)
{
    static const uint8_t blank[32];
    const uint8_t *pixels = service_doctor_pixels(bank, tile);
    size_t size = bank->sheet->tile_size;
    bool is = size <= sizeof blank;
    for (size_t y = 0; is && y < size; y++) {
        is = memcmp(pixels + y * service_doctor_pitch(bank), blank, size) == 0;
    }
    return is;
}

/* ---- Blank ---- */

static void report_blank(const struct service_doctor_bank *bank)
{
    size_t capacity = service_doctor_capacity(bank);
    size_t count = 0;
    size_t first = 0;
    struct base_text message = BASE_TEXT_EMPTY;
    struct base_text names = BASE_TEXT_EMPTY;
    for (size_t tile = 0; tile < capacity; tile++) {
        if (!bank->sheet->tiles[tile].drawn || !is_blank(bank, tile)) {
            continue;
        }
        first = count == 0 ? tile : first;
        if (count < SHOWN) {
            base_text_add_string(&names, count > 0 ? ", " : "");
            service_doctor_name_tile(bank, tile, &names);
        }
        count++;
    }
    if (count > 0) {
        base_text_addf(&message, "%zu tile%s %s blank: %s", count, count == 1 ? "" : "s", count == 1 ? "is" : "are",
                       base_text_string(&names));
        base_text_add_string(&message, count > SHOWN ? " and others" : "");
        message.out_of_memory = message.out_of_memory || names.out_of_memory;
        service_doctor_report_tile(bank, DIAG_TILES_BLANK, first, count, -1, &message);
    }
    base_text_free(&names);
}

/* ---- Equal ---- */

static int compare_pixels(const struct form *a, const struct form *b)
{
    return memcmp(a->least, b->least, a->size);
}

static int compare_forms(const void *left, const void *right)
{
    const struct form *a = left;
    const struct form *b = right;
    int order = compare_pixels(a, b);
    return order != 0 ? order : (a->tile > b->tile) - (a->tile < b->tile);
}

/* Adds a tile, in the way to draw it that comes first. */
static void add_form(struct forms *forms, size_t tile)
{
    uint8_t other[32 * 32];
    size_t size = (size_t)forms->bank->sheet->tile_size * forms->bank->sheet->tile_size;
    uint8_t *least = forms->pixels + forms->count * size;
    copy_flipped(forms->bank, tile, 0, least);
    for (unsigned flip = 1; flip < FLIPS && size <= sizeof other; flip++) {
        copy_flipped(forms->bank, tile, flip, other);
        if (memcmp(other, least, size) < 0) {
            memcpy(least, other, size);
        }
    }
    forms->items[forms->count++] = (struct form){.least = least, .size = size, .tile = tile};
}

/* Which flip of one tile shows the other; the lowest number. */
static unsigned find_flip(const struct service_doctor_bank *bank, size_t tile, size_t shown)
{
    uint8_t a[32 * 32];
    uint8_t b[32 * 32];
    size_t size = (size_t)bank->sheet->tile_size * bank->sheet->tile_size;
    unsigned flip = 0;
    copy_flipped(bank, shown, 0, b);
    copy_flipped(bank, tile, 0, a);
    while (flip + 1 < FLIPS && memcmp(a, b, size) != 0) {
        copy_flipped(bank, tile, ++flip, a);
    }
    return flip;
}

/* What the equal tiles of a bank come to. */
struct repeated {
    size_t tiles;    /* that equal an earlier one */
    size_t flipped;  /* of them, those that equal earlier ones only when they are flipped */
    size_t first;    /* the lowest of them */
    size_t first_of; /* the lowest tile that it equals */
};

/* One group of equal tiles, in rising order. */
static void look_at_group(const struct forms *forms, const struct form *group, size_t count, struct repeated *repeated)
{
    size_t different[FLIPS]; /* tiles of the group that need a flip to equal each other */
    size_t found = 1;
    different[0] = group[0].tile;
    for (size_t i = 1; i < count; i++) {
        size_t k = 0;
        while (k < found && find_flip(forms->bank, different[k], group[i].tile) != 0) {
            k++;
        }
        if (k == found && found < FLIPS) {
            different[found++] = group[i].tile;
            repeated->flipped++;
        }
        if (repeated->tiles == 0 || group[i].tile < repeated->first) {
            repeated->first = group[i].tile;
            repeated->first_of = group[0].tile;
        }
        repeated->tiles++;
    }
}

static void report_equal(const struct forms *forms, const struct repeated *repeated)
{
    const struct service_doctor_bank *bank = forms->bank;
    struct base_text message = BASE_TEXT_EMPTY;
    size_t drawn = 0;
    for (size_t tile = 0; tile < service_doctor_capacity(bank); tile++) {
        drawn += bank->sheet->tiles[tile].drawn;
    }
    base_text_addf(&message, "%zu of %zu tiles repeat%s an earlier tile", repeated->tiles, drawn,
                   repeated->tiles == 1 ? "s" : "");
    if (repeated->flipped > 0) {
        base_text_addf(&message, ", %zu of them only when flipped", repeated->flipped);
    }
    base_text_add_string(&message, "; the first is ");
    service_doctor_name_tile(bank, repeated->first, &message);
    base_text_add_string(&message, ", which is ");
    service_doctor_name_tile(bank, repeated->first_of, &message);
    base_text_add_string(&message, flipped[find_flip(bank, repeated->first_of, repeated->first)]);
    service_doctor_report_tile(bank, DIAG_TILES_EQUAL, repeated->first, repeated->tiles, -1, &message);
}

static void look_for_equal(struct forms *forms)
{
    struct repeated repeated = {.tiles = 0};
    size_t capacity = service_doctor_capacity(forms->bank);
    for (size_t tile = 0; tile < capacity; tile++) {
        if (forms->bank->sheet->tiles[tile].drawn && !is_blank(forms->bank, tile)) {
            add_form(forms, tile);
        }
    }
    qsort(forms->items, forms->count, sizeof *forms->items, compare_forms);
    for (size_t i = 0; i < forms->count;) {
        size_t end = i + 1;
        while (end < forms->count && compare_pixels(&forms->items[i], &forms->items[end]) == 0) {
            end++;
        }
        look_at_group(forms, &forms->items[i], end - i, &repeated);
        i = end;
    }
    if (repeated.tiles > 0) {
        report_equal(forms, &repeated);
    }
}

void service_doctor_tiles(const struct service_doctor_bank *bank)
{
    size_t capacity = service_doctor_capacity(bank);
    size_t size = (size_t)bank->sheet->tile_size * bank->sheet->tile_size;
    struct forms forms = {
        .bank = bank,
        .items = calloc(capacity, sizeof *forms.items),
        .pixels = calloc(capacity, size),
    };
    if (forms.items != NULL && forms.pixels != NULL) {
        look_for_equal(&forms);
    } else {
        bank->findings->out_of_memory = true;
    }
    report_blank(bank);
    free(forms.items);
    free(forms.pixels);
}
