import { type Connection, KINDS, type Kind, type Write, type Writer } from '../engines/contract.ts';
import { advance, type CommitContext } from './advance.ts';
import { toBytes } from './bytes.ts';
import { isSameValue } from './canonical.ts';
import { type CommitHeader, type RecordChange, recordOf } from './commit.ts';
import type { VaultState } from './contract.ts';
import { follow } from './follow.ts';
import { lastRevOf } from './gone.ts';
import { HEAD_KEY, headText, parseHead } from './head.ts';
import { putMark } from './marks.ts';
import type { Prepared } from './prepare.ts';
import { damagedValue, keepInQuarantine } from './quarantine.ts';
import { sealSnapshot } from './snapshot.ts';
import type { Change, CommitOutcome, CommitPlan } from './types.ts';

/** Copying a page into the transaction takes up to 2 ms. */
const PAGES_AT_ONCE = 8;

/** How a transaction turned out, and the newest verified state after it: other tabs' commits were followed in it. */
export interface Attempt {
  outcome: CommitOutcome;
  state: VaultState;
  /** Their commits. */
  seen: readonly CommitHeader[];
}

/**
 * The one transaction of a commit (durability 3.4): follow the head, refuse or seal, add the pages, put the head.
 *
 * `done` resolves on `complete`, never before (F19). Nothing in the body awaits anything but the writer. A page is added
 * and never put, so that a commit cannot replace a commit.
 */
export function append(
  connection: Connection,
  plan: CommitPlan,
  base: VaultState,
  prepared: Prepared,
  context: CommitContext,
): Write<Attempt> {
  return connection.write(kindsOf(plan, base, prepared), async (writer) => {
    const followed = await follow(writer, base, context.rules);
    if (followed.kind !== 'followed')
      return { outcome: { kind: 'refused', why: followed.kind }, state: base, seen: [] };
    const { state: current, commits: seen } = followed;

    const landed = seen.find(({ id }) => id === plan.id);
    if (landed) return { outcome: { kind: 'committed', id: plan.id, seq: landed.seq }, state: current, seen };
    const moved = movedRecords(current, plan.changes);
    const winners = moved.length > 0 ? moved : overtakenRecords(current, prepared.changes);
    if (winners.length > 0) return { outcome: { kind: 'conflicted', winners }, state: current, seen };

    // Its snapshot was made from our state, without what was followed just now: make it again from the newer one.
    if (prepared.snapshot && seen.length > 0) {
      return { outcome: { kind: 'refused', why: 'behind' }, state: current, seen };
    }

    const { head, count, pages, state } = advance(current, plan, prepared, context);
    const { seq } = head;
    if (!plan.agreed && shrinks(current.count, count)) {
      return { outcome: { kind: 'refused', why: 'wouldShrink' }, state: current, seen };
    }

    for (const [page, bytes] of pages.entries()) {
      // A request of its own: the transaction stays open, and the page can answer before the next ones are copied (T9).
      if (page > 0 && page % PAGES_AT_ONCE === 0) await writer.get('head', HEAD_KEY);
      writer.add('log', [seq, page], bytes);
    }
    await keepDamagedHead(writer, current, context.at);
    writer.put('head', HEAD_KEY, toBytes(headText(head)));
    if (prepared.snapshot) {
      const snapshot = sealSnapshot(state, prepared.snapshot, head);
      for (const [page, bytes] of snapshot.pages.entries()) writer.add('snapshots', [seq, page], bytes);
    }
    for (const [name, value] of Object.entries(plan.marks ?? {}))
      await putMark(writer, { name, value, at: context.at });
    for (const found of plan.quarantine ?? []) await keepInQuarantine(writer, found);
    return { outcome: { kind: 'committed', id: plan.id, seq }, state, seen };
  });
}

/** A save needs log and head only, so that it need not wait for a fold that reads or writes snapshots. */
function kindsOf({ marks, quarantine }: CommitPlan, { rebase }: VaultState, { snapshot }: Prepared) {
  const isPlain = !marks && !quarantine && !rebase && !snapshot;
  return isPlain ? (['log', 'head'] satisfies Kind[]) : KINDS;
}

/** The head is the one value that a commit replaces. Where it is not what led to this state, a copy stays (I4). */
async function keepDamagedHead(writer: Writer, { head, rebase }: VaultState, at: string): Promise<void> {
  const found = rebase?.foundHead;
  if (found === undefined || isSameValue(parseHead(found), head)) return;
  await keepInQuarantine(writer, damagedValue('head', HEAD_KEY, found, at));
}

/** Records that are no longer at the revision a plan was made from, as they are now. */
export function movedRecords(state: VaultState, changes: readonly Change[]) {
  return changes.flatMap(({ store, id, baseRev }) => {
    const now = state.records.get(store)?.get(id) ?? null;
    return (now?.rev ?? 0) === baseRev ? [] : [{ store, id, now }];
  });
}

/**
 * Records that others made another of since a commit was prepared. The revision alone does not tell: one that was made and
 * removed meanwhile leaves none behind, and what was prepared would give its revision a second time.
 */
function overtakenRecords(current: VaultState, prepared: readonly RecordChange[]) {
  return prepared.flatMap((change) => {
    const { after, before } = change;
    const { store, id } = recordOf(change);
    const now = current.records.get(store)?.get(id) ?? null;
    const lastRev = now?.rev ?? lastRevOf(current.gone, store, id);
    const isAsPrepared = now?.checksum === before?.checksum && (after === null || after.rev > lastRev);
    return isAsPrepared ? [] : [{ store, id, now }];
  });
}

/** Leaves fewer than half of the records of a store, or none (F69). */
function shrinks(before: VaultState['count'], after: VaultState['count']): boolean {
  return Object.entries(before).some(([store, size]) => {
    return (after[store] ?? 0) < size / 2;
  });
}
