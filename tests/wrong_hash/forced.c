/* prpack with one variant of the verifier's hash. Where the machine cannot run it, CTest counts the test as skipped. */
#include "base/fast_hash_force.h"
#include "cli/run.h"

#include <stdio.h>

enum { SKIPPED = 77 };

int main(int argc, char **argv)
{
    if (!base_fast_hash_force(FORCED_VARIANT)) {
        (void)fprintf(stderr, "this machine cannot run the variant %s\n", FORCED_VARIANT);
        return SKIPPED;
    }
    return cli_run(argc, argv, stdout, stderr);
}
