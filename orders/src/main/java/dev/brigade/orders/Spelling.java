package dev.brigade.orders;

import java.util.Collection;
import java.util.TreeSet;

/** What somebody probably meant to write. */
public final class Spelling {
  private static final int MOST_EDITS = 3;

  private Spelling() {}

  /** {@code , did you mean …?} with the nearest of the known words, or nothing if none is near. */
  public static String hint(String written, Collection<String> known) {
    String best = "";
    int bestDistance = MOST_EDITS + 1;
    for (String candidate : new TreeSet<>(known)) {
      int distance = editDistance(written, candidate);
      if (distance < bestDistance) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return best.isEmpty() ? "" : ", did you mean " + best + "?";
  }

  private static int editDistance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int replace = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replace, Math.min(above, row[j - 1]) + 1);
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}
