import { recordLine } from './envelope.ts';
import type { GoneMembers } from './gone.ts';
import { type Body, sealHeader, toPages } from './layout.ts';
import type { CommitKind, Envelope } from './types.ts';

/** Of commits, snapshots and our export. A higher one is `newer`. */
export const FORMAT = 1;

/** One body line of a commit. `null` for none: `before` of a new record, `after` of a removed one. */
export type RecordChange =
  | { readonly after: Envelope; readonly before: Envelope | null }
  | { readonly after: null; readonly before: Envelope };

/** The record that a change is about. */
export function recordOf(change: RecordChange): Envelope {
  return change.after === null ? change.before : change.after;
}

/** The first line of a commit (durability 3.3). */
export interface CommitHeader extends GoneMembers {
  at: string;
  /** The device. For display only. */
  by: string;
  /** Records per store after this commit; a store without any is left out. */
  count: { [store: string]: number };
  format: number;
  id: string;
  kind: CommitKind;
  label: string;
  /** SHA-256 of each page's body lines, line ends included. */
  pages: readonly string[];
  /** Seal of the commit before; `null` for the first. */
  prev: string | null;
  /** SHA-256 of this line without `seal` and line end. */
  seal: string;
  seq: number;
  /** Sum of all record checksums after this commit. */
  state: string;
  undoes: string | null;
  vault: string;
  versions: { [store: string]: number };
  /** Keeps the point before this commit for that many days; `null` until a person removes it. */
  pin?: { name: string; days: number | null };
  /** Squashed from the commits `from`…`to` with these ids; `anchor` is the seal that commit `to` had (durability 3.7). */
  from?: number;
  to?: number;
  absorbed?: readonly string[];
  anchor?: string;
}

type UnsealedCommit = Omit<CommitHeader, 'pages' | 'seal'>;

/** @param afterLine  the line of `after`, where it was made already */
export function changeLine(
  { after, before }: RecordChange,
  afterLine = after ? recordLine(after) : 'null',
): string {
  return `{"after":${afterLine},"before":${before ? recordLine(before) : 'null'}}`;
}

/** Seals a commit. Synchronous, so it can run inside the transaction that knows `seq` and `prev`. */
export function sealCommit(members: UnsealedCommit, body: Body) {
  const header: CommitHeader = sealHeader(members, body);
  return { header, pages: toPages(header, body) };
}

/** The seal that the next commit links to. */
export function linkOf(header: CommitHeader): string {
  return header.anchor ?? header.seal;
}
