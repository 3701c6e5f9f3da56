import { StorageError } from '../engines/errors.ts';
import type { Environment } from '../environment.ts';
import { changeLine, type RecordChange, recordOf } from './commit.ts';
import type { VaultState } from './contract.ts';
import { openDraft } from './draft.ts';
import { recordKey, sealRecord } from './envelope.ts';
import { lastRevOf } from './gone.ts';
import { type Body, makeBody } from './layout.ts';
import type { Rules } from './rules.ts';
import type { Digest } from './sha256.ts';
import { makeSnapshotBody } from './snapshot.ts';
import type { Change, CommitPlan } from './types.ts';

/** So many records are sealed at once; between two such chunks the page can breathe (performance T9). */
const CHUNK_CHANGES = 200;

/** What a commit brings, made and digested before its transaction opens. */
export interface Prepared {
  changes: readonly RecordChange[];
  body: Body;
  /** The snapshot that goes with it, where the past of this state cannot be followed, or carries what is decided now. */
  snapshot: Body | null;
}

export interface PrepareContext {
  rules: Rules;
  digest: Digest;
  /** ISO 8601, UTC. */
  at: string;
  /** Lets a page answer between two chunks. */
  pause?: Environment['pause'];
}

/**
 * Does all that takes time: checks, seals and digests the records of a plan against the state it was made from.
 *
 * @throws StorageError of class `programmer`: unknown store, data its schema refuses, a record named twice
 */
export async function prepare(
  plan: CommitPlan,
  base: VaultState,
  context: PrepareContext,
): Promise<Prepared> {
  const named = new Set(plan.changes.map(({ store, id }) => recordKey(store, id)));
  if (named.size < plan.changes.length) throw refusal('a plan names a record twice');
  const changes: RecordChange[] = [];
  const body = await makeBody(sealAll(plan.changes, base, { ...context, changes }), context.digest);
  const asides = asidesLeft(base, plan);
  // The newest snapshot still carries what was decided about just now.
  if (!base.rebase && asides.length === base.asides.length) return { changes, body, snapshot: null };
  const draft = openDraft(base);
  for (const change of changes) {
    const { store, id } = recordOf(change);
    draft.set(store, id, change.after);
  }
  const after = draft.close({ head: base.head, asides });
  return { changes, body, snapshot: await makeSnapshotBody(after, context.digest) };
}

/** Seals changes a chunk at a time, adds them to `changes`, and gives their lines. */
async function* sealAll(
  wanted: readonly Change[],
  base: VaultState,
  context: PrepareContext & { changes: RecordChange[] },
): AsyncGenerator<string> {
  for (let i = 0; i < wanted.length; i += CHUNK_CHANGES) {
    if (i > 0) await context.pause?.();
    const some = wanted.slice(i, i + CHUNK_CHANGES);
    for (const sealed of await Promise.all(some.map((change) => sealChange(change, base, context)))) {
      if (!sealed) continue;
      context.changes.push(sealed.change);
      yield changeLine(sealed.change, sealed.afterLine);
    }
  }
}

/** What a plan puts into quarantine is decided: it is no longer carried along. */
export function asidesLeft({ asides }: VaultState, { quarantine = [] }: CommitPlan): VaultState['asides'] {
  const decided = new Set(quarantine.map(({ bytes }) => bytes));
  return asides.filter(({ aside }) => !decided.has(aside));
}

/** `null`: to remove what is not there is no change. */
async function sealChange(
  change: Change,
  base: VaultState,
  context: PrepareContext,
): Promise<{ change: RecordChange; afterLine?: string } | null> {
  const { store, id, data } = change;
  const { rules, at, digest } = context;
  const before = base.records.get(store)?.get(id) ?? null;
  if (data === undefined) return before && { change: { after: null, before } };
  const rule = rules.get(store);
  const version = rule?.version ?? before?.version;
  if (version === undefined) throw refusal(`no store is named ${JSON.stringify(store)}`);
  if (rule && !rule.isSound(data, version)) throw refusal('the schema refuses what is to be saved');
  const createdAt = change.createdAt ?? before?.createdAt ?? at;
  const rev = Math.max(before?.rev ?? lastRevOf(base.gone, store, id), change.lastRev ?? 0) + 1;
  const content = { store, id, data, createdAt, updatedAt: change.updatedAt ?? at, version };
  const { record, line } = await sealRecord(content, rev, digest);
  return { change: { after: record, before }, afterLine: line };
}

function refusal(message: string): StorageError {
  return new StorageError('programmer', message);
}
