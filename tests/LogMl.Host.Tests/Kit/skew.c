/* The wall clock of a process with the offset of LOGML_TEST_SKEW, in seconds. Nothing else is changed: under libfaketime Npgsql does not connect. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>
static long offset(void) { const char *t = getenv("LOGML_TEST_SKEW"); return t ? atol(t) : 0; }
int clock_gettime(clockid_t id, struct timespec *t) {
    static int (*real)(clockid_t, struct timespec *);
    if (!real) real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    int r = real(id, t);
    if (r == 0 && (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE)) t->tv_sec += offset();
    return r;
}
int gettimeofday(struct timeval *t, void *z) {
    struct timespec s; int r = clock_gettime(CLOCK_REALTIME, &s);
    if (t) { t->tv_sec = s.tv_sec; t->tv_usec = s.tv_nsec / 1000; }
    (void)z; return r;
}
time_t time(time_t *t) { struct timespec s; clock_gettime(CLOCK_REALTIME, &s); if (t) *t = s.tv_sec; return s.tv_sec; }
