#include "verify/header/outline_make.h"

#include "verify/header/outline_scan.h"
#include "verify/header/outline_walk.h"

bool verify_outline_make(struct verify_outline *outline, struct base_bytes header, struct base_task *task)
{
    bool stopped = false;
    verify_outline_begin(outline, header, task);
    if (verify_outline_scan(outline, &stopped)) {
        return true;
    }
    verify_outline_clear(outline);
    if (!stopped && verify_outline_walk(outline)) {
        return true;
    }
    verify_outline_clear(outline);
    return false;
}
