package dev.brigade.kitchen;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Partition numbers for people: {@code 0-3, 7}. */
final class PartitionList {
  private PartitionList() {}

  /** Empty if there are none. */
  static String of(Collection<Integer> partitions) {
    List<Integer> sorted = partitions.stream().sorted().distinct().toList();
    List<String> ranges = new ArrayList<>();
    for (int from = 0, to; from < sorted.size(); from = to) {
      to = from + 1;
      while (to < sorted.size() && sorted.get(to) == sorted.get(to - 1) + 1) {
        to++;
      }
      ranges.add(range(sorted.get(from), sorted.get(to - 1)));
    }
    return String.join(", ", ranges);
  }

  private static String range(int first, int last) {
    if (first == last) {
      return Integer.toString(first);
    }
    return first + (last == first + 1 ? ", " : "-") + last;
  }
}
