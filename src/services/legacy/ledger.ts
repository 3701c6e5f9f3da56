import type { FoundSource, SourceReport } from '../../../machines/migration.types.ts';
import { quarantined } from '../../vault/quarantine.ts';
import type { Json, Quarantined } from '../../vault/types.ts';
import { markOf, sourceMarkName } from './marks.ts';
import { textBytes } from './textBytes.ts';

/** What became of the rows of each source, and what of them goes into quarantine. */
export interface Ledger {
  /** A row was seen: it is known again by its hash. */
  see(source: FoundSource, hash: string): void;
  count(source: FoundSource, what: 'imported' | 'merged'): void;
  /** Keeps a text as it was found; `isRow`: and nothing else becomes of that row. */
  keep(source: FoundSource, text: string, how: { why: string; isRow?: boolean }): void;
  /** A person has to decide about something of it. */
  leaveOpen(source: FoundSource): void;
  quarantine(): Quarantined[];
  marks(): { [name: string]: Json };
  reports(): SourceReport[];
}

interface Tally {
  imported: number;
  merged: number;
  kept: number;
  isOpen: boolean;
  readonly seen: string[];
}

/** @param at  ISO 8601 */
export function openLedger(sources: readonly FoundSource[], at: string): Ledger {
  const kept = new Map<string, Quarantined>();
  const tallies = new Map<FoundSource, Tally>();
  const of = (source: FoundSource): Tally => {
    const tally = tallies.get(source) ?? { imported: 0, merged: 0, kept: 0, isOpen: false, seen: [] };
    tallies.set(source, tally);
    return tally;
  };
  return {
    see: (source, hash) => void of(source).seen.push(hash),
    count(source, what) {
      of(source)[what] += 1;
    },
    keep(source, text, { why, isRow = false }) {
      const copy = quarantined(textBytes(text), { where: source.name, why, at });
      kept.set(copy.id, copy);
      if (isRow) of(source).kept += 1;
    },
    leaveOpen(source) {
      of(source).isOpen = true;
    },
    quarantine: () => [...kept.values()],
    marks: () =>
      Object.fromEntries(
        sources
          .filter(({ answer }) => answer === 'read' || answer === 'kept')
          .map((source) => {
            const { isOpen, seen } = of(source);
            const mark = { hash: source.hash, state: isOpen ? 'partly' : 'done', taken: seen } as const;
            return [sourceMarkName(source.name), markOf(mark)];
          }),
      ),
    reports: () =>
      sources.map((source) => {
        const { isOpen, imported, merged, kept: aside } = of(source);
        const { name, answer, rows, failure } = source;
        const state = answer === 'unreadable' ? 'pending' : isOpen ? 'partly' : 'done';
        return { source: name, answer, state, found: rows.length, imported, merged, kept: aside, failure };
      }),
  };
}
