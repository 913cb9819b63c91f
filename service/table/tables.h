/* The tables of what operations are asked and answer. Their records are the structs of service/service.h and
 * service/report.h; the function that uses a table for another record has undefined results. */
#ifndef PRPACK_SERVICE_TABLE_TABLES_H
#define PRPACK_SERVICE_TABLE_TABLES_H

#include "service/table/member.h"

/* Requests: struct service_add_request and so on. */
extern const struct service_table service_request_init;
extern const struct service_table service_request_add;
extern const struct service_table service_request_adopt;
extern const struct service_table service_request_palettes;
extern const struct service_table service_request_change;
extern const struct service_table service_request_rename;
extern const struct service_table service_request_move;
extern const struct service_table service_request_quarantine_list;
extern const struct service_table service_request_quarantine_restore;
extern const struct service_table service_request_quarantine_purge;
extern const struct service_table service_request_history;
extern const struct service_table service_request_undo;
extern const struct service_table service_request_doctor;
extern const struct service_table service_request_gc;
extern const struct service_table service_request_merge_registry;
extern const struct service_table service_request_list;
extern const struct service_table service_request_show;
extern const struct service_table service_request_build;
extern const struct service_table service_request_watch; /* struct service_build_request */
extern const struct service_table service_request_verify;
extern const struct service_table service_request_inspect;
extern const struct service_table service_request_extract;
extern const struct service_table service_request_ids;
extern const struct service_table service_request_explain;

/* Results: struct service_add_result and so on. */
extern const struct service_table service_members_nothing; /* of operations that answer with findings alone */
extern const struct service_table service_members_init;
extern const struct service_table service_members_add;
extern const struct service_table service_members_adopt; /* struct service_change_result */
extern const struct service_table service_members_palettes;
extern const struct service_table service_members_membership; /* these three: struct service_change_result */
extern const struct service_table service_members_forget;
extern const struct service_table service_members_remove; /* and this one */
extern const struct service_table service_members_move;
extern const struct service_table service_members_quarantine_list;
extern const struct service_table service_members_quarantine_purge;
extern const struct service_table service_members_quarantine_restore; /* struct service_change_result */
extern const struct service_table service_members_history;
extern const struct service_table service_members_undo; /* struct service_change_result */
extern const struct service_table service_members_doctor;
extern const struct service_table service_members_gc;
extern const struct service_table service_members_rename; /* and this one */
extern const struct service_table service_members_merge_registry;
extern const struct service_table service_members_list;
extern const struct service_table service_members_show;
extern const struct service_table service_members_build;
extern const struct service_table service_members_extract;
extern const struct service_table service_members_ids;
extern const struct service_table service_members_explain;
extern const struct service_table service_members_report; /* struct service_report */

/* The row of a list of findings: a struct base_finding. */
extern const struct service_member service_row_finding;

#endif
