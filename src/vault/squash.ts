import { type CommitHeader, changeLine, linkOf, type RecordChange, recordOf, sealCommit } from './commit.ts';
import { recordKey } from './envelope.ts';
import { type Gone, goneMembers, raised, recalled } from './gone.ts';
import { makeBody } from './layout.ts';
import type { Digest } from './sha256.ts';

/** Names of absorbed commits that are kept, newest: only so that undoing one of them is refused by name. */
const NAMES_KEPT = 1_000;

export interface ReadCommit {
  header: CommitHeader;
  changes: readonly RecordChange[];
}

/**
 * One commit in place of several that follow each other: per record the first before and the last after (durability 3.7).
 *
 * It stands at the seq of the last one and keeps its seal as `anchor`, so that what follows still links to it. No time
 * and no device of its own: two tabs that squash the same write the same.
 */
export async function squash(commits: readonly [ReadCommit, ...ReadCommit[]], digest: Digest) {
  const [{ header: first }] = commits;
  const { header: last } = commits.reduce((_, one) => one);
  const { pages: _, seal: __, pin: ___, gone: ____, goneOthers: _____, ...members } = last;
  const changes = new Map<string, RecordChange>();
  const left: [string, number][] = [];
  for (const change of commits.flatMap((commit) => commit.changes)) {
    const { store, id } = recordOf(change);
    const key = recordKey(store, id);
    const earlier = changes.get(key);
    const before = earlier ? earlier.before : change.before;
    // The line of a removal keeps what was there first, or goes: the last revision is kept by the header.
    if (change.after === null) left.push([key, change.before.rev]);
    if (change.after !== null) changes.set(key, { after: change.after, before });
    else if (before) changes.set(key, { after: null, before });
    else changes.delete(key);
  }
  const known = commits.reduce<Gone>((gone, { header }) => recalled(gone, header), new Map());
  const lines = [...changes.values()].map((change) => changeLine(change));
  return sealCommit(
    {
      ...members,
      absorbed: commits.flatMap(({ header }) => header.absorbed ?? [header.id]).slice(-NAMES_KEPT),
      anchor: linkOf(last),
      from: first.from ?? first.seq,
      to: last.seq,
      prev: first.prev,
      undoes: null,
      ...goneMembers(raised(known, left)),
      ...(first.pin && { pin: first.pin }),
    },
    await makeBody(lines, digest),
  );
}
