#include "present/present.h"

void present_init(const struct present_output *output, enum service_status status, const struct base_findings *findings)
{
    if (status == SERVICE_STATUS_WELL && !output->quiet && !output->json) {
        (void)fputs("made assets/.prometeu/index.json\n", output->out);
    }
    present_outcome(output, "init", findings);
}
