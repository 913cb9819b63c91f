/* What is known of a medium: the kind of file that another program writes. */
#ifndef PRPACK_BASE_MEDIUM_H
#define PRPACK_BASE_MEDIUM_H

enum base_medium_sort {
    BASE_MEDIUM_PICTURE,
    BASE_MEDIUM_SOUND,       /* without loss */
    BASE_MEDIUM_LOSSY_SOUND, /* with loss; films are here too */
    BASE_MEDIUM_MUSIC,       /* notes instead of samples */
    BASE_MEDIUM_MISHAP,      /* not the file that was meant: a Git LFS pointer, a web page */
    BASE_MEDIUM_OTHER        /* an archive, a document */
};

struct base_medium {
    const char *name; /* with its article: "a GIF picture" */
    enum base_medium_sort sort;
    const char *remedy; /* what its user may do: a sentence; NULL: nothing special */
};

#endif
