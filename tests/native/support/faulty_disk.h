// A disk whose calls fail when a test says so: each kind by an error, writes also by the room that is left.
#ifndef PISTE_TESTS_NATIVE_SUPPORT_FAULTY_DISK_H
#define PISTE_TESTS_NATIVE_SUPPORT_FAULTY_DISK_H

#include <errno.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "journal/disk.h"

class FaultyDisk : public piste::native::Disk {
 public:
  // Values of errno; 0: the call works.
  int make_folder_error = 0;
  int open_error = 0;
  int create_error = 0;
  int rename_error = 0;
  int lock_error = 0;
  int list_error = 0;
  int read_error = 0;
  int write_error = 0;
  int truncate_error = 0;
  int sync_error = 0;
  /// Bytes that may still be written.
  uint64_t room = UINT64_MAX;
  int writes = 0;
  int syncs = 0;
  /// Called in each sync.
  std::function<void()> while_syncing;

  int make_folder(const std::string& path) override {
    return make_folder_error != 0 ? -make_folder_error : Disk::make_folder(path);
  }
  int list(const std::string& path, std::vector<std::string>& names) override {
    return list_error != 0 ? -list_error : Disk::list(path, names);
  }
  int lock(int fd) override { return lock_error != 0 ? -lock_error : Disk::lock(fd); }
  int open(int folder, const std::string& name) override {
    return open_error != 0 ? -open_error : Disk::open(folder, name);
  }
  int create(int folder, const std::string& name) override {
    return create_error != 0 ? -create_error : Disk::create(folder, name);
  }
  int rename(int folder, const std::string& from, const std::string& to) override {
    return rename_error != 0 ? -rename_error : Disk::rename(folder, from, to);
  }
  int64_t write_at(int fd, std::string_view head, std::string_view body, uint64_t offset) override {
    writes++;
    if (write_error != 0) return -write_error;
    if (room == 0) return -ENOSPC;
    head = head.substr(0, std::min<uint64_t>(room, head.size()));
    body = body.substr(0, std::min<uint64_t>(room - head.size(), body.size()));
    const int64_t written = Disk::write_at(fd, head, body, offset);
    if (written > 0 && room != UINT64_MAX) room -= static_cast<uint64_t>(written);
    return written;
  }
  int64_t read_at(int fd, char* to, size_t size, uint64_t offset) override {
    return read_error != 0 ? -read_error : Disk::read_at(fd, to, size, offset);
  }
  int truncate(int fd, uint64_t size) override {
    return truncate_error != 0 ? -truncate_error : Disk::truncate(fd, size);
  }
  int sync(int fd) override {
    syncs++;
    if (while_syncing) while_syncing();
    return sync_error != 0 ? -sync_error : Disk::sync(fd);
  }
};

#endif  // PISTE_TESTS_NATIVE_SUPPORT_FAULTY_DISK_H
