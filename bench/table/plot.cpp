#include "bench/table/plot.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace eqlc::bench {
namespace {

constexpr double kWidth = 720, kHeight = 400;
constexpr double kLeft = 64, kRight = 150, kTop = 44, kBottom = 52;
constexpr double kLabelHeight = 15;

struct Line {
  const char* label;
  const char* color;
  double RuleCountPoint::* cost;
};
// Colours of middle lightness, told apart by those who see few; the marks differ in shade as well.
constexpr Line kLines[] = {
    {"whole run", "#d55e00", &RuleCountPoint::run},
    {"decode + match", "#0072b2", &RuleCountPoint::match},
    {"decode", "#009e73", &RuleCountPoint::decode},
    {"simdjson walk", "#888888", &RuleCountPoint::reference_walk},
};

class Plot {
 public:
  explicit Plot(const std::vector<RuleCountPoint>& curve) : curve_(curve) {
    for (const RuleCountPoint& point : curve) {
      for (const Line& line : kLines) highest_ = std::max(highest_, point.*line.cost);
    }
    step_ = Step(highest_ / 5);
    highest_ = step_ * std::ceil(highest_ / step_);
    first_ = std::log10(static_cast<double>(curve.front().rules));
    last_ = std::log10(static_cast<double>(curve.back().rules));
  }

  std::string Draw() {
    out_ = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" height=\"{1}\" "
        "font-family=\"sans-serif\" font-size=\"12\" fill=\"#808080\">\n"
        "<text x=\"{2}\" y=\"22\" font-size=\"15\">Cost of an event by the number of rules (ns, one thread)</text>\n",
        kWidth, kHeight, kLeft);
    Grid();
    for (const Line& line : kLines) Curve(line);
    Labels();
    return out_ + "</svg>\n";
  }

 private:
  // 1, 2 or 5 times a power of ten, not below `least`.
  static double Step(double least) {
    const double power = std::pow(10, std::floor(std::log10(least)));
    for (const double factor : {1.0, 2.0, 5.0}) {
      if (factor * power >= least) return factor * power;
    }
    return 10 * power;
  }

  double X(size_t rules) const {
    const double share = (std::log10(static_cast<double>(rules)) - first_) / (last_ - first_);
    return kLeft + share * (kWidth - kLeft - kRight);
  }
  double Y(double ns) const { return kHeight - kBottom - ns / highest_ * (kHeight - kTop - kBottom); }

  void Grid() {
    for (double ns = 0; ns <= highest_ * 1.001; ns += step_) {
      out_ += fmt::format(
          "<line x1=\"{0}\" x2=\"{1}\" y1=\"{2:.1f}\" y2=\"{2:.1f}\" stroke=\"#808080\" stroke-opacity=\"0.3\"/>"
          "<text x=\"{3}\" y=\"{4:.1f}\" text-anchor=\"end\">{5:.0f}</text>\n",
          kLeft, kWidth - kRight, Y(ns), kLeft - 8, Y(ns) + 4, ns);
    }
    for (const RuleCountPoint& point : curve_) {
      out_ += fmt::format("<text x=\"{:.1f}\" y=\"{}\" text-anchor=\"middle\">{}</text>\n", X(point.rules),
                          kHeight - kBottom + 20, point.rules);
    }
    out_ += fmt::format("<text x=\"{:.1f}\" y=\"{}\" text-anchor=\"middle\">rules</text>\n",
                        (kLeft + kWidth - kRight) / 2, kHeight - 12);
  }

  void Curve(const Line& line) {
    std::string points, marks;
    for (const RuleCountPoint& point : curve_) {
      const double x = X(point.rules), y = Y(point.*line.cost);
      points += fmt::format("{:.1f},{:.1f} ", x, y);
      marks += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"3.5\"/>", x, y);
    }
    out_ += fmt::format(
        "<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2.5\"/>"
        "<g fill=\"{}\">{}</g>\n",
        points, line.color, line.color, marks);
  }

  // At the lines' ends, pushed apart where those lie close together.
  void Labels() {
    double lowest_free = kTop;
    std::array<const Line*, std::size(kLines)> by_height{};
    std::ranges::transform(kLines, by_height.begin(), [](const Line& line) { return &line; });
    const RuleCountPoint& end = curve_.back();
    std::ranges::sort(by_height, [&](const Line* a, const Line* b) { return end.*a->cost > end.*b->cost; });
    for (const Line* line : by_height) {
      const double y = std::max(Y(end.*line->cost) + 4, lowest_free);
      lowest_free = y + kLabelHeight;
      out_ += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" fill=\"{}\">{} {:.0f}</text>\n", X(end.rules) + 10, y,
                          line->color, line->label, end.*line->cost);
    }
  }

  const std::vector<RuleCountPoint>& curve_;
  std::string out_;
  double highest_ = 1;
  double step_ = 1;
  double first_ = 0;
  double last_ = 0;
};

}  // namespace

std::string PlotRuleCounts(const std::vector<RuleCountPoint>& curve) {
  return curve.size() < 2 || curve.front().rules == curve.back().rules ? "" : Plot(curve).Draw();
}

}  // namespace eqlc::bench
