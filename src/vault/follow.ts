import type { Reader } from '../engines/contract.ts';
import { isSameBytes } from './bytes.ts';
import type { CommitHeader } from './commit.ts';
import type { VaultState } from './contract.ts';
import { HEAD_KEY, type Head, parseHead } from './head.ts';
import { commitHeader } from './header.ts';
import { bytesToKeep } from './quarantine.ts';
import { pagesFrom } from './read.ts';
import type { Rules } from './rules.ts';
import { type OpenSheet, openSheetNow, type Sheet, toSheets } from './sheet.ts';
import { atOnce, beginWalk, takeCommit } from './walk.ts';

export type Followed =
  /** `state` is that of the head. `commits`: those not seen before, oldest first. */
  | { kind: 'followed'; state: VaultState; commits: readonly CommitHeader[] }
  /** The way from our state to the head is gone, or not as it was written: load again. */
  | { kind: 'behind' }
  | { kind: 'newer' };

/** The head, and the commits between it and what a tab has seen, as found. */
export type Unseen = Followed | { kind: 'unseen'; head: Head; sheets: readonly Sheet[] };

/**
 * Reads the head, and the commits of other tabs up to it, within the caller's transaction, and verifies them there:
 * at once, since awaiting anything foreign in a transaction would commit it early (durability 3.4).
 */
export async function follow(reader: Reader, base: VaultState, rules: Rules): Promise<Followed> {
  const unseen = await readUnseen(reader, base);
  return unseen.kind === 'unseen'
    ? followUnseen(base, unseen.head, unseen.sheets.map(openSheetNow), rules)
    : unseen;
}

/** Only reads. What is to be verified may then be digested beside the main thread, outside of the transaction. */
export async function readUnseen(reader: Reader, base: VaultState): Promise<Unseen> {
  const found = await reader.get('head', HEAD_KEY);
  if (base.rebase) return isSameHead(found, base.rebase.foundHead) ? unmoved(base) : { kind: 'behind' };
  if (found === undefined && base.head.seq === 0) return unmoved(base);
  const head = parseHead(found);
  if (head?.seq === base.head.seq && head.seal === base.head.seal) return unmoved(base);
  if (!head || head.seq <= base.head.seq) return { kind: 'behind' };
  const entries = await reader.entries('log', pagesFrom(base.head.seq + 1, head.seq));
  return { kind: 'unseen', head, sheets: toSheets('log', entries) };
}

/** Goes from our state to the head, commit by commit. */
export function followUnseen(
  base: VaultState,
  head: Head,
  sheets: readonly OpenSheet[],
  rules: Rules,
): Followed {
  const walk = beginWalk(base, rules);
  for (const sheet of sheets) atOnce(takeCommit(walk, sheet));
  if (walk.newer) return { kind: 'newer' };
  const { promise, tip } = walk;
  const isSound = walk.damage.length === 0 && tip.seq === head.seq && tip.seal === head.seal;
  if (!isSound || !promise) return { kind: 'behind' };
  const { vault, versions } = promise;
  const state = walk.draft.close({ head: tip, weight: walk.weight, vault, versions });
  return { kind: 'followed', state, commits: sheets.map(commitHeader).filter((header) => header !== null) };
}

function unmoved(state: VaultState): Followed {
  return { kind: 'followed', state, commits: [] };
}

function isSameHead(one: unknown, other: unknown): boolean {
  if (one === undefined || other === undefined) return one === other;
  return isSameBytes(bytesToKeep(one, 'head'), bytesToKeep(other, 'head'));
}
