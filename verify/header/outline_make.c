#include "verify/header/outline_make.h"

#include "verify/header/outline_scan.h"
#include "verify/header/outline_walk.h"

bool verify_outline_make(struct verify_outline *outline, struct base_bytes header)
{
    bool no_memory = false;
    verify_outline_begin(outline, header);
    if (verify_outline_scan(outline, &no_memory)) {
        return true;
    }
    verify_outline_clear(outline);
    if (!no_memory && verify_outline_walk(outline)) {
        return true;
    }
    verify_outline_clear(outline);
    return false;
}
