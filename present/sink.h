/* Where answers go: one interface, and a presenter for each format behind it.
 *
 * A front end opens a sink, shows each answer of the run, and closes it. present_sink_show walks the tables of an
 * answer (service/operations.h) and hands the presenter one part after another:
 *
 *     open                                        the run begins
 *         begin                                   an answer begins
 *             member                              a value, or an object of values
 *             segment  row row …  segment_end     a list; its rows are made one at a time and must not be kept
 *             finding                             likewise; the findings are the rows of the last segment
 *         end                                     the answer ends
 *     close                                       the run ends
 *
 * A presenter leaves NULL what it need not see. From begin to end it may read the whole answer, sink->answer, as well.
 * A new format is one file with a struct present_format, and its line in present/registered.def.
 *
 * Threads: a sink belongs to one thread. */
#ifndef PRPACK_PRESENT_SINK_H
#define PRPACK_PRESENT_SINK_H

#include "base/text.h"
#include "present/output.h"
#include "present/subjects.h"
#include "service/operations.h"

struct present_format;

struct present_sink {
    const struct present_format *format;
    struct present_output output;
    const struct service_answer *answer; /* from begin to end */
    size_t shown;                        /* answers that have ended */
    enum service_status worst;           /* of these */

    /* For the presenter alone: a document that is put together in memory. It is empty when the sink is opened, and
     * freed when it is closed. */
    struct base_text text;
    bool needs_comma;                 /* before what comes next in it, if it is JSON */
    struct present_subjects subjects; /* of an answer: made in `begin`, freed in `end` */
};

/* A presenter. Writing goes to sink->output. What cannot be shown because memory ran out sets *output.out_of_memory. */
struct present_format {
    const char *name;
    const char *help;  /* what --format NAME gives, after its name */
    bool for_programs; /* standard output has this format and nothing else; progress is JSON */
    bool for_checks;   /* only for operations that examine something: present_format_shows */
    void (*open)(struct present_sink *sink);
    void (*begin)(struct present_sink *sink);
    void (*member)(struct present_sink *sink, const struct service_member *member, const void *record);
    void (*segment)(struct present_sink *sink, const struct service_member *member);
    void (*row)(struct present_sink *sink, const struct service_member *row, const void *record);
    void (*finding)(struct present_sink *sink, const struct base_finding *finding);
    void (*segment_end)(struct present_sink *sink);
    void (*end)(struct present_sink *sink);
    void (*close)(struct present_sink *sink);
};

/* Those that there are: present/registered.def. */
#define PRESENT_FORMAT(symbol) extern const struct present_format present_##symbol;
#include "present/registered.def"
#undef PRESENT_FORMAT

void present_sink_open(struct present_sink *sink, const struct present_format *format,
                       const struct present_output *output);
void present_sink_show(struct present_sink *sink, const struct service_answer *answer);
void present_sink_close(struct present_sink *sink);

#endif
