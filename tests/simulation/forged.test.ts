import { expect, test } from 'vitest';
import { canonicalText, sha256 } from './oracle/decode.ts';
import { firstStart, pull, visit } from './run.ts';
import { Page } from './world/page.ts';
import { type Disk, World } from './world/world.ts';

/** A disk with a snapshot, and nothing before it but the log. */
async function folded(): Promise<Disk> {
  const there = await visit(await World.on((await firstStart()).disk));
  await there.world.settle(there.page.fold(), there.tab);
  return pull(there);
}

/** The newest snapshot without its last record: digests and seal made anew, `count` and `state` as they were. */
function withoutLastRecord(disk: Disk): Disk {
  const newest = disk.database.snapshots?.at(-1);
  if (!newest) throw new Error('no snapshot');
  const [header = '', ...lines] = Buffer.from(newest[1] as Uint8Array)
    .toString('latin1')
    .trimEnd()
    .split('\n');
  const body = lines
    .slice(0, -1)
    .map((line) => `${line}\n`)
    .join('');
  const { seal: _, ...members } = JSON.parse(header) as { seal: string };
  const unsealed = { ...members, pages: [sha256(body)] };
  const sealed = canonicalText({ ...unsealed, seal: sha256(canonicalText(unsealed)) });
  const bytes = new Uint8Array(Buffer.from(`${sealed}\n${body}`, 'latin1'));
  return { ...disk, database: { ...disk.database, snapshots: [[newest[0], bytes]] } };
}

test('[I3] a snapshot that lacks a record does not add up, though digests and seal are right', async () => {
  const disk = await folded();
  const sound = await visit(await World.on(disk));
  const world = await World.on(withoutLastRecord(disk));
  const tab = world.tab();
  const page = new Page(tab);
  const ending = await world.settle(page.load(), tab);
  // The log still has the record: the second road gives it back, and what was wrong is told.
  expect(ending).toMatchObject({ kind: 'resolved', value: { kind: 'loaded' } });
  expect(
    ending.kind === 'resolved' && ending.value.kind === 'loaded' && ending.value.damage.length,
  ).toBeGreaterThan(0);
  expect(page.vault.state().state).toBe(sound.page.vault.state().state);
});
