import type { Connection, Writer } from '../engines/contract.ts';
import { isBytes, isSameBytes } from './bytes.ts';
import type { Stored } from './contract.ts';
import { type CutOptions, planCut } from './cutPlan.ts';
import { roadOn, statesOf } from './pointRoads.ts';
import { keepInQuarantine } from './quarantine.ts';
import { pagesFrom, readPast } from './read.ts';
import { type OpenSheet, openSheets, toSheets } from './sheet.ts';

/**
 * Lets go of what lies before the older of the two newest verified snapshots, as far as retention allows, in one
 * transaction. With less than two verified snapshots nothing goes: that is the floor (I11).
 */
export async function cut(connection: Connection, options: CutOptions): Promise<void> {
  const stored = await readPast(connection, options.newestSeq);
  const log = await openSheets(toSheets('log', stored.log), options.digest);
  const olderSeq = await findOlder(stored, log, options);
  if (olderSeq === null) return;
  const planned = await planCut(stored, log, olderSeq, options);
  await connection.write(['log', 'snapshots', 'quarantine'], async (writer) => {
    if (!(await isAsSeen(writer, stored, [olderSeq, options.newestSeq]))) return;
    for (const found of planned.quarantine) await keepInQuarantine(writer, found);
    for (const [kind, key] of planned.deletes) writer.delete(kind, key);
    for (const [key, bytes] of planned.adds) writer.add('log', key, bytes);
  }).done;
}

/** The newest snapshot before the newest one from which the log leads to its end: the floor's other half. */
async function findOlder(
  stored: Stored,
  log: readonly OpenSheet[],
  options: CutOptions,
): Promise<number | null> {
  const older = toSheets('snapshots', stored.snapshots).filter(({ seq }) => seq < options.newestSeq);
  for await (const start of statesOf(older.reverse(), options)) {
    let { seq } = start.head;
    for (const { header } of roadOn(start, log, options)) seq = header.seq;
    if (log.every((sheet) => sheet.seq <= seq)) return start.head.seq;
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
