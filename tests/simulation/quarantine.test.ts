import { describe, expect, test, vi } from 'vitest';
import { quarantined } from '../../src/vault/quarantine.ts';
import { FAULT_KINDS, faultAt } from './faults/rules.ts';
import type { Rule } from './faults/step.ts';
import { expectGolden } from './golden.ts';
import { firstStart, foundOn, pull, visit } from './run.ts';
import { tamper } from './world/dump.ts';
import type { Page } from './world/page.ts';
import { DATABASE, type Disk, World } from './world/world.ts';

// Every step of every operation takes long on a machine that does other things.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 60_000 });

const DAMAGED = new TextEncoder().encode('bytes that were found damaged');

/** A person decided: new content replaces damaged bytes, which go into quarantine with it. */
function decide(page: Page) {
  const found = quarantined(DAMAGED, {
    where: 'elsewhere',
    why: 'corrupt:shape',
    at: '2026-03-01T09:00:00.000Z',
  });
  const edit = { store: 'templates', id: 'rescued', data: { name: 'rescued' } } as const;
  return page.commit(page.plan('save', [edit], { quarantine: [found] }));
}

/** The bytes in quarantine, read past the product. */
function kept({ database }: Disk): string[] {
  return (database.quarantine ?? []).map(([, value]) => {
    const { bytes } = JSON.parse(Buffer.from(value as Uint8Array).toString('latin1')) as { bytes: string };
    return Buffer.from(bytes, 'base64').toString('latin1');
  });
}

describe('what a commit replaces', () => {
  test.each(FAULT_KINDS)(
    '[I4] %s at every step: the copy in quarantine lands with the commit, or neither does',
    async (kind) => {
      const start = await firstStart();
      const calm = await visit(await World.on(start.disk));
      const from = calm.world.steps.count + 1;
      await calm.world.settle(decide(calm.page), calm.tab);
      const points = calm.world.steps.count - from + 1;
      const run = async (rule: Rule | undefined) => {
        const there = await visit(await World.on(start.disk));
        there.world.steps.rule = rule;
        const ending = await there.world.settle(decide(there.page), there.tab);
        return { ending, disk: await pull(there), trace: there.world.steps.trace };
      };
      for (let n = from; n < from + points; n += 1) {
        const { disk, trace } = await run(faultAt(n, kind));
        const point = `${kind} at ${trace[n - 1]}`;
        const { model, problems } = foundOn(disk);
        expect([point, problems]).toEqual([point, []]);
        const copies = model.has('templates/rescued') ? [Buffer.from(DAMAGED).toString('latin1')] : [];
        expect([point, kept(disk)]).toEqual([point, copies]);
      }
      expectGolden(`quarantine ${kind}`, { points });
    },
  );

  test('[I4] a head that was damaged meanwhile is neither followed nor overwritten', async () => {
    const start = await firstStart();
    for (const damage of [new TextEncoder().encode('{"seal":"'), new Uint8Array(), null, 'text', undefined]) {
      const there = await visit(await World.on(start.disk));
      await tamper(there.world.real, DATABASE, [{ store: 'head', key: 'head', value: damage }]);
      const before = await there.world.dump();
      const edit = { store: 'templates', id: 'new', data: { name: 'new' } } as const;
      const ending = await there.world.settle(there.page.commit(there.page.plan('save', [edit])), there.tab);
      expect(ending).toMatchObject({ kind: 'resolved', value: { kind: 'refused', why: 'behind' } });
      expect(await there.world.dump()).toEqual(before);
    }
  });
});
