/* What Swift's Glibc module lacks. _GNU_SOURCE stays out of this header: it would change
   fd_set under the feet of that module. */
#ifndef CLINUX_H
#define CLINUX_H
#include <stddef.h>
#include <stdint.h>

/* Events as the poller sees them. */
enum { CLINUX_READ = 1, CLINUX_WRITE = 2, CLINUX_CLOSED = 4 };

struct clinux_event {
  uint64_t key;
  uint32_t what;
};

int clinux_epoll_create(void);
/* Registers fd (add != 0) or changes it; what is a set of CLINUX_READ and CLINUX_WRITE. */
int clinux_epoll_set(int poller, int fd, uint64_t key, uint32_t what, int add);
int clinux_epoll_remove(int poller, int fd);
/* Waits; a negative timeout waits for ever. Returns a count, or -1 with errno. */
int clinux_epoll_wait(int poller, struct clinux_event *events, int capacity, int timeout_ms);
/* Gives large buffers back to the system as soon as they are freed. */
void clinux_return_memory(void);
/* Lets other threads of this system go first where there are not cores enough for all. */
int clinux_stand_back(void);
int clinux_eventfd(void);
void clinux_ring(int eventfd);
void clinux_answer(int eventfd);
/* Who is at the other end: a network address, or the user of a Unix socket. */
struct clinux_peer {
  uint8_t octets[16];
  uint32_t octet_count;
  int is_local;
  uint32_t user;
};
/* accept4 with SOCK_NONBLOCK and SOCK_CLOEXEC. */
int clinux_accept(int listener, struct clinux_peer *peer);
/* Ends the process with this status, and one line, when a mapped file can't be read (SIGBUS). */
void clinux_end_on_mapped_fault(int status);
/* Two sockets joined to each other, non-blocking; a pipe. None is left to programs that are started. */
int clinux_socketpair(int pair[2]);
int clinux_pipe(int pair[2]);
/* Starts a program found on PATH, with `both` for input and output and `errors` for errors, in a process group of
   its own and without any other descriptor of ours. Returns 0, or an error. */
int clinux_spawn(char *const argv[], int both, int errors, int *pid);
/* 1 and the exit status (128 and the signal) once a program has ended, 0 before, -1 when it is not ours. */
int clinux_reap(int pid, int *status);
int clinux_random(void *octets, size_t count);
/* The kind of file system that path lies on (statfs.f_type), or -1. */
int64_t clinux_file_system(const char *path);
/* The commit that this program was built of, as -DBITIM_COMMIT says; empty where nobody said. */
const char *clinux_commit(void);
#endif
