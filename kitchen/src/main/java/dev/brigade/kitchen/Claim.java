package dev.brigade.kitchen;

import java.util.List;

/**
 * What a lab claims, and what it has measured.
 *
 * @param claim in words
 * @param measured the figure that decides, in words
 * @param kept whether the figure is as claimed
 */
record Claim(String claim, String measured, boolean kept) {
  static boolean allKept(List<Claim> claims) {
    return claims.stream().allMatch(Claim::kept);
  }

  static List<String> lines(List<Claim> claims) {
    TextTable table = new TextTable("claimed", "measured", "");
    claims.forEach(claim -> table.row(claim.claim, claim.measured, claim.kept ? "kept" : "MISSED"));
    return table.lines();
  }
}
