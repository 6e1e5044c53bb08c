// A disk that fails on request, for a process that it is preloaded into: of files whose name has ".sqlite" in it.
//
// DISK_KILL_AT=n ends the process without a word at the n-th sync. DISK_TROUBLE names a file; while that says "full",
// writes have no room (ENOSPC), while it says "broken", syncs fail (EIO).
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static int concerns(int file) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return strstr(path, ".sqlite") != NULL;
}

static int trouble(const char *which) {
  const char *name = getenv("DISK_TROUBLE");
  if (!name) return 0;
  int file = (int)syscall(SYS_openat, AT_FDCWD, name, O_RDONLY);
  if (file < 0) return 0;
  char text[16] = "";
  ssize_t length = syscall(SYS_read, file, text, sizeof text - 1);
  syscall(SYS_close, file);
  return length > 0 && strncmp(text, which, strlen(which)) == 0;
}

static int syncs = 0;

static int before_sync(int file) {
  if (!concerns(file)) return 0;
  const char *at = getenv("DISK_KILL_AT");
  if (at && ++syncs == atoi(at)) raise(SIGKILL);
  if (!trouble("broken")) return 0;
  errno = EIO;
  return -1;
}

int fsync(int file) { return before_sync(file) ? -1 : (int)syscall(SYS_fsync, file); }

int fdatasync(int file) { return before_sync(file) ? -1 : (int)syscall(SYS_fdatasync, file); }

static int before_write(int file) {
  if (!concerns(file) || !trouble("full")) return 0;
  errno = ENOSPC;
  return -1;
}

ssize_t write(int file, const void *bytes, size_t count) {
  return before_write(file) ? -1 : syscall(SYS_write, file, bytes, count);
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t at) {
  return before_write(file) ? -1 : syscall(SYS_pwrite64, file, bytes, count, at);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off_t at) {
  return before_write(file) ? -1 : syscall(SYS_pwrite64, file, bytes, count, at);
}
