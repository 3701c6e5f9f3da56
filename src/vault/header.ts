import { isPlainObject } from './canonical.ts';
import { type CommitHeader, FORMAT } from './commit.ts';
import type { Versions } from './contract.ts';
import type { Rules } from './rules.ts';
import type { Sheet } from './sheet.ts';
import type { SnapshotHeader } from './snapshot.ts';

/** The header of a commit whose seal holds; `null` for anything else. */
export function commitHeader({ kind, sealed }: Sheet): CommitHeader | null {
  if (kind !== 'log' || !sealed || !isCommon(sealed) || sealed.kind === 'snapshot') return null;
  const { id, at, prev } = sealed;
  const isCommit =
    typeof id === 'string' && typeof at === 'string' && (prev === null || typeof prev === 'string');
  return isCommit ? (sealed as unknown as CommitHeader) : null;
}

/** The header of a snapshot whose seal holds; `null` for anything else. */
export function snapshotHeader({ kind, sealed }: Sheet): SnapshotHeader | null {
  if (kind !== 'snapshots' || !sealed || !isCommon(sealed) || sealed.kind !== 'snapshot') return null;
  return typeof sealed.anchor === 'string' ? (sealed as unknown as SnapshotHeader) : null;
}

/** What a newer build would have written, sealed or not: newer wins over every kind of damage (durability 1). */
export function newerThanUs({ header }: Sheet, rules: Rules): Versions | { format: number } | null {
  if (header === null) return null;
  const { format, versions } = header;
  if (typeof format === 'number' && format > FORMAT) return { format };
  if (!isPlainObject(versions)) return null;
  const above = Object.entries(versions).filter((entry): entry is [string, number] => {
    const own = rules.get(entry[0])?.version;
    return own !== undefined && typeof entry[1] === 'number' && entry[1] > own;
  });
  return above.length > 0 ? Object.fromEntries(above) : null;
}

function isCommon({ count, format, pages, state, vault, versions }: { [member: string]: unknown }): boolean {
  return (
    format === FORMAT &&
    Array.isArray(pages) &&
    isPlainObject(count) &&
    isPlainObject(versions) &&
    typeof vault === 'string' &&
    typeof state === 'string' &&
    /^[0-9a-f]{64}$/.test(state)
  );
}
