#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>

#include "adapters/http/metrics.hpp"

namespace anjie::http {
namespace {

double resident_bytes() {
    std::ifstream in("/proc/self/statm");
    double all = 0;
    double resident = 0;
    in >> all >> resident;
    return resident * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

double open_descriptors() {
    std::error_code failed;
    double count = 0;
    for (std::filesystem::directory_iterator at("/proc/self/fd", failed), end; !failed && at != end;
         at.increment(failed))
        ++count;
    return count;
}

double cpu_seconds() {
    ::rusage used{};
    if (::getrusage(RUSAGE_SELF, &used) != 0) return 0;
    const auto seconds = [](const ::timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

}  // namespace

void sample_process(Metrics& metrics) {
    metrics.sample("process_resident_memory_bytes", "Resident memory.", resident_bytes);
    metrics.sample("process_open_fds", "Open file descriptors.", open_descriptors);
    metrics.sample("process_cpu_seconds_total", "User and system time.", cpu_seconds, true);
    const auto start = std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
    metrics.sample("process_start_time_seconds", "Start of the process since the Unix epoch.",
                   [start] { return start; });
}

}  // namespace anjie::http
