/* powercut.so: an LD_PRELOAD shim that models a power cut for one process.
 *
 *   clang -shared -fPIC -O1 -Wall -Wextra -o powercut.so powercut.c -ldl -lpthread
 *
 * Writes to regular files whose real path starts with POWERCUT_DIR go to the file
 * at once, but the shim keeps the old and the new bytes until the file is synced.
 * At the cut each file is taken back to its last sync, and a random subset of the
 * writes since then is applied again; then the process dies by SIGKILL.  During
 * that the whole process is stopped, so that nothing can read or answer meanwhile.
 *
 *   POWERCUT_DIR=prefix     the files (required, else the shim does nothing)
 *   POWERCUT_EXEMPT=text    leave paths that contain the text alone
 *   POWERCUT_AFTER=n        cut right after the n-th write (write, truncate, allocate)
 *   POWERCUT_SIGNAL=n       the signal that cuts (default 10, SIGUSR1)
 *   POWERCUT_SEED=n         seed of the choice (default: time and process id)
 *   POWERCUT_LOG=fd         print "cut: N unsynced writes, M undone, T torn" there
 *   POWERCUT_TEAR=0         never tear a write (else at most one in each file)
 *   POWERCUT_UNSYNCED=text  a sync of a file whose path contains the text does nothing
 *   POWERCUT_FAST=1         do not call the real fsync (nothing but the model needs it)
 *
 * The choice for each file is one of: all lost (1/4), a prefix kept (1/4), each write
 * kept with one probability drawn for the file (1/2).  Then, in half the files, one
 * kept write is torn: only its bytes up to some 512-byte boundary are kept.
 *
 * Left alone: names that end in -shm (SQLite maps them); stdio's own writes (fwrite);
 * names, so a create, rename or unlink is durable at once; other processes' writes.
 * A child between fork and exec is passed through; after exec it has its own shim.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

typedef struct entry {          /* one unsynced write */
    struct entry *next, *prev;
    uint64_t seq;
    off_t off, old_size, new_size;
    size_t old_len, new_len;    /* how many of the bytes at off are saved */
    char *old, *new;
    int kept, sync;             /* sync: written with O_SYNC, never lost */
    size_t torn;                /* if not 0: only so many new bytes are kept */
} entry;

typedef struct file {           /* by inode; fd is ours and, since closing any descriptor */
    struct file *next;          /* of a file drops its fcntl locks, open as long as the file */
    dev_t dev;
    ino_t ino;
    int fd;
    entry *first, *last;
} file;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static file *files;
static uint64_t sequence, writes, cut_after, rng;
static const char *exempt, *unsynced;
static char prefix[PATH_MAX];
static int active, resolved, log_fd = -1, tear = 1, fast;
static sem_t cut_wanted;

#define REAL(type, name, ...)                                             \
    static type (*real)(__VA_ARGS__);                                     \
    if (!real) { void *p = dlsym(RTLD_NEXT, name); memcpy(&real, &p, sizeof p); }

/* ---- the cut ---------------------------------------------------------- */

static uint64_t rnd(void) {     /* splitmix64 */
    uint64_t z = (rng += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static void raw_write(int fd, const char *data, size_t n, off_t off) {
    while (n) {
        long r = syscall(SYS_pwrite64, fd, data, n, off);
        if (r < 0 && errno == EINTR) continue;
        if (r <= 0) return;
        data += r; off += r; n -= (size_t)r;
    }
}

static void choose(file *f, unsigned *total, unsigned *undone, unsigned *torn) {
    unsigned n = 0, i = 0, kept = 0;
    for (entry *e = f->first; e; e = e->next) n++;
    if (!n) return;
    unsigned mode = rnd() % 4, cut_at = rnd() % (n + 1), odds = rnd() % 101;
    for (entry *e = f->first; e; e = e->next, i++) {
        e->kept = e->sync || (mode == 1 ? i < cut_at : mode > 1 && rnd() % 100 < odds);
        kept += e->kept;
    }
    *total += n;
    *undone += n - kept;
    if (!tear || !kept || rnd() % 2) return;
    unsigned pick = rnd() % kept;
    for (entry *e = f->first; e; e = e->next) {
        if (!e->kept || pick--) continue;
        off_t start = (e->off / 512 + 1) * 512, end = e->off + (off_t)e->new_len;
        if (e->sync || start >= end) return;    /* within one sector */
        e->torn = (size_t)(start + (off_t)(rnd() % (uint64_t)((end - start + 511) / 512)) * 512 - e->off);
        ++*torn;
        return;
    }
}

static void rewrite(file *f) {
    int fd = f->fd;
    struct stat st;
    if (!f->first || fstat(fd, &st)) return;
    off_t size = st.st_size;
    for (entry *e = f->last; e; e = e->prev) {
        raw_write(fd, e->old, e->old_len, e->off);
        if (e->new_size != e->old_size) syscall(SYS_ftruncate, fd, size = e->old_size);
    }
    for (entry *e = f->first; e; e = e->next) {
        if (!e->kept) continue;
        size_t len = e->torn ? e->torn : e->new_len;
        if (e->new_size < e->old_size) {                        /* a truncate */
            if (size > e->new_size) syscall(SYS_ftruncate, fd, size = e->new_size);
        } else {
            raw_write(fd, e->new, len, e->off);
            off_t end = e->new_len ? e->off + (off_t)len : e->new_size;
            if (e->new_size > e->old_size && size < end) syscall(SYS_ftruncate, fd, size = end);
            if (size < end) size = end;
        }
    }
}

/* True once every thread of the process is stopped (or dead). */
static int all_stopped(pid_t pid) {
    char path[64], buf[2048], stat[512];
    int dir, n, ok = 1;
    snprintf(path, sizeof path, "/proc/%d/task", (int)pid);
    if ((dir = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_DIRECTORY, 0)) < 0) return 1;
    while (ok && (n = (int)syscall(SYS_getdents64, dir, buf, sizeof buf)) > 0) {
        for (int at = 0; ok && at < n;) {
            struct { uint64_t ino; int64_t off; unsigned short len; unsigned char type; } head;
            memcpy(&head, buf + at, sizeof head);
            const char *name = buf + at + 19;       /* after ino, off, len, type */
            if (*name != '.') {
                snprintf(path, sizeof path, "/proc/%d/task/%.20s/stat", (int)pid, name);
                int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY, 0);
                long r = fd < 0 ? -1 : syscall(SYS_read, fd, stat, sizeof stat - 1);
                if (fd >= 0) syscall(SYS_close, fd);
                if (r > 0) {
                    stat[r] = 0;
                    char *p = strrchr(stat, ')');
                    ok = p && strchr("TtZX", p[2]);
                }
            }
            at += head.len;
        }
    }
    syscall(SYS_close, dir);
    return ok;
}

/* Called with the lock held; never returns.  A forked child does the work while
   the process is stopped, and kills it when all is done. */
static void cut(void) {
    unsigned total = 0, undone = 0, torn = 0;
    char line[96];
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, NULL);
    for (file *f = files; f; f = f->next) choose(f, &total, &undone, &torn);
    pid_t parent = getpid(), child = _Fork();
    if (child > 0) for (;;) pause();
    if (child == 0) {
        kill(parent, SIGSTOP);
        for (int i = 0; i < 5000 && !all_stopped(parent); i++)
            nanosleep(&(struct timespec){0, 1000000}, NULL);
    }
    for (file *f = files; f; f = f->next) rewrite(f);
    int n = snprintf(line, sizeof line, "cut: %u unsynced writes, %u undone, %u torn\n", total, undone, torn);
    if (log_fd >= 0) syscall(SYS_write, log_fd, line, n);
    if (child == 0) syscall(SYS_close_range, 0u, ~0u, 0u);     /* no port or pipe outlives the parent */
    kill(parent, SIGKILL);
    _exit(0);
}

static void on_signal(int sig) { (void)sig; int e = errno; sem_post(&cut_wanted); errno = e; }

static void *cutter(void *arg) {
    int sig = (int)(intptr_t)arg;
    sigset_t set;       /* always one thread that can take the signal */
    sigemptyset(&set);
    sigaddset(&set, sig);
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
    while (sem_wait(&cut_wanted)) {}
    pthread_mutex_lock(&lock);
    cut();
    return NULL;
}

/* ---- set up ----------------------------------------------------------- */

static void before_fork(void) { pthread_mutex_lock(&lock); }
static void after_fork(void) { pthread_mutex_unlock(&lock); }
static void in_child(void) { active = 0; pthread_mutex_unlock(&lock); }

static long number(const char *name, long otherwise) {
    const char *s = getenv(name);
    return s && *s ? atol(s) : otherwise;
}

__attribute__((constructor)) static void start(void) {
    const char *dir = getenv("POWERCUT_DIR");
    if (!dir || !*dir) return;
    snprintf(prefix, sizeof prefix, "%s", dir);
    exempt = getenv("POWERCUT_EXEMPT");
    if (exempt && !*exempt) exempt = NULL;
    unsynced = getenv("POWERCUT_UNSYNCED");
    if (unsynced && !*unsynced) unsynced = NULL;
    cut_after = (uint64_t)number("POWERCUT_AFTER", 0);
    log_fd = (int)number("POWERCUT_LOG", -1);
    tear = (int)number("POWERCUT_TEAR", 1);
    fast = (int)number("POWERCUT_FAST", 0);
    rng = (uint64_t)number("POWERCUT_SEED", (long)time(NULL) * 1000003 + getpid());
    sem_init(&cut_wanted, 0, 0);
    pthread_atfork(before_fork, after_fork, in_child);

    int sig = (int)number("POWERCUT_SIGNAL", SIGUSR1);
    struct sigaction sa = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
    sigset_t all, old;
    pthread_t t;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old);
    pthread_create(&t, NULL, cutter, (void *)(intptr_t)sig);
    pthread_detach(t);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    sigaction(sig, &sa, NULL);
    active = 1;
}

/* ---- the journal (all with the lock held) ------------------------------- */

static file *find(const struct stat *st) {
    for (file *f = files; f; f = f->next)
        if (f->ino == st->st_ino && f->dev == st->st_dev) return f;
    return NULL;
}

static void drop(file *f, uint64_t upto) {
    entry *e;
    while ((e = f->first) && e->seq <= upto) {
        if (!(f->first = e->next)) f->last = NULL;
        else f->first->prev = NULL;
        free(e->old); free(e->new); free(e);
    }
}

static void forget_deleted(void) {
    struct stat st;
    for (file **p = &files, *f; (f = *p);) {
        if (!fstat(f->fd, &st) && st.st_nlink == 0) {
            *p = f->next;
            drop(f, UINT64_MAX);
            close(f->fd);
            free(f);
        } else p = &f->next;
    }
}

/* The file of a descriptor if it is one of ours; its state is left in st. */
static file *lookup(int fd, struct stat *st) {
    char link[48], path[PATH_MAX], full[PATH_MAX];
    file *f;
    if (fstat(fd, st) || !S_ISREG(st->st_mode)) return NULL;
    if ((f = find(st))) return f;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    if (n < 0) return NULL;
    path[n] = 0;
    if (st->st_nlink == 0) return NULL;
    if (!resolved && realpath(prefix, full)) {  /* the directory may be made later */
        if (prefix[strlen(prefix) - 1] == '/' && strlen(full) < sizeof full - 1) strcat(full, "/");
        strcpy(prefix, full);
        resolved = 1;
    }
    if (strncmp(path, prefix, strlen(prefix))) return NULL;
    if (n >= 4 && !strcmp(path + n - 4, "-shm")) return NULL;
    if (exempt && strstr(path, exempt)) return NULL;
    forget_deleted();
    int own = open(link, O_RDWR | O_CLOEXEC);
    if (own < 0) return NULL;
    f = calloc(1, sizeof *f);
    *f = (file){.next = files, .dev = st->st_dev, .ino = st->st_ino, .fd = own};
    return files = f;
}

static char *save(int fd, off_t off, size_t len, size_t *got) {
    char *p = malloc(len ? len : 1);
    size_t n = 0;
    while (n < len) {
        long r = syscall(SYS_pread64, fd, p + n, len - n, off + (off_t)n);
        if (r <= 0) break;
        n += (size_t)r;
    }
    *got = n;
    return p;
}

/* Before a change of [off, off+len): the old bytes.  After it: the new ones. */
static entry *begin(file *f, const struct stat *st, off_t off, off_t len) {
    entry *e = calloc(1, sizeof *e);
    off_t n = off >= st->st_size ? 0 : st->st_size - off < len ? st->st_size - off : len;
    e->off = off;
    e->old_size = st->st_size;
    e->old = save(f->fd, off, (size_t)n, &e->old_len);
    return e;
}

static void end(file *f, entry *e, int fd, int done, off_t len) {
    struct stat st;
    int err = errno;
    if (!done || fstat(f->fd, &st)) { free(e->old); free(e); errno = err; return; }
    e->new_size = st.st_size;
    e->new = save(f->fd, e->off, (size_t)len, &e->new_len);
    e->sync = (fcntl(fd, F_GETFL) & O_DSYNC) != 0;      /* O_SYNC contains O_DSYNC */
    e->seq = ++sequence;
    e->prev = f->last;
    if (f->last) f->last->next = e; else f->first = e;
    f->last = e;
    if (++writes == cut_after) cut();
    errno = err;
}

/* ---- the calls -------------------------------------------------------- */

/* off < 0: at the descriptor's own place.  CALL is the real call. */
#define WRITE(CALL, FD, OFF, LEN)                                           \
    if (!active) return CALL;                                               \
    pthread_mutex_lock(&lock);                                              \
    struct stat st;                                                         \
    file *f = lookup(FD, &st);                                              \
    if (!f) { pthread_mutex_unlock(&lock); return CALL; }                   \
    off_t at = (OFF);                                                       \
    if (fcntl(FD, F_GETFL) & O_APPEND) at = st.st_size;                     \
    else if (at < 0) at = lseek(FD, 0, SEEK_CUR);                           \
    entry *e = begin(f, &st, at, (off_t)(LEN));                             \
    ssize_t r = CALL;                                                       \
    end(f, e, FD, r > 0, (off_t)r);                                         \
    pthread_mutex_unlock(&lock);                                            \
    return r

static size_t total(const struct iovec *v, int n) {
    size_t sum = 0;
    for (int i = 0; i < n; i++) sum += v[i].iov_len;
    return sum;
}

ssize_t write(int fd, const void *buf, size_t n) {
    REAL(ssize_t, "write", int, const void *, size_t)
    WRITE(real(fd, buf, n), fd, -1, n);
}
ssize_t pwrite(int fd, const void *buf, size_t n, off_t off) {
    REAL(ssize_t, "pwrite", int, const void *, size_t, off_t)
    WRITE(real(fd, buf, n, off), fd, off, n);
}
ssize_t pwrite64(int fd, const void *buf, size_t n, off64_t off) {
    REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t)
    WRITE(real(fd, buf, n, off), fd, off, n);
}
ssize_t writev(int fd, const struct iovec *v, int n) {
    REAL(ssize_t, "writev", int, const struct iovec *, int)
    WRITE(real(fd, v, n), fd, -1, total(v, n));
}
ssize_t pwritev(int fd, const struct iovec *v, int n, off_t off) {
    REAL(ssize_t, "pwritev", int, const struct iovec *, int, off_t)
    WRITE(real(fd, v, n, off), fd, off, total(v, n));
}
ssize_t pwritev64(int fd, const struct iovec *v, int n, off64_t off) {
    REAL(ssize_t, "pwritev64", int, const struct iovec *, int, off64_t)
    WRITE(real(fd, v, n, off), fd, off, total(v, n));
}

/* A shrink saves the tail that goes, a growth needs no bytes. */
#define TRUNCATE(CALL, FD, SIZE)                                            \
    if (!active) return CALL;                                               \
    pthread_mutex_lock(&lock);                                              \
    struct stat st;                                                         \
    file *f = lookup(FD, &st);                                              \
    if (!f || st.st_size == (SIZE)) { pthread_mutex_unlock(&lock); return CALL; } \
    entry *e = begin(f, &st, SIZE, st.st_size);                             \
    int r = CALL;                                                           \
    end(f, e, FD, r == 0, 0);                                               \
    pthread_mutex_unlock(&lock);                                            \
    return r

int ftruncate(int fd, off_t size) {
    REAL(int, "ftruncate", int, off_t)
    TRUNCATE(real(fd, size), fd, size);
}
int ftruncate64(int fd, off64_t size) {
    REAL(int, "ftruncate64", int, off64_t)
    TRUNCATE(real(fd, size), fd, size);
}

/* Punching and zeroing change bytes, plain allocation only the size. */
#define ALLOCATE(CALL, FD, MODE, OFF, LEN, OK)                              \
    if (!active) return CALL;                                               \
    pthread_mutex_lock(&lock);                                              \
    struct stat st;                                                         \
    file *f = lookup(FD, &st);                                              \
    if (!f) { pthread_mutex_unlock(&lock); return CALL; }                   \
    off_t len = (MODE) & ~FALLOC_FL_KEEP_SIZE ? (LEN) : 0;                  \
    entry *e = begin(f, &st, OFF, len);                                     \
    int r = CALL;                                                           \
    end(f, e, FD, OK, len);                                                 \
    pthread_mutex_unlock(&lock);                                            \
    return r

int fallocate(int fd, int mode, off_t off, off_t n) {
    REAL(int, "fallocate", int, int, off_t, off_t)
    ALLOCATE(real(fd, mode, off, n), fd, mode, off, n, r == 0);
}
int fallocate64(int fd, int mode, off64_t off, off64_t n) {
    REAL(int, "fallocate64", int, int, off64_t, off64_t)
    ALLOCATE(real(fd, mode, off, n), fd, mode, off, n, r == 0);
}
int posix_fallocate(int fd, off_t off, off_t n) {
    REAL(int, "posix_fallocate", int, off_t, off_t)
    ALLOCATE(real(fd, off, n), fd, 0, off, n, r == 0);
}
int posix_fallocate64(int fd, off64_t off, off64_t n) {
    REAL(int, "posix_fallocate64", int, off64_t, off64_t)
    ALLOCATE(real(fd, off, n), fd, 0, off, n, r == 0);
}

/* Whether a sync of the file is to do nothing. */
static int is_unsynced(int fd) {
    char link[32], path[PATH_MAX];
    if (!unsynced) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    if (n < 0) return 0;
    path[n] = 0;
    return strstr(path, unsynced) != NULL;
}

/* What was written before the sync began is safe once it has succeeded. */
#define SYNC(CALL, FD)                                                      \
    if (!active) return CALL;                                               \
    pthread_mutex_lock(&lock);                                              \
    struct stat st;                                                         \
    file *f = lookup(FD, &st);                                              \
    uint64_t upto = sequence;                                               \
    pthread_mutex_unlock(&lock);                                            \
    if (f && is_unsynced(FD)) return 0;                                     \
    int r = f && fast ? 0 : CALL;                                           \
    if (f && r == 0) {                                                      \
        pthread_mutex_lock(&lock);                                          \
        if ((f = find(&st))) drop(f, upto);                                 \
        pthread_mutex_unlock(&lock);                                        \
    }                                                                       \
    return r

int fsync(int fd) {
    REAL(int, "fsync", int)
    SYNC(real(fd), fd);
}
int fdatasync(int fd) {
    REAL(int, "fdatasync", int)
    SYNC(real(fd), fd);
}

/* O_TRUNC is taken apart into an open and a truncate. */
static int opened(int fd, int flags) {
    struct stat st;
    if (fd >= 0 && (flags & O_TRUNC) && !fstat(fd, &st) && S_ISREG(st.st_mode)) {
        int err = errno;
        ftruncate(fd, 0);
        errno = err;
    }
    return fd;
}

#define MODE(FLAGS)                                                         \
    mode_t mode = 0;                                                        \
    if ((FLAGS) & O_CREAT || ((FLAGS) & O_TMPFILE) == O_TMPFILE) {          \
        va_list ap; va_start(ap, flags); mode = va_arg(ap, mode_t); va_end(ap); \
    }                                                                       \
    int without = active && ((FLAGS) & O_ACCMODE) != O_RDONLY ? (FLAGS) & ~O_TRUNC : (FLAGS)

#define OPENED(CALL) int fd = CALL; return without == flags ? fd : opened(fd, flags)

int open(const char *path, int flags, ...) {
    REAL(int, "open", const char *, int, ...)
    MODE(flags);
    OPENED(real(path, without, mode));
}
int open64(const char *path, int flags, ...) {
    REAL(int, "open64", const char *, int, ...)
    MODE(flags);
    OPENED(real(path, without, mode));
}
int openat(int dir, const char *path, int flags, ...) {
    REAL(int, "openat", int, const char *, int, ...)
    MODE(flags);
    OPENED(real(dir, path, without, mode));
}
int openat64(int dir, const char *path, int flags, ...) {
    REAL(int, "openat64", int, const char *, int, ...)
    MODE(flags);
    OPENED(real(dir, path, without, mode));
}
int creat(const char *path, mode_t mode) { return open(path, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int creat64(const char *path, mode_t mode) { return open64(path, O_CREAT | O_WRONLY | O_TRUNC, mode); }

/* A shared writable mapping would get round the journal: refuse it loudly. */
static void no_mapping(int prot, int flags, int fd) {
    static const char text[] = "powercut: a file in POWERCUT_DIR is mapped writable\n";
    struct stat st;
    if (!active || fd < 0 || !(prot & PROT_WRITE) || !(flags & MAP_SHARED)) return;
    pthread_mutex_lock(&lock);
    file *f = lookup(fd, &st);
    pthread_mutex_unlock(&lock);
    if (f) { syscall(SYS_write, 2, text, sizeof text - 1); abort(); }
}
void *mmap(void *at, size_t n, int prot, int flags, int fd, off_t off) {
    REAL(void *, "mmap", void *, size_t, int, int, int, off_t)
    no_mapping(prot, flags, fd);
    return real(at, n, prot, flags, fd, off);
}
void *mmap64(void *at, size_t n, int prot, int flags, int fd, off64_t off) {
    REAL(void *, "mmap64", void *, size_t, int, int, int, off64_t)
    no_mapping(prot, flags, fd);
    return real(at, n, prot, flags, fd, off);
}
