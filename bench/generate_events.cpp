// generate_events COUNT [SEED [SUSPICIOUS]]: prints COUNT events as NDJSON; SUSPICIOUS in 1,000 look like attacks.
#include <cstdio>
#include <cstdlib>

#include "bench/event_generator.h"

int main(int argc, char** argv) {
  if (argc < 2 || argc > 4) {
    fputs("usage: generate_events COUNT [SEED [SUSPICIOUS]]\n", stderr);
    return 3;
  }
  eqlc::bench::EventMix mix;
  if (argc > 2) mix.seed = std::strtoull(argv[2], nullptr, 10);
  if (argc > 3) mix.suspicious = static_cast<uint32_t>(std::strtoul(argv[3], nullptr, 10));
  eqlc::bench::EventGenerator generator(mix);
  for (unsigned long long left = std::strtoull(argv[1], nullptr, 10); left > 0; --left) {
    const std::string_view event = generator.Next();
    fwrite(event.data(), 1, event.size(), stdout);
    fputc('\n', stdout);
  }
  return fflush(stdout) == 0 ? 0 : 2;
}
