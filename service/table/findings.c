#include "service/fix.h"
#include "service/table/tables.h"

#define FINDING(field) SERVICE_AT(struct base_finding, field)
#define FINDING_HAS(field) SERVICE_IF(struct base_finding, field)

static const char *const classes[] = {"L", "C", "W", "E", "U", NULL};
static const char *const severities[] = {"error", "warning", NULL};

static bool get_id(const void *record, struct service_value *value)
{
    const struct base_finding *finding = record;
    value->string = diag_facts(finding->diagnostic)->id;
    return true;
}

static bool get_help(const void *record, struct service_value *value)
{
    const struct base_finding *finding = record;
    value->diagnostic = finding->diagnostic;
    value->finding = finding;
    return true;
}

static bool get_character(const void *record, struct service_value *value)
{
    const struct base_finding *finding = record;
    value->count = finding->place.character_utf16;
    return finding->place.line > 0;
}

static bool has_fix(const void *record)
{
    return service_fix_of(record) != SERVICE_FIX_NONE;
}

static bool get_safe(const void *record, struct service_value *value)
{
    value->boolean = service_fix_of(record) == SERVICE_FIX_SAFE;
    return true;
}

/* Their record is the finding itself. */
static const struct service_member fix_members[] = {
    {.name = "safe",
     .kind = SERVICE_KIND_BOOLEAN,
     .get = get_safe,
     .help = "`doctor` does it when it is asked to fix: nothing has to be decided, and nothing of the user is lost."},
    {.name = "command",
     .kind = SERVICE_KIND_COMMAND,
     .not_empty = true,
     .get = get_help,
     .help = "What to run, as a shell takes it. For people: the words may change."},
};
static const struct service_table fix_table = SERVICE_TABLE(fix_members);

static const struct service_member members[] = {
    {.name = "id",
     .kind = SERVICE_KIND_STRING,
     .pattern = "^[a-z0-9]+(-[a-z0-9]+)*$",
     .get = get_id,
     .help = "Which diagnostic it is: docs/contracts/diagnostics.md."},
    {.name = "class", .kind = SERVICE_KIND_STRING, .words = classes, .is_word = true, FINDING(class_)},
    {.name = "severity", .kind = SERVICE_KIND_STRING, .words = severities, .is_word = true, FINDING(severity)},
    {.name = "message", .kind = SERVICE_KIND_STRING, .not_empty = true, FINDING(message)},
    {.name = "file", .kind = SERVICE_KIND_STRING, .nullable = true, FINDING(place.file)},
    {.name = "byte_offset",
     .kind = SERVICE_KIND_COUNT,
     .help = "Where it is in the file.",
     FINDING(place.byte_offset),
     FINDING_HAS(place.has_byte_offset)},
    {.name = "length",
     .kind = SERVICE_KIND_COUNT,
     .help = "How many bytes from there are at fault.",
     .least = 1,
     .nullable = true,
     .null_is_zero = true,
     FINDING(place.length)},
    {.name = "line",
     .kind = SERVICE_KIND_COUNT,
     .help = "The line of byte_offset, from 1, in a file that is a text.",
     .least = 1,
     .nullable = true,
     .null_is_zero = true,
     FINDING(place.line)},
    {.name = "column",
     .kind = SERVICE_KIND_COUNT,
     .help = "The column of byte_offset in bytes, from 1, in a file that is a text.",
     .least = 1,
     .nullable = true,
     .null_is_zero = true,
     FINDING(place.column)},
    {.name = "character_utf16",
     .kind = SERVICE_KIND_COUNT,
     .help = "How many code units of UTF-16 come before byte_offset in its line, in a file that is a text.",
     .nullable = true,
     .get = get_character},
    {.name = "x",
     .kind = SERVICE_KIND_COUNT,
     .help = "The column of the pixel at fault, from 0, in a file that is a picture.",
     FINDING(place.x),
     FINDING_HAS(place.has_pixel)},
    {.name = "y",
     .kind = SERVICE_KIND_COUNT,
     .help = "Its row, from 0.",
     FINDING(place.y),
     FINDING_HAS(place.has_pixel)},
    {.name = "tile",
     .kind = SERVICE_KIND_COUNT,
     .help = "The tile of the picture that has the pixel, counted row by row from 0.",
     FINDING(place.tile),
     FINDING_HAS(place.has_tile)},
    {.name = "pixels",
     .kind = SERVICE_KIND_COUNT,
     .help = "How many pixels of the picture have this cause.",
     .least = 1,
     .nullable = true,
     .null_is_zero = true,
     FINDING(place.pixels)},
    {.name = "tiles",
     .kind = SERVICE_KIND_COUNT,
     .help = "In how many tiles of the picture they are.",
     .least = 1,
     .nullable = true,
     .null_is_zero = true,
     FINDING(place.tiles)},
    {.name = "palette",
     .kind = SERVICE_KIND_COUNT,
     .help = "The index of the palette that has the most of the colours that are needed.",
     FINDING(place.palette),
     FINDING_HAS(place.has_palette)},
    {.name = "frame",
     .kind = SERVICE_KIND_COUNT,
     .help = "The frame at fault, from 0, in a file that is a sound.",
     FINDING(place.frame),
     FINDING_HAS(place.has_frame)},
    {.name = "image",
     .kind = SERVICE_KIND_STRING,
     .nullable = true,
     .help = "The picture that was written about it.",
     FINDING(place.image)},
    {.name = "asset_id", .kind = SERVICE_KIND_INTEGER, FINDING(place.asset_id), FINDING_HAS(place.has_asset_id)},
    {.name = "json_pointer",
     .kind = SERVICE_KIND_STRING,
     .nullable = true,
     .pattern = "^(/.*)?$",
     FINDING(place.json_pointer)},
    {.name = "expected", .kind = SERVICE_KIND_STRING, .nullable = true, FINDING(expected)},
    {.name = "actual", .kind = SERVICE_KIND_STRING, .nullable = true, FINDING(actual)},
    {.name = "help",
     .kind = SERVICE_KIND_REMEDY,
     .get = get_help,
     .help = "What to do about it. For people: the words may change."},
    {.name = "fix",
     .kind = SERVICE_KIND_OBJECT,
     .there = has_fix,
     .table = &fix_table,
     .help = "The command to run for it; only there when there is one."},
};

static const struct service_table table = SERVICE_TABLE(members);
const struct service_member service_row_finding = {.kind = SERVICE_KIND_OBJECT, .table = &table};
