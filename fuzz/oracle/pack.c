#include "fuzz/oracle/pack.h"

#include "fuzz/oracle/conform.h"
#include "fuzz/oracle/header.h"
#include "fuzz/oracle/prelude.h"

void oracle_check_pack(struct oracle *oracle, struct base_bytes pack)
{
    enum diag prelude = oracle_check_prelude(pack, pack.size, 0);
    if (prelude != DIAG_NONE) {
        *oracle = (struct oracle){.count = 0};
        oracle_add(oracle, prelude, DIAG_CLASS_L, 0);
        return;
    }
    struct base_bytes header = base_bytes_make(pack.data + 32, (size_t)oracle_number_at(pack, 8, 4));
    oracle_check_header(oracle, header, oracle_number_at(pack, 12, 8), pack.size);
    for (size_t at = 20; at < 32; at += 4) {
        if (oracle_number_at(pack, at, 4) != 0) {
            oracle_add(oracle, DIAG_PRELUDE_RESERVED, DIAG_CLASS_C, at);
        }
    }
    if (oracle->json.error == NAIVE_OK) {
        oracle_check_conformance(oracle, pack);
    }
}
