// SignalsBlocked: no signal is delivered to this thread while it lives. Threads that are started meanwhile inherit
// that: signals are the embedding program's, and its own threads handle them.
#pragma once

#include <pthread.h>
#include <signal.h>

namespace eqlc {

class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

 private:
  sigset_t before_{};
};

}  // namespace eqlc
