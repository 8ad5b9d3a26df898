#include "progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include "command.h"
#include "say.h"

namespace eqlc::cli {

static constexpr auto kInterval = std::chrono::milliseconds(100);

Progress::Progress(uint64_t total_bytes) : enabled_(isatty(STDERR_FILENO)), total_bytes_(total_bytes) {}

double Progress::seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }

void Progress::Update(const SessionStats& stats, uint64_t bytes_read) {
  if (!enabled_ || Clock::now() < next_) return;
  next_ = Clock::now() + kInterval;
  const double s = seconds();
  const std::string share =
      total_bytes_
          ? fmt::format("{:3.0f} %  ", 100.0 * static_cast<double>(bytes_read) / static_cast<double>(total_bytes_))
          : "";
  Say("\r\x1b[K{}{} events  {:.0f} MB/s  {} alerts", share, WithCommas(stats.events),
      static_cast<double>(stats.bytes) / 1e6 / s, WithCommas(stats.alerts));
  fflush(stderr);
  drawn_ = true;
}

void Progress::Clear() {
  if (drawn_) Say("\r\x1b[K");
  drawn_ = false;
}

}  // namespace eqlc::cli
