/* Every allocation fails once: the caller is told, and nothing leaks. */
#include "export/marked.h"
#include "tests/lib/memory_fault.h"
#include "tests/lib/unit.h"

UNIT_TEST(each_allocation_of_a_picture_may_fail)
{
    static const uint32_t colours[64] = {0xFF102030};
    static const uint64_t marks[1] = {1};
    const struct export_marked marked = {.width = 8, .height = 8, .tile_size = 8, .colours = colours, .marks = marks};
    unsigned count = 0;
    bool refused;
    do {
        struct base_text png = BASE_TEXT_EMPTY;
        memory_fault_measure();
        memory_fault_once(count);
        bool printed = export_marked_print(&marked, &png);
        refused = memory_fault_off() > count;
        CHECK(printed != refused);
        base_text_free(&png);
        CHECK_U64(memory_fault_live(), 0);
        count++;
    } while (refused);
    CHECK(count > 5);
}
