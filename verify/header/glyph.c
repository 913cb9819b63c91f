#include "verify/header/glyph.h"

#include "base/checked.h"
#include "verify/core/format.h"

/* In the order of a canonical text, in which they are found fastest. */
enum member { HEIGHT, PALETTE_AUTHORED, PALETTE_COUNT, TILE_SIZE, WIDTH, MEMBER_COUNT };

static const char *const names[MEMBER_COUNT] = {
    [HEIGHT] = "height",       [PALETTE_AUTHORED] = "palette_authored",
    [TILE_SIZE] = "tile_size", [PALETTE_COUNT] = "palette_count",
    [WIDTH] = "width",
};

static bool check_tile_size(const struct verify_entry_view *view, struct verify_bank_member *member)
{
    member->right = member->known && member->value >= 0 && verify_is_tile_size((uint64_t)member->value);
    if (!member->right) {
        verify_report_bank_member(view, DIAG_GLYPH_METADATA, member, VERIFY_TILE_SIZES_TEXT,
                                  "version 1 does not have this tile size");
    }
    return member->right;
}

static bool check_side(const struct verify_entry_view *view, struct verify_bank_member *member)
{
    member->right = member->known && member->value == PP_GLYPH_SIDE;
    if (!member->right) {
        verify_report_bank_member(view, DIAG_GLYPH_METADATA, member, VERIFY_GLYPH_SIDE_TEXT,
                                  "a sheet is " VERIFY_GLYPH_SIDE_TEXT " x " VERIFY_GLYPH_SIDE_TEXT " pixels");
    }
    return member->right;
}

static bool check_palette_count(const struct verify_entry_view *view, struct verify_bank_member *member)
{
    member->right = member->known && member->value == PP_GLYPH_PALETTES;
    if (!member->right) {
        bool legacy = member->known && member->value >= 0 && member->value <= VERIFY_GLYPH_LEGACY_PALETTES;
        verify_report_bank_member(view, DIAG_GLYPH_METADATA, member, VERIFY_GLYPH_PALETTES_TEXT,
                                  legacy ? "a generation before version 1 had up to 256 palettes"
                                         : "version 1 has exactly 64 palettes");
    }
    return member->right;
}

static bool check_authored(const struct verify_entry_view *view, struct verify_bank_member *member)
{
    member->right = member->known && member->value >= 1 && member->value <= PP_GLYPH_PALETTES;
    if (!member->right) {
        verify_report_bank_member(view, DIAG_GLYPH_METADATA, member, "1 to " VERIFY_GLYPH_PALETTES_TEXT,
                                  "the number of authored palettes is out of range");
    }
    return member->right;
}

/* ---- Sizes: 2.1, 4.2.7 ---- */

/* The declared number of pixels, when it is one; far below 2^64, so that sums do not wrap. */
static bool declared_pixels(const struct verify_bank_member members[MEMBER_COUNT], uint64_t *pixels)
{
    const struct verify_bank_member *width = &members[WIDTH];
    const struct verify_bank_member *height = &members[HEIGHT];
    uint64_t product;
    if (!width->known || !height->known || width->value < 0 || height->value < 0 ||
        !base_mul_u64((uint64_t)width->value, (uint64_t)height->value, &product) ||
        product > (uint64_t)JSON_EXACT_MAX) {
        return false;
    }
    *pixels = product;
    return true;
}

/* Each has to fit the fixed sheet or, when width or height is broken, the declared numbers; unbroken, they are the
 * same. */
static void check_sizes(const struct verify_entry_view *view, const struct verify_bank_member members[MEMBER_COUNT])
{
    uint64_t pixels = (uint64_t)PP_GLYPH_SIDE * PP_GLYPH_SIDE;
    (void)declared_pixels(members, &pixels);
    uint64_t stored = pixels / 2 + pixels % 2 + PP_GLYPH_PALETTE_BYTES;
    uint64_t decoded = pixels + PP_GLYPH_PALETTE_BYTES;
    if (view->has_size && view->size_value != PP_GLYPH_STORED && view->size_value != stored) {
        verify_report_bank_size(view, DIAG_GLYPH_SIZE, false, PP_GLYPH_STORED);
    }
    if (view->has_decoded_size && view->decoded_size_value != PP_GLYPH_DECODED && view->decoded_size_value != decoded) {
        verify_report_bank_size(view, DIAG_GLYPH_SIZE, true, PP_GLYPH_DECODED);
    }
}

static void check(const struct verify_entry_view *view, struct verify_bank_member members[])
{
    bool valid = check_tile_size(view, &members[TILE_SIZE]);
    valid = check_side(view, &members[WIDTH]) && valid;
    valid = check_side(view, &members[HEIGHT]) && valid;
    valid = check_palette_count(view, &members[PALETTE_COUNT]) && valid;
    valid = check_authored(view, &members[PALETTE_AUTHORED]) && valid;
    check_sizes(view, members);
    if (valid && view->has_size && view->size_value == PP_GLYPH_STORED) {
        view->known->flags |= VERIFY_ENTRY_HAS_GLYPH;
        view->known->bank_facts.glyph.tile_size = (uint8_t)members[TILE_SIZE].value;
        view->known->bank_facts.glyph.palette_authored = (uint8_t)members[PALETTE_AUTHORED].value;
    }
}

const struct verify_bank verify_glyph_bank = {names, MEMBER_COUNT, check};
