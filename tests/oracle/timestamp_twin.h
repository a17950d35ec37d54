#pragma once

#include <cstdint>

namespace dosimeter::oracle {

/// A calendar that knows how to go to the next day and nothing else.
struct CalendarDay {
  int year = 1970;
  int month = 1;
  int day = 1;
  /// Days since 1970-01-01.
  std::int64_t number = 0;
  /// 0 is Sunday; 1970-01-01 was a Thursday.
  int weekday = 4;

  void go_to_next() {
    ++number;
    weekday = (weekday + 1) % 7;
    if (++day <= days_in_month()) return;
    day = 1;
    if (++month <= 12) return;
    month = 1;
    ++year;
  }

 private:
  int days_in_month() const {
    if (month == 2) {
      const bool leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
      return leap ? 29 : 28;
    }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
  }
};

}  // namespace dosimeter::oracle
