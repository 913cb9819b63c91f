/* docs/contracts/extract.md 2. */
#include "export/names.h"

#include "tests/lib/unit.h"

#include <stdio.h>
#include <stdlib.h>

static const char *root_of(int32_t asset_id, const char *name)
{
    static char root[EXPORT_ROOT_SIZE];
    export_root_of(asset_id, base_bytes_of_string(name), root);
    return root;
}

UNIT_TEST(a_root_is_the_id_and_the_safe_part_of_the_name)
{
    CHECK_STRING(root_of(3, "ui/hero"), "0003-ui-hero");
    CHECK_STRING(root_of(1, "font_8x8"), "0001-font_8x8");
    CHECK_STRING(root_of(12345, "a"), "12345-a");
    CHECK_STRING(root_of(2147483647, "A  Z"), "2147483647-A-Z");
    CHECK_STRING(root_of(4, "surf \xE2\x80\x93 the bay"), "0004-surf-the-bay");
}

UNIT_TEST(a_name_without_a_safe_byte_leaves_the_id)
{
    CHECK_STRING(root_of(7, ""), "0007");
    CHECK_STRING(root_of(7, ".."), "0007");
    CHECK_STRING(root_of(7, "/"), "0007");
    CHECK_STRING(root_of(7, "\xE6\xB5\xB7"), "0007");
}

UNIT_TEST(no_name_leads_out_of_its_directory)
{
    CHECK_STRING(root_of(1, "../x"), "0001-x");
    CHECK_STRING(root_of(1, "/etc/x"), "0001-etc-x");
    CHECK_STRING(root_of(1, "a\\\\b"), "0001-a-b");
    CHECK_STRING(root_of(1, "a\\u0000b\\u001b\\n"), "0001-a-b");
    CHECK_STRING(root_of(1, ".prometeu"), "0001-prometeu");
    CHECK_STRING(root_of(1, "-rf"), "0001-rf");
}

UNIT_TEST(escapes_count_as_what_they_mean)
{
    CHECK_STRING(root_of(1, "\\u0068ero"), "0001-hero");
    CHECK_STRING(root_of(1, "x\\ud83d\\ude00y"), "0001-x-y");
}

UNIT_TEST(a_long_name_is_cut_and_does_not_end_with_a_dash)
{
    char name[10001];
    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    CHECK_U64(strlen(root_of(1, name)), 5 + 64);
    memset(name + 63, ' ', 100);
    CHECK_U64(strlen(root_of(1, name)), 5 + 63);
    name[62] = ' ';
    name[63] = 'y';
    CHECK_U64(strlen(root_of(1, name)), 5 + 64);
}

UNIT_TEST(a_uuid_has_the_id_the_header_and_the_version)
{
    char uuid[EXPORT_UUID_SIZE];
    struct base_hash header;
    memset(header.bytes, 0xFF, sizeof header.bytes);
    export_uuid_of(0x0102ABCD, header, uuid);
    CHECK_STRING(uuid, "0102abcd-ffff-8fff-bfff-ffffffffffff");
    for (unsigned i = 0; i < sizeof header.bytes; i++) {
        header.bytes[i] = (uint8_t)(i * 0x11);
    }
    export_uuid_of(1, header, uuid);
    CHECK_STRING(uuid, "00000001-0011-8233-8455-66778899aabb");
}
