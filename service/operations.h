/* The table of operations, which every front end walks: what each one is called, what it is asked and answers, whether
 * it changes something, and how to run it.
 *
 * A front end fills a request by its table (service/table/assign.h), runs the operation, and hands the answer to a
 * presenter, which reads it by the table of the result. It need not know any operation by name.
 * Threads: the table is constant; operations may run side by side. */
#ifndef PRPACK_SERVICE_OPERATIONS_H
#define PRPACK_SERVICE_OPERATIONS_H

#include "service/service.h"
#include "service/shown.h"
#include "service/table/member.h"

enum service_operation_id {
#define SERVICE_OPERATION(symbol, name, changes, request, result, summary) SERVICE_OPERATION_##symbol,
#define SERVICE_OPERATION_SPELT(symbol, spelling, name, changes, request, result, summary) SERVICE_OPERATION_##symbol,
#define SERVICE_OPERATION_ON(symbol, what, name, changes, request, result, summary) SERVICE_OPERATION_##symbol,
#include "service/operations.def"
#undef SERVICE_OPERATION
#undef SERVICE_OPERATION_ON
#undef SERVICE_OPERATION_SPELT
    SERVICE_OPERATION_COUNT
};

/* What an operation leaves changed. */
enum service_changes {
    SERVICE_CHANGES_NOTHING,   /* but for a file that the request names */
    SERVICE_CHANGES_WORKSPACE, /* files in assets/ */
    SERVICE_CHANGES_OUTPUT     /* the artifacts; and the cache in assets/.prometeu/, which is not part of the game */
};

union service_request {
    struct service_init_request init;
    struct service_add_request add;
    struct service_adopt_request adopt;
    struct service_palettes_request palettes;
    struct service_change_request change; /* of include, exclude, forget and remove */
    struct service_rename_request rename;
    struct service_move_request move;
    struct service_restore_request restore;
    struct service_purge_request purge;
    struct service_quarantine_list_request quarantine_list;
    struct service_undo_request undo;
    struct service_history_request history;
    struct service_doctor_request doctor;
    struct service_gc_request gc;
    struct service_merge_request merge;
    struct service_list_request list;
    struct service_show_request show;
    struct service_build_request build; /* of build and watch */
    struct service_verify_request verify;
    struct service_inspect_request inspect;
    struct service_extract_request extract;
    struct service_ids_request ids;
    struct service_explain_request explain;
};

union service_result {
    struct service_init_result init;
    struct service_add_result add;
    struct service_palettes_result palettes;
    struct service_change_result
        change; /* of adopt, include, exclude, forget, remove, quarantine restore, rename and move */
    struct service_quarantine quarantine;
    struct service_purge_result purge;
    struct service_history history;
    struct service_doctor_result doctor;
    struct service_gc_result gc;
    struct service_merge_result merge;
    struct service_listing list;
    struct service_shown show;
    struct service_build_result build;
    struct service_watch_result watch;
    struct service_report report; /* of verify and inspect */
    struct service_extract_result extract;
    struct service_ids_result ids;
    struct service_explanations explain;
};

struct service_call;
struct service_answer;

struct service_operation {
    const char *name;                    /* "list", "quarantine list" */
    const char *summary;                 /* a line without its full stop */
    const struct service_table *request; /* of a union service_request */
    const struct service_table *result;  /* of a union service_result */
    enum service_operation_id id;
    enum service_changes changes;
    enum service_status (*run)(const struct service_call *call); /* private: service_run */
};

/* Takes one answer; it is lent for the call. */
typedef void (*service_take_answer)(void *context, const struct service_answer *answer);

/* What is to be run. */
struct service_call {
    const struct service_operation *operation;
    struct base_task *task; /* or NULL */
    const char *workspace;  /* the project directory; NULL: searched for, docs/contracts/workspace.md 1.5 */
    const union service_request *request;
    service_take_answer take;
    void *take_context;
};

/* What came of it: of the whole request, or of one of the things that it lists. */
struct service_answer {
    const struct service_operation *operation; /* NULL: the front end could not say which was asked for */
    bool ran;                                  /* else there is no result: the request was refused */
    enum service_status status;
    union service_result result;
    struct base_findings findings; /* all: those of an examination too, whose own list is empty; errors first */
    bool limited;                  /* only `most_shown` findings are shown */
    uint64_t most_shown;
};

/* Which findings of an answer are shown, in order: the one of that number, from 0 on; NULL after the last one. When the
 * list says that memory ran out, and no finding does, one says so. */
const struct base_finding *service_finding_shown(const struct service_answer *answer, size_t number);

/* The next file of the answer that findings name, from *at on, which is 0 before the first one; false after the last
 * one. */
bool service_file_counted(const struct service_answer *answer, size_t *at, struct service_file_count *file);

/* Errors and warnings of an answer, shown or not. */
uint64_t service_count_errors(const struct service_answer *answer);
uint64_t service_count_warnings(const struct service_answer *answer);

/* Static storage; id is below SERVICE_OPERATION_COUNT. */
const struct service_operation *service_operation(enum service_operation_id id);

/* The members that every answer has before those of its result, and after them; their record is the answer. Those after
 * it begin with the findings. */
extern const struct service_table service_members_head;
extern const struct service_table service_members_tail;

/* Makes a request in which nothing was asked for: every member has its default. */
void service_request_begin(union service_request *request, const struct service_operation *operation);

/* Runs an operation, and hands over its answers one after the other, in the order of the request: one for each root of
 * `add`, each asset of `palettes` and each path of `inspect`, and one of every other operation. Returns the worst
 * status of the answers. They are handed over from this thread. */
enum service_status service_run(const struct service_call *call);

/* Whether a request has one answer, whatever comes of it: it lists one thing, or is of an operation that answers once.
 * `watch` does not. */
bool service_answers_once(const struct service_operation *operation, const union service_request *request);

/* Makes the answer to a request that is not run. The caller adds the findings that say why, and frees them with
 * base_findings_free. */
void service_refuse(struct service_answer *answer, const struct service_operation *operation);

#endif
