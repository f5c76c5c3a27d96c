/*
 * A hook that does nothing but read what it is told: crun 1.8.1 now and then fails a container whose hook ended before
 * crun had written it.
 */
#include <unistd.h>

int main(void) {
    char state[4096];
    while (read(0, state, sizeof state) > 0) continue;
    return 0;
}
