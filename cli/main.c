#include "cli/run.h"

int main(int argc, char **argv)
{
    return pp_cli_run(argc, argv, stdout, stderr);
}
