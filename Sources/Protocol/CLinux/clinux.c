#define _GNU_SOURCE
#include "clinux.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <unistd.h>

#define TEXT_OF(word) #word
#define TEXT(word) TEXT_OF(word)

const char *clinux_commit(void) {
#ifdef BITIM_COMMIT
  return TEXT(BITIM_COMMIT);
#else
  return "";
#endif
}

int clinux_epoll_create(void) { return epoll_create1(EPOLL_CLOEXEC); }

int clinux_epoll_set(int poller, int fd, uint64_t key, uint32_t what, int add) {
  struct epoll_event event = {0};
  event.data.u64 = key;
  if (what & CLINUX_READ) event.events |= EPOLLIN | EPOLLRDHUP;
  if (what & CLINUX_WRITE) event.events |= EPOLLOUT;
  return epoll_ctl(poller, add ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, fd, &event);
}

int clinux_epoll_remove(int poller, int fd) { return epoll_ctl(poller, EPOLL_CTL_DEL, fd, NULL); }

int clinux_epoll_wait(int poller, struct clinux_event *events, int capacity, int timeout_ms) {
  struct epoll_event raw[256];
  if (capacity > 256) capacity = 256;
  int count = epoll_wait(poller, raw, capacity, timeout_ms);
  for (int i = 0; i < count; i++) {
    events[i].key = raw[i].data.u64;
    events[i].what = 0;
    if (raw[i].events & EPOLLIN) events[i].what |= CLINUX_READ;
    if (raw[i].events & EPOLLOUT) events[i].what |= CLINUX_WRITE;
    if (raw[i].events & (EPOLLHUP | EPOLLERR)) events[i].what |= CLINUX_CLOSED;
    /* The peer has said its last word; reading will find the end. */
    if (raw[i].events & EPOLLRDHUP) events[i].what |= CLINUX_READ;
  }
  return count;
}

int clinux_eventfd(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

int clinux_accept(int listener, struct clinux_peer *peer) {
  struct sockaddr_storage from;
  socklen_t length = sizeof from;
  int fd = accept4(listener, (struct sockaddr *)&from, &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (fd < 0) return -1;
  memset(peer, 0, sizeof *peer);
  if (from.ss_family == AF_INET) {
    peer->octet_count = 4;
    memcpy(peer->octets, &((struct sockaddr_in *)&from)->sin_addr, 4);
  } else if (from.ss_family == AF_INET6) {
    peer->octet_count = 16;
    memcpy(peer->octets, &((struct sockaddr_in6 *)&from)->sin6_addr, 16);
  } else {
    struct ucred who;
    length = sizeof who;
    peer->is_local = getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &length) == 0;
    peer->user = who.uid;
  }
  return fd;
}

/* The disk failed under a mapped page: there is no error to return, only an end. */
static int mapped_fault_exit;
static void mapped_fault(int signal) {
  static const char line[] =
      "{\"level\":\"error\",\"event\":\"store\",\"what\":\"SIGBUS: the disk failed under a mapped page\"}\n";
  (void)signal;
  (void)!write(2, line, sizeof line - 1);
  _exit(mapped_fault_exit);
}

void clinux_end_on_mapped_fault(int status) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  mapped_fault_exit = status;
  action.sa_handler = mapped_fault;
  sigaction(SIGBUS, &action, NULL);
}

int clinux_random(void *octets, size_t count) {
  unsigned char *at = octets;
  while (count > 0) {
    ssize_t got = getrandom(at, count, 0);
    if (got < 0) {
      if (errno == EINTR) continue;
      return -1;
    }
    at += got;
    count -= (size_t)got;
  }
  return 0;
}

int64_t clinux_file_system(const char *path) {
  struct statfs facts;
  if (statfs(path, &facts) != 0) return -1;
  return (int64_t)facts.f_type;
}

void clinux_return_memory(void) {
  /* Setting it fixes it: else it rises with what is freed, and what is freed stays with the process. */
  mallopt(M_MMAP_THRESHOLD, 128 << 10);
}

int clinux_stand_back(void) {
  struct sched_param none = {0};
  return sched_setscheduler(0, SCHED_IDLE, &none);
}

void clinux_ring(int fd) { eventfd_write(fd, 1); }

void clinux_answer(int fd) {
  eventfd_t count;
  eventfd_read(fd, &count);
}

int clinux_socketpair(int pair[2]) { return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, pair); }

int clinux_pipe(int pair[2]) { return pipe2(pair, O_CLOEXEC); }

int clinux_spawn(char *const argv[], int both, int errors, int *pid) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t defaults, none;
  int code = posix_spawn_file_actions_init(&actions);
  if (code != 0) return code;
  code = posix_spawnattr_init(&attributes);
  if (code != 0) {
    posix_spawn_file_actions_destroy(&actions);
    return code;
  }
  sigemptyset(&none);
  sigemptyset(&defaults);
  sigaddset(&defaults, SIGPIPE);
  sigaddset(&defaults, SIGINT);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  /* A group of its own: what the terminal sends to ours, Ctrl-C above all, is not for it. */
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  posix_spawn_file_actions_adddup2(&actions, both, 0);
  posix_spawn_file_actions_adddup2(&actions, both, 1);
  posix_spawn_file_actions_adddup2(&actions, errors, 2);
  posix_spawn_file_actions_addclosefrom_np(&actions, 3);
  pid_t child = 0;
  code = posix_spawnp(&child, argv[0], &actions, &attributes, argv, environ);
  *pid = child;
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return code;
}

int clinux_reap(int pid, int *status) {
  int raw = 0;
  pid_t done = waitpid(pid, &raw, WNOHANG);
  if (done != pid) return done == 0 ? 0 : -1;
  *status = WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
  return 1;
}
