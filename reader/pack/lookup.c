/* Entries by id and by name. */
#include "reader/names/search.h"
#include "reader/pack/private.h"

size_t pp_pack_find_id(const struct pp_pack *pack, int32_t asset_id)
{
    return reader_table_find_id(&pack->table, asset_id);
}

size_t pp_pack_find_name(const struct pp_pack *pack, struct base_bytes name)
{
    const struct reader_names *names = reader_lazy_index_get(pack->names, pack->header, &pack->table);
    return names != NULL ? reader_names_find(names, name) : reader_names_search(pack->header, &pack->table, name);
}
