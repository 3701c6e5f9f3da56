import { pagesOf, parsed } from './pages.ts';
import type { Stored } from './stored.ts';

/** A record as it lies in the log and in snapshots (docs/persistence.md). */
export interface RecordLine {
  checksum: string;
  createdAt: string;
  data: { id: string; name: string };
  id: string;
  store: string;
  updatedAt: string;
  version: number;
}

/** A line: the header of a change or a snapshot, one change, or a record. */
interface Line extends Partial<RecordLine> {
  seal?: string;
  at?: string;
  count?: Record<string, number>;
  after?: RecordLine | null;
  before?: RecordLine | null;
}

/** What the readable lines say. Chain and seals are not verified here. */
export interface Told {
  /** The newest version of each template; null: it was deleted. */
  templates: Map<string, RecordLine | null>;
  /** Of the newest change: when (ISO 8601), and how many records each store has since. */
  last: { seq: number; at: string; count: Record<string, number> } | null;
}

/** Goes through every line that can be read; of two about the same template the newer one wins. */
export function readLines(stored: Stored): Told {
  const told: Told = { templates: new Map(), last: null };
  const pages = pagesOf(stored).sort((one, other) => one.seq - other.seq);
  for (const { seq, text } of pages) {
    for (const line of text.split('\n')) {
      const found = parsed(line) as Line | null;
      const { at, count, after, before } = found ?? {};
      const about = after ?? before ?? (found?.checksum ? (found as RecordLine) : null);
      if (at && count && found?.seal) told.last = { seq, at, count };
      else if (about?.store === 'templates') told.templates.set(about.id, before && !after ? null : about);
    }
  }
  return told;
}
