/* ioerror.so: an LD_PRELOAD shim that makes a chosen write or sync fail.
 *
 *   clang -shared -fPIC -O1 -Wall -Wextra -o ioerror.so ioerror.c -ldl -lpthread
 *
 * Counted are write, pwrite, writev, pwritev, ftruncate, fsync and fdatasync (with
 * their 64 forms) on regular files whose real path starts with IOERROR_DIR.
 *
 *   IOERROR_DIR=prefix      the files (required, else the shim does nothing)
 *   IOERROR_EXEMPT=text     leave paths that contain the text alone
 *   IOERROR_ONLY=write|sync|truncate   count only such calls (default: all)
 *   IOERROR_AT=n            the n-th call fails (default: none)
 *   IOERROR_STICKY=1        and every later one
 *   IOERROR_ERRNO=n         with this errno (default 5, EIO; 28 is ENOSPC)
 *   IOERROR_COUNT=file      at exit the number of calls counted is written there
 *
 * A call that fails does nothing.  The count is written by exit() only, not by _exit
 * or a signal.  stdio's own writes (fwrite) and writes to a mapping are not seen.
 * A process that is started by exec counts anew.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { WRITES = 1, SYNCS = 2, TRUNCATES = 4 };

static const char *exempt, *only;
static char prefix[PATH_MAX], whole[PATH_MAX];
static atomic_int resolved;     /* 1: whole is being made, 2: it is there */
static atomic_long calls;
static long fail_at;
static int active, sticky, error = EIO, kinds = WRITES | SYNCS | TRUNCATES;
static pid_t owner;

static long number(const char *name, long otherwise) {
    const char *s = getenv(name);
    return s && *s ? atol(s) : otherwise;
}

__attribute__((constructor)) static void start(void) {
    const char *dir = getenv("IOERROR_DIR");
    if (!dir || !*dir) return;
    snprintf(prefix, sizeof prefix, "%s", dir);
    exempt = getenv("IOERROR_EXEMPT");
    if (exempt && !*exempt) exempt = NULL;
    only = getenv("IOERROR_ONLY");
    if (only && *only)
        kinds = *only == 'w' ? WRITES : *only == 's' ? SYNCS : TRUNCATES;
    fail_at = number("IOERROR_AT", 0);
    sticky = (int)number("IOERROR_STICKY", 0);
    error = (int)number("IOERROR_ERRNO", EIO);
    owner = getpid();
    active = 1;
}

__attribute__((destructor)) static void finish(void) {
    const char *path = getenv("IOERROR_COUNT");
    if (!active || !path || !*path || getpid() != owner) return;
    active = 0;
    FILE *f = fopen(path, "w");
    if (!f) return;
    fprintf(f, "%ld\n", atomic_load(&calls));
    fclose(f);
}

/* The prefix without symbolic links; the directory may be made after the start. */
static const char *where(void) {
    char full[PATH_MAX];
    int none = 0;
    if (resolved == 2) return whole;
    if (!realpath(prefix, full)) return prefix;
    if (prefix[strlen(prefix) - 1] == '/' && strlen(full) < sizeof full - 1) strcat(full, "/");
    if (atomic_compare_exchange_strong(&resolved, &none, 1)) {
        strcpy(whole, full);
        resolved = 2;
    }
    while (resolved != 2) {}
    return whole;
}

/* True, with errno set, if this call has to fail. */
static int fails(int fd, int kind) {
    char link[48], path[PATH_MAX];
    struct stat st;
    if (!active || !(kinds & kind)) return 0;
    int err = errno;
    if (fstat(fd, &st) || !S_ISREG(st.st_mode)) { errno = err; return 0; }
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    const char *dir = where();
    errno = err;
    if (n < 0) return 0;
    path[n] = 0;
    if (strncmp(path, dir, strlen(dir)) || (exempt && strstr(path, exempt))) return 0;
    long now = atomic_fetch_add(&calls, 1) + 1;
    if (!fail_at || now < fail_at || (now > fail_at && !sticky)) return 0;
    errno = error;
    return 1;
}

#define CALL(type, name, kind, params, args)                                \
    type name params {                                                      \
        static type (*real) params;                                         \
        if (!real) { void *p = dlsym(RTLD_NEXT, #name); memcpy(&real, &p, sizeof p); } \
        return fails(fd, kind) ? -1 : real args;                            \
    }

CALL(ssize_t, write, WRITES, (int fd, const void *buf, size_t n), (fd, buf, n))
CALL(ssize_t, pwrite, WRITES, (int fd, const void *buf, size_t n, off_t off), (fd, buf, n, off))
CALL(ssize_t, pwrite64, WRITES, (int fd, const void *buf, size_t n, off64_t off), (fd, buf, n, off))
CALL(ssize_t, writev, WRITES, (int fd, const struct iovec *v, int n), (fd, v, n))
CALL(ssize_t, pwritev, WRITES, (int fd, const struct iovec *v, int n, off_t off), (fd, v, n, off))
CALL(ssize_t, pwritev64, WRITES, (int fd, const struct iovec *v, int n, off64_t off), (fd, v, n, off))
CALL(int, ftruncate, TRUNCATES, (int fd, off_t size), (fd, size))
CALL(int, ftruncate64, TRUNCATES, (int fd, off64_t size), (fd, size))
CALL(int, fsync, SYNCS, (int fd), (fd))
CALL(int, fdatasync, SYNCS, (int fd), (fd))
