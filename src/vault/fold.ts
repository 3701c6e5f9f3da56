import type { Connection, Key } from '../engines/contract.ts';
import type { Environment } from '../environment.ts';
import { isBytes, isSameBytes } from './bytes.ts';
import type { Damage, Stored, VaultState, Verdict } from './contract.ts';
import { cut } from './cut.ts';
import { damagedValue, keepInQuarantine } from './quarantine.ts';
import { readStored, readWhole } from './read.ts';
import type { Rules } from './rules.ts';
import { digestWith } from './sha256.ts';
import { makeSnapshotBody, sealSnapshot } from './snapshot.ts';
import { verifyStored } from './verify.ts';

export interface FoldOptions {
  rules: Rules;
  environment: Pick<Environment, 'now' | 'subtle'>;
  /** Room is needed: hourly and daily points go, recent ones, pins and two snapshots stay (I14). */
  isPressed?: boolean;
}

export type FoldOutcome =
  /** `weight`: what the next load reads. */
  | { kind: 'folded'; weight: VaultState['weight'] }
  /** Something is open that a person has to decide; nothing was written. */
  | { kind: 'held' }
  /** What was written did not read back the same; nothing was removed. */
  | { kind: 'unverified' };

/**
 * Writes a snapshot of the newest state, reads it back, and then lets go of what retention allows (durability 3.6).
 *
 * Needs nothing but a connection, so that a worker can do it. Any tab may, at any time: two that fold the same commit
 * write the same bytes. The head is not touched, so that saving goes on meanwhile.
 *
 * @throws StorageError when reading or writing fails; what had been written until then is harmless
 */
export async function fold(connection: Connection, options: FoldOptions): Promise<FoldOutcome> {
  const { rules, environment, isPressed = false } = options;
  const digest = digestWith(environment.subtle);
  const nowMs = environment.now();
  const verify = (stored: Stored, isThorough: boolean) =>
    verifyStored(stored, {
      rules,
      digest,
      isThorough,
      witness: null,
      readWhole: () => readWhole(connection),
    });

  const verdict = await verify(await readStored(connection), true);
  const state = stateOf(verdict);
  if (!state) return { kind: 'held' };
  const { seq, seal } = state.head;
  if (seal === null) return { kind: 'folded', weight: state.weight };

  const body = await makeSnapshotBody(state, digest);
  const { pages } = sealSnapshot(state, body, { seq, seal });
  // Page 0 last: without it there is no snapshot, so that a fold that dies half-way leaves none.
  for (const [page, bytes] of [...pages.entries()].reverse()) {
    await putPage(connection, [seq, page], bytes, new Date(nowMs).toISOString());
  }
  // The digests of its pages prove that it is what was made above, of records that were each checked.
  const back = await verify(await readStored(connection, seq), false);
  const after = stateOf(back);
  if (!after || damageOf(back).some(({ source }) => source?.kind === 'snapshots'))
    return { kind: 'unverified' };

  await cut(connection, { newestSeq: seq, rules, digest, nowMs, isPressed });
  return { kind: 'folded', weight: after.weight };
}

/** Damaged bytes in its place go to quarantine first; the same bytes are left as they are. */
async function putPage(connection: Connection, key: Key, bytes: Uint8Array, at: string): Promise<void> {
  await connection.write(['snapshots', 'quarantine'], async (writer) => {
    const found = await writer.get('snapshots', key);
    if (isBytes(found) && isSameBytes(found, bytes)) return;
    if (found !== undefined) await keepInQuarantine(writer, damagedValue('snapshots', key, found, at));
    writer.put('snapshots', key, bytes);
  }).done;
}

function damageOf(verdict: Verdict): readonly Damage[] {
  return 'damage' in verdict ? verdict.damage : [];
}

/**
 * What can be followed link by link: no line of it is in doubt, and the head names it. Marks, and what was set aside earlier and put
 * off by a person, do not hold up a fold.
 */
function stateOf(verdict: Verdict): VaultState | null {
  const state = 'state' in verdict ? verdict.state : null;
  return state?.rebase ? null : state;
}
