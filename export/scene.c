#include "export/work.h"

int export_work_scene(struct export_work *work)
{
    bool given;
    return export_work_raw(work, "SCENE/raw_v1", "scene.bin", &given);
}
