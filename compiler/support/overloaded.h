// std::visit with one lambda per alternative. No default: a new alternative must fail to build where it is not handled.
#pragma once

namespace eqlc {

template <typename... Fs>
struct Overloaded : Fs... {
  using Fs::operator()...;
};
template <typename... Fs>
Overloaded(Fs...) -> Overloaded<Fs...>;

}  // namespace eqlc
