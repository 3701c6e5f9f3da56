import fc from 'fast-check';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { Claims } from './claims.ts';
import { expectGolden } from './golden.ts';
import { firstStart, foundOn, type Start, type Visit, visit } from './run.ts';
import { SEED, SEEDS } from './seeds.ts';
import { EveryOrder, type Order, scheduledOrder } from './world/order.ts';
import type { Edit, Page } from './world/page.ts';
import { type TabOptions, World } from './world/world.ts';

// Every step of every operation takes long on a machine that does other things.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 60_000 });

let start: Start;

beforeAll(async () => {
  start = await firstStart();
});

type Action =
  | { kind: 'edit'; record: string }
  | { kind: 'remove'; record: string }
  | { kind: 'look' }
  | { kind: 'undo' };

interface Settings {
  without: NonNullable<TabOptions['without']>;
  /** How often each message arrives, in turn. */
  copies: number[];
}

const anAction: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('edit' as const),
      record: fc.constantFrom('t1', 't1', 't2', 'own'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('remove' as const), record: fc.constantFrom('t1', 't2') }),
  },
  { weight: 2, arbitrary: fc.constant({ kind: 'look' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'undo' as const }) },
);

const someSettings: fc.Arbitrary<Settings> = fc.record({
  without: fc.subarray(['locks', 'channel'] as const).map((parts) => [...parts]),
  copies: fc.array(fc.constantFrom(0, 1, 1, 2), { minLength: 3, maxLength: 3 }),
});

/** What a person does in one tab, one thing after the other. A conflict is kept as a record of its own, as `save` does. */
async function act(page: Page, actions: readonly Action[], claims: Claims): Promise<void> {
  let turn = 0;
  for (const action of actions) {
    turn += 1;
    const own = (record: string) => (record === 'own' ? `${page.tab.name}` : record);
    if (action.kind === 'look') await page.vault.refresh();
    else if (action.kind === 'undo') await undoNewest(page, claims);
    else {
      const id = own(action.record);
      const data = action.kind === 'edit' ? { by: page.tab.name, turn } : undefined;
      if (data === undefined && page.now('templates', id) === undefined) continue;
      const edit: Edit = { store: 'templates', id, data };
      const result = await claims.make(page, data ? 'save' : 'delete', [edit], { agreed: true });
      if (result.kind === 'conflicted' && data) {
        const copy: Edit = { store: 'templates', id: `conflict ${page.tab.name} ${turn}`, data };
        await claims.make(page, 'save', [copy]);
      }
    }
  }
}

async function undoNewest(page: Page, claims: Claims): Promise<void> {
  const [newest] = await page.vault.commits(1);
  const undo = newest && (await page.vault.planUndo(newest.id));
  if (undo?.kind !== 'undoable' || undo.touched.length > 0) return;
  const edits = undo.plan.changes.map(({ store, id, data }) => ({ store: store as Edit['store'], id, data }));
  if (edits.length > 0) await claims.make(page, 'undo', edits, { agreed: true, undoes: newest?.id ?? '' });
}

/** Tells other tabs to look, and looks when told: a hint, never the truth (F61). */
function hint(page: Page): void {
  const channel = page.tab.environment.channel?.('hints');
  if (!channel) return;
  channel.onmessage = () => void page.vault.refresh().catch(() => undefined);
  page.vault.subscribe(() => channel.postMessage({ seq: page.vault.state().head.seq }));
}

async function tabsOn(world: World, count: number, settings: Settings): Promise<Visit[]> {
  const visits: Visit[] = [];
  for (let tab = 0; tab < count; tab += 1) visits.push(await visit(world, { without: settings.without }));
  for (const { page } of visits) hint(page);
  let message = 0;
  world.copies = () => {
    message += 1;
    return settings.copies[message % settings.copies.length] ?? 1;
  };
  return visits;
}

/** Runs the scripts of all tabs at once in the given order, and says what was lost. */
async function interleave(order: Order, scripts: readonly (readonly Action[])[], settings: Settings) {
  const world = await World.on(start.disk);
  const visits = await tabsOn(world, scripts.length, settings);
  const loaded = world.steps.count;
  const claims = new Claims();
  world.order = order;
  const all = Promise.all(visits.map(({ page }, tab) => act(page, scripts[tab] ?? [], claims)));
  const ending = await world.settle(all);
  await world.disarm();
  const disk = await world.disk();
  const breaches = claims.broken(disk.database);
  if (ending.kind !== 'resolved') breaches.push(`the tabs did not come to an end: ${JSON.stringify(ending)}`);
  // Every tab that looks sees the same.
  for (const { page } of visits) {
    const looked = await world.settle(page.vault.refresh());
    if (looked.kind !== 'resolved' || looked.value.kind !== 'followed')
      breaches.push(`a tab lost its way: ${JSON.stringify(looked)}`);
    const seen = [...(page.vault.state().records.get('templates')?.values() ?? [])].map(({ id, data }) => [
      id,
      data,
    ]);
    const stored = [...foundOn(disk).model].filter(([key]) => key.startsWith('templates/'));
    if (
      JSON.stringify(seen.sort()) !==
      JSON.stringify(stored.map(([key, data]) => [key.slice(10), data]).sort())
    ) {
      breaches.push(`${page.tab.name} sees something else than is stored`);
    }
  }
  return { breaches, claims, trace: world.steps.trace.slice(loaded) };
}

describe('several tabs', () => {
  test.each([2, 3])(
    '[I8] [F55] [F58] [F61] [X17] %i tabs in any order: every acknowledged edit is kept, or its conflict is told',
    async (count) => {
      const told = { committed: 0, conflicted: 0 };
      let runs = 0;
      const scripts = fc.array(fc.array(anAction, { minLength: 1, maxLength: 4 }), {
        minLength: count,
        maxLength: count,
      });
      await fc.assert(
        fc.asyncProperty(fc.scheduler(), scripts, someSettings, async (scheduler, acts, settings) => {
          const { breaches, claims, trace } = await interleave(scheduledOrder(scheduler), acts, settings);
          runs += 1;
          told.committed += claims.count('committed');
          told.conflicted += claims.count('conflicted');
          if (breaches.length > 0) throw new Error(`${breaches.join('\n')}\n\n${trace.join('\n')}`);
        }),
        { numRuns: SEEDS, ...(SEED === undefined ? {} : { seed: SEED }) },
      );
      console.log(
        `${count} tabs: ${runs} interleavings, ${told.committed} acknowledged, ${told.conflicted} conflicts told`,
      );
      expect(told.committed).toBeGreaterThan(0);
      expect(told.conflicted).toBeGreaterThan(0);
    },
    SEEDS * 1_000,
  );

  test.each([
    { what: 'the same record', records: ['t1', 't1'], ends: { committed: 2, conflicted: 1 } },
    { what: 'two records', records: ['t1', 't2'], ends: { committed: 2, conflicted: 0 } },
  ])('[I8] two tabs that save $what once, in every order there is', async ({ what, records, ends }) => {
    const every = new EveryOrder();
    const settings: Settings = { without: ['channel'], copies: [1] };
    let orders = 0;
    do {
      const scripts = records.map((record): Action[] => [{ kind: 'edit', record }]);
      const { breaches, claims } = await interleave(every.begin(), scripts, settings);
      expect(breaches).toEqual([]);
      // One of two on the same record is told of the conflict, and keeps its edit as a copy.
      expect({ committed: claims.count('committed'), conflicted: claims.count('conflicted') }).toEqual(ends);
      orders += 1;
    } while (every.advance());
    console.log(`2 tabs, 1 save each, ${what}: ${orders} orders`);
    expectGolden(`every order, ${what}`, { orders });
  });

  test('[I8] [F57] a frozen tab that holds a lock keeps nobody from saving, and its own edit is told as a conflict', async () => {
    const world = await World.on(start.disk);
    const [frozen, other] = await tabsOn(world, 2, { without: [], copies: [1] });
    if (!frozen || !other) throw new Error('no tabs');
    void frozen.tab.environment.locks?.request(`${start.model.size}`, () => new Promise(() => undefined));
    const claims = new Claims();
    const edit: Action[] = [{ kind: 'edit', record: 't1' }];
    world.order = { waiting: () => 0, add: (_, task) => task(), next: async () => undefined };
    world.freeze(frozen.tab);
    const late = act(frozen.page, edit, claims);
    expect(await world.settle(act(other.page, edit, claims), other.tab)).toMatchObject({ kind: 'resolved' });
    world.thaw(frozen.tab);
    expect(await world.settle(late, frozen.tab)).toMatchObject({ kind: 'resolved' });
    expect(claims.broken((await world.disk()).database)).toEqual([]);
    expect(claims.count('conflicted')).toBe(1);
  });

  test('[I8] [F61] without any message a tab finds the commits of others when it writes', async () => {
    const world = await World.on(start.disk);
    const [one, two] = await tabsOn(world, 2, { without: ['channel', 'locks'], copies: [1] });
    if (!one || !two) throw new Error('no tabs');
    const claims = new Claims();
    await world.settle(act(one.page, [{ kind: 'edit', record: 't2' }], claims));
    expect(await world.settle(act(two.page, [{ kind: 'edit', record: 't1' }], claims))).toMatchObject({
      kind: 'resolved',
    });
    expect(claims.count('committed')).toBe(2);
    expect(two.page.now('templates', 't2')).toEqual({ by: one.tab.name, turn: 1 });
    expect(claims.broken((await world.disk()).database)).toEqual([]);
  });

  test('[I8] a record that was made and removed elsewhere meanwhile never gets a revision that it had before', async () => {
    const world = await World.on(start.disk);
    const [early, busy, late] = await tabsOn(world, 3, { without: ['channel'], copies: [1] });
    if (!early || !busy || !late) throw new Error('no tabs');
    const claims = new Claims();
    const write = (page: Page, data: Edit['data']) =>
      world.settle(claims.make(page, 'save', [{ store: 'templates', id: 'x', data }], { agreed: true }));
    await write(busy.page, { by: 'busy' });
    await world.settle(late.page.vault.refresh());
    await write(busy.page, undefined);
    // It still sees what was before all that, and makes the record as if it were the first.
    await write(early.page, { by: 'early' });
    // It saw another record of that name, now gone; a revision alone must not make it believe that this is the one.
    await write(late.page, { by: 'late' });
    expect(claims.broken((await world.disk()).database)).toEqual([]);
  });
});
