import type { Connection, Write } from '../engines/contract.ts';
import { isOfClass, StorageError } from '../engines/errors.ts';
import type { Environment } from '../environment.ts';
import { type Attempt, append, movedRecords } from './append.ts';
import { capture } from './capture.ts';
import type { CommitHeader } from './commit.ts';
import type { Appending, Vault, VaultState } from './contract.ts';
import { followUnseen, readUnseen } from './follow.ts';
import { findCommit, listCommits } from './history.ts';
import { decodeMark, putMark } from './marks.ts';
import { prepare } from './prepare.ts';
import type { Rules } from './rules.ts';
import { digestWith } from './sha256.ts';
import { openSheets } from './sheet.ts';
import type { CommitOutcome, CommitPlan } from './types.ts';
import { planUndo } from './undo.ts';
import { keepWitness } from './witness.ts';

/** From here on a plan is a bulk: an import, a clearing, a restore. */
const BULK_CHANGES = 50;

export interface VaultOptions {
  /** The lasting connection of its owner, which reopens underneath. */
  connection: Connection;
  /** What a load verified: nothing can be written before there is one. `emptyState(newId())` on a first run. */
  state: VaultState;
  rules: Rules;
  environment: Environment;
  /** Of the database; the witness in localStorage is kept under it. */
  name: string;
  /** This device, for display in the history. */
  device: string;
}

/** Makes the only writer of a vault in this page. */
export function createVault({
  connection,
  state: loaded,
  rules,
  environment,
  name,
  device,
}: VaultOptions): Vault {
  const { pause } = environment;
  const digest = digestWith(environment.subtle);
  const listeners = new Set<() => void>();
  const landed = new Map<string, number>();
  let state: VaultState = loaded.vault === '' ? { ...loaded, vault: environment.newId() } : loaded;
  let last: Promise<unknown> = Promise.resolve();
  const remember = keepWitness(environment, name, state);
  const isoNow = () => new Date(environment.now()).toISOString();

  /** Takes over what is durable. An answer that comes late never takes the state back. */
  const adopt = (next: VaultState, commits: readonly Pick<CommitHeader, 'id' | 'seq'>[]) => {
    for (const { id, seq } of commits) landed.set(id, seq);
    if (next.head.seq <= state.head.seq) return;
    state = next;
    remember(next);
    for (const listener of [...listeners]) listener();
  };

  const find: Vault['find'] = async (id) => {
    const seq = landed.get(id) ?? (await findCommit(connection, id, state.head.seq));
    return seq === undefined ? { kind: 'absent' } : { kind: 'landed', seq };
  };

  /** The same edit, tried again after it had landed, is not a conflict with itself. */
  const landedOrMoved = async (plan: CommitPlan): Promise<CommitOutcome | undefined> => {
    const winners = movedRecords(state, plan.changes);
    if (winners.length === 0 && !landed.has(plan.id)) return undefined;
    const found = await find(plan.id);
    if (found.kind === 'absent') return { kind: 'conflicted', winners };
    return { kind: 'committed', id: plan.id, seq: found.seq };
  };

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    append(plan): Appending {
      const giveUp = new AbortController();
      let write: Write<Attempt> | undefined;

      const run = async (): Promise<CommitOutcome> => {
        stopIfGivenUp(giveUp.signal);
        const known = await landedOrMoved(plan);
        if (known) return known;
        const at = isoNow();
        const base = state;
        const digestAll = plan.changes.length > BULK_CHANGES ? digestWith(environment.subtle, 0) : digest;
        const prepared = await prepare(plan, base, { rules, digest: digestAll, at, pause });
        stopIfGivenUp(giveUp.signal);
        write = append(connection, plan, base, prepared, { rules, device, at });
        const { outcome, state: next, seen } = await write.done;
        adopt(next, outcome.kind === 'committed' ? [...seen, outcome] : seen);
        return outcome;
      };

      const outcome = last.then(run).catch(fullOrThrow);
      // One at a time; but one that was given up and never answers must not hold up the others.
      const isOver = Promise.race([outcome.catch(() => {}), aborted(giveUp.signal)]);
      last = Promise.all([last, isOver]);
      return {
        outcome,
        async abort() {
          giveUp.abort();
          return write ? write.abort() : 'aborted';
        },
      };
    },
    find,
    async refresh() {
      const before = state;
      const unseen = await connection.read(['head', 'log'], (reader) => readUnseen(reader, before));
      const followed =
        unseen.kind === 'unseen'
          ? followUnseen(before, unseen.head, await openSheets(unseen.sheets, digest), rules)
          : unseen;
      if (followed.kind !== 'followed') return followed;
      adopt(followed.state, followed.commits);
      return { kind: 'followed', changed: changedBetween(before, followed.state) };
    },
    planUndo: (id) => planUndo(connection, id, { state, rules, digest }),
    commits: (limit) => listCommits(connection, limit, digest),
    weigh(weight) {
      state = { ...state, weight };
    },
    async mark(markName) {
      const stored = await connection.read(['marks'], (reader) => reader.get('marks', markName));
      return stored === undefined ? undefined : decodeMark(markName, stored);
    },
    setMark: (markName, value) =>
      connection.write(['marks', 'quarantine'], (writer) =>
        putMark(writer, { name: markName, value, at: isoNow() }),
      ).done,
    capture: () => capture(connection, state, { rules, digest, pause }),
  };
}

function stopIfGivenUp(signal: AbortSignal): void {
  if (signal.aborted) throw new StorageError('transient', 'given up before it began');
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

/** Not fitting is an outcome, not an error: nothing landed, and nothing that was there is touched (I14). */
function fullOrThrow(error: unknown): CommitOutcome {
  if (isOfClass(error, 'capacity')) return { kind: 'full' };
  throw error;
}

/** Records that are not the same in both states. Stores that nobody touched share their map, and cost nothing. */
function changedBetween(before: VaultState, after: VaultState): { store: string; id: string }[] {
  return [...after.records].flatMap(([store, records]) => {
    const old = before.records.get(store);
    if (old === records) return [];
    const changed = [...records].filter(([id, record]) => old?.get(id) !== record);
    const removed = [...(old ?? [])].filter(([id]) => !records.has(id));
    return [...changed, ...removed].map(([id]) => ({ store, id }));
  });
}
