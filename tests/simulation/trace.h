// A readable account of one seed, line by line; off unless asked for.
#ifndef TESTS_SIMULATION_TRACE_H
#define TESTS_SIMULATION_TRACE_H

namespace simulation {

class Trace {
 public:
  explicit Trace(bool on) : on_(on) {}

  bool on() const { return on_; }
  /// Prints a line: the instant, who it is about (0: the world), and what happened, in the form of printf().
  [[gnu::format(printf, 4, 5)]] void line(double at_ms, unsigned page, const char* form, ...) const;

 private:
  bool on_;
};

}  // namespace simulation

#endif  // TESTS_SIMULATION_TRACE_H
