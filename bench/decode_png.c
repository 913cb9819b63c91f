/* bench_decode_png LIST: the bare loop that a build is compared with. Decodes each file that LIST names, a path a line,
 * with libpng as it is, one after the other, in one thread. */
#include "bench/measure.h"

#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void decode(const char *path)
{
    FILE *file = fopen(path, "rb");
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png != NULL ? png_create_info_struct(png) : NULL;
    if (file == NULL || info == NULL) {
        bench_die(path);
    }
    if (setjmp(png_jmpbuf(png)) != 0) {
        bench_die(path);
    }
    png_init_io(png, file);
    png_read_png(png, info, PNG_TRANSFORM_IDENTITY, NULL);
    bench_keep(png_get_rows(png, info)[0][0]);
    png_destroy_read_struct(&png, &info, NULL);
    (void)fclose(file);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        bench_die("usage: bench_decode_png LIST");
    }
    FILE *list = fopen(argv[1], "r");
    char path[4096];
    if (list == NULL) {
        bench_die(argv[1]);
    }
    while (fgets(path, sizeof path, list) != NULL) {
        path[strcspn(path, "\n")] = '\0';
        decode(path);
    }
    (void)fclose(list);
    return 0;
}
