/**
 * Proves from outside what a kitchen did.
 *
 * <pre>
 *   LedgeredSender ──► Ledger (a file) ────────────────┐
 *   LiveScan ──► Fingerprints ─────────────────────────┤
 *   FinalScan ──► Scan ────────────────────────────────┼──► History ──► Checker ──► Findings
 *   CommitObserver ──► CommitSamples ──────────────────┤
 *   whoever runs it: disruptions, recoveries, leftovers ┘
 * </pre>
 *
 * Knows the topics and nothing of who works on them.
 */
@NullMarked
package dev.brigade.audit;

import org.jspecify.annotations.NullMarked;
