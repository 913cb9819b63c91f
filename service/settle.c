#include "service/transaction/settle.h"
#include "service/service.h"

void service_settle(struct base_task *task, const char *workspace)
{
    service_workspace_settle(task, workspace);
}
