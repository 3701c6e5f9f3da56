import type { Connection, Writer } from '../engines/contract.ts';
import { isBytes, isSameBytes } from './bytes.ts';
import type { Stored } from './contract.ts';
import { type CutOptions, planCut } from './cutPlan.ts';
import { snapshotHeader } from './header.ts';
import { keepInQuarantine } from './quarantine.ts';
import { pagesFrom, readWhole } from './read.ts';
import { toSheets } from './sheet.ts';
import { verifyStored } from './verify.ts';

/**
 * Lets go of what lies before the older of the two newest verified snapshots, as far as retention allows, in one
 * transaction. With less than two verified snapshots nothing goes: that is the floor (I11).
 */
export async function cut(connection: Connection, options: CutOptions): Promise<void> {
  const stored = await readWhole(connection);
  const olderSeq = await findOlder(stored, options);
  if (olderSeq === null) return;
  const planned = await planCut(stored, olderSeq, options);
  await connection.write(['log', 'snapshots', 'quarantine'], async (writer) => {
    if (!(await isAsSeen(writer, stored, [olderSeq, options.newestSeq]))) return;
    for (const found of planned.quarantine) await keepInQuarantine(writer, found);
    for (const [kind, key] of planned.deletes) writer.delete(kind, key);
    for (const [key, bytes] of planned.adds) writer.add('log', key, bytes);
  }).done;
}

/** The newest snapshot before the newest one that leads to the head without damage: the floor's other half. */
async function findOlder(stored: Stored, { newestSeq, rules, digest }: CutOptions): Promise<number | null> {
  const seqs = toSheets('snapshots', stored.snapshots)
    .filter((sheet) => sheet.seq < newestSeq && snapshotHeader(sheet))
    .map(({ seq }) => seq)
    .reverse();
  for (const seq of seqs) {
    const generation: Stored = {
      ...stored,
      snapshots: stored.snapshots.filter(({ key }) => key[0] === seq),
      log: stored.log.filter(({ key }) => Number(key[0]) > seq),
      marks: [],
    };
    const readAgain = () => Promise.resolve(generation);
    const options = { rules, digest, isThorough: true, witness: null, readWhole: readAgain };
    const verdict = await verifyStored(generation, options);
    const damage = 'damage' in verdict ? verdict.damage : [];
    if ('state' in verdict && verdict.state && damage.every(({ source }) => source === undefined)) return seq;
  }
  return null;
}

/** Another tab may have cut meanwhile: then what was planned no longer fits, and there is nothing left to do. */
async function isAsSeen(
  writer: Writer,
  stored: Stored,
  [olderSeq, newestSeq]: readonly [number, number],
): Promise<boolean> {
  const now = await writer.keys('log', pagesFrom(0, olderSeq));
  const then = stored.log.filter(({ key }) => Number(key[0]) <= olderSeq).map(({ key }) => key);
  if (JSON.stringify(now) !== JSON.stringify(then)) return false;
  for (const seq of [olderSeq, newestSeq]) {
    const seen = stored.snapshots.find(({ key }) => key[0] === seq && key[1] === 0);
    const found = await writer.get('snapshots', [seq, 0]);
    if (!seen || !('value' in seen) || !isBytes(seen.value) || !isBytes(found)) return false;
    if (!isSameBytes(found, seen.value)) return false;
  }
  return true;
}
