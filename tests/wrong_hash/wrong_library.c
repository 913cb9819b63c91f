/* An installed xxHash whose streams end in a wrong hash: a function of the program wins over that of a shared library.
 */
#include <xxhash.h>

XXH128_hash_t XXH3_128bits_digest(const XXH3_state_t *state)
{
    (void)state;
    return (XXH128_hash_t){.low64 = 1, .high64 = 2};
}
