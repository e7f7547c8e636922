// Page pings: when one is due (protocol facts, section 4.3).
#ifndef PISTE_POLICY_ACTIVITY_H
#define PISTE_POLICY_ACTIVITY_H

namespace piste {

/// Checks the visitor's activity at fixed times after a page view. Times are mono_ms.
class Activity {
 public:
  /// A page view at `now_ms`: the times start anew. With `every_ms` 0 nothing is ever due.
  void begin(double first_ms, double every_ms, double now_ms);

  /// At a check: true if the visitor was active within the window that the check looks back on. Before a check: false.
  bool is_due(double active_ms, double now_ms);

  /// Nothing is due any more.
  void stop() { next_check_ms_ = 0; }

  /// The next check; 0 if there is none.
  double next_check_ms() const { return next_check_ms_; }

 private:
  double every_ms_ = 0;
  double window_ms_ = 0;
  double begun_ms_ = 0;
  double next_check_ms_ = 0;
};

}  // namespace piste

#endif  // PISTE_POLICY_ACTIVITY_H
