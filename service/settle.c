#include "service/transaction/settle.h"
#include "service/service.h"

void service_settle(const char *workspace)
{
    service_workspace_settle(workspace);
}
