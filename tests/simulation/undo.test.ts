import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { CommitResult } from '../../machines/types.ts';
import { FAULT_KINDS, faultAt } from './faults/rules.ts';
import { expectGolden } from './golden.ts';
import { rebuild, stateDump } from './oracle/rebuild.ts';
import { firstStart, pull, type Start, undisturbed, visit } from './run.ts';
import { OPERATIONS } from './workloads.ts';
import type { Page } from './world/page.ts';
import { type Disk, World } from './world/world.ts';

// Every step of every operation takes long on a machine that does other things.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 60_000 });

let start: Start;

beforeAll(async () => {
  start = await firstStart();
});

const dumpOf = ({ database }: Disk) => stateDump(rebuild(database));

/** Undoes the newest commit, as a person does who changed their mind. */
async function undoNewest(page: Page): Promise<CommitResult> {
  const [newest] = await page.vault.commits(1);
  const undo = newest && (await page.vault.planUndo(newest.id));
  if (undo?.kind !== 'undoable') throw new Error(`not undoable: ${undo?.kind}`);
  return page.commit({ ...undo.plan, id: `undo of ${newest?.id}` });
}

describe.each(OPERATIONS)('undo of $name', (operation) => {
  test('[I16] [I17] gives the state dump back to the letter, and can itself be undone', async () => {
    const done = await undisturbed(start, operation);
    const there = await visit(await World.on(done.disk));
    expect(await there.world.settle(undoNewest(there.page), there.tab)).toMatchObject({
      value: { kind: 'committed' },
    });
    expect(dumpOf(await there.world.disk())).toEqual(dumpOf(start.disk));
    expect(await there.world.settle(undoNewest(there.page), there.tab)).toMatchObject({
      value: { kind: 'committed' },
    });
    const disk = await pull(there);
    expect(dumpOf(disk)).toEqual(dumpOf(done.disk));
    expect(rebuild(disk.database).problems).toEqual([]);
  });

  test.each(FAULT_KINDS)(
    '[I16] [I17] %s at every step: the state before or the state after, as it was said',
    async (kind) => {
      const done = await undisturbed(start, operation);
      const calm = await visit(await World.on(done.disk));
      const from = calm.world.steps.count + 1;
      await calm.world.settle(undoNewest(calm.page), calm.tab);
      const points = calm.world.steps.count - from + 1;
      for (let n = from; n < from + points; n += 1) {
        const there = await visit(await World.on(done.disk));
        there.world.steps.rule = faultAt(n, kind);
        // What is asked of the vault before the commit has no machine around it; a page that fails there commits nothing.
        const ending = await there.world.settle(
          undoNewest(there.page).catch(() => 'asked in vain' as const),
          there.tab,
        );
        const disk = await pull(there);
        const point = `${kind} at ${there.world.steps.trace[n - 1]}`;
        const [before, after] = [dumpOf(done.disk), dumpOf(start.disk)];
        expect([point, rebuild(disk.database).problems]).toEqual([point, []]);
        const said =
          ending.kind === 'resolved' && typeof ending.value === 'object' ? ending.value.kind : ending.kind;
        const possible = said === 'committed' ? [after] : said === 'failed' ? [before] : [before, after];
        expect(possible).toContainEqual(dumpOf(disk));
      }
      expectGolden(`undo ${operation.name} ${kind}`, { points });
    },
  );
});
