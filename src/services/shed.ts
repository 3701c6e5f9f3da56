import type { Connection, Key } from '../engines/contract.ts';
import type { Environment } from '../environment.ts';
import { cut } from '../vault/cut.ts';
import { readStored, readWhole } from '../vault/read.ts';
import type { Rules } from '../vault/rules.ts';
import { digestWith } from '../vault/sha256.ts';
import { verifyStored } from '../vault/verify.ts';
import { isOpenFinding } from './isOpenFinding.ts';

interface Options {
  rules: Rules;
  environment: Pick<Environment, 'now' | 'subtle'>;
}

/**
 * Lets go of old copies, by deletions alone: on a full disk nothing else may work (F26). By retention under pressure,
 * what is left of folds that died, and no more: never two verified snapshots and the log from the older one on, a pin, or
 * quarantine (F25, I11), and nothing at all while damage is open.
 *
 * @returns how many stored values went
 * @throws StorageError when reading or deleting fails
 */
export async function shed(connection: Connection, { rules, environment }: Options): Promise<number> {
  const digest = digestWith(environment.subtle);
  const stored = await readStored(connection);
  const verdict = await verifyStored(stored, {
    rules,
    digest,
    isThorough: true,
    witness: null,
    readWhole: () => readWhole(connection),
  });
  const damage = 'damage' in verdict ? verdict.damage : [];
  const [newest] = stored.snapshots;
  const isSound = 'state' in verdict && verdict.state !== null && !damage.some(isOpenFinding);
  if (!isSound || !newest) return 0;

  const before = await countCopies(connection);
  const newestSeq = Number(newest.key[0]);
  await cut(connection, { newestSeq, rules, digest, nowMs: environment.now(), isPressed: true });
  await connection.write(['snapshots'], async (writer) => {
    for (const key of unfinishedPages(await writer.keys('snapshots'), newestSeq))
      writer.delete('snapshots', key);
  }).done;
  return before - (await countCopies(connection));
}

/** Page 0 is written last: pages without it are no snapshot. Behind a finished one nobody is writing them any more. */
function unfinishedPages(keys: readonly Key[], newestSeq: number): Key[] {
  const finished = new Set(keys.flatMap((key) => (key[1] === 0 ? [Number(key[0])] : [])));
  return keys.filter((key) => !finished.has(Number(key[0])) && Number(key[0]) < newestSeq);
}

function countCopies(connection: Connection): Promise<number> {
  return connection.read(['log', 'snapshots'], async (reader) => {
    const [log, snapshots] = await Promise.all([reader.keys('log'), reader.keys('snapshots')]);
    return log.length + snapshots.length;
  });
}
