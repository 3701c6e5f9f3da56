import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { seededRandom } from '../support/environment.ts';
import { Claims } from './claims.ts';
import type { Fault, Rule, Step } from './faults/step.ts';
import { foundOn } from './run.ts';
import { SEED, SEEDS } from './seeds.ts';
import { difference, modelSeen, OPERATIONS } from './workloads.ts';
import { seededOrder } from './world/order.ts';
import { Page } from './world/page.ts';
import { type Tab, World } from './world/world.ts';

/** Wall clocks that people really have [I15]. */
const CLOCKS: ((simulatedMs: number) => number)[] = [
  (ms) => Date.UTC(2026, 2, 1, 9) + ms,
  (ms) => Date.UTC(2026, 1, 28, 9) - ms,
  () => 0,
  (ms) => Date.UTC(9999, 11, 31) + ms,
  () => Date.UTC(2026, 2, 1),
  (ms) => Date.UTC(2026, 2, 29, 0, 59) + (ms > 1_000 ? 3_600_000 : 0) + ms,
];

interface Report {
  breaches: string[];
  trace: readonly string[];
  claims: Claims;
  visits: number;
  faults: number;
}

/** Bad weather of one seed: how likely which fault is at a step. Fine weather between the storms. */
function weather(random: () => number): Rule {
  const [error, hang, crash] = [random() * 0.03, random() * 0.004, random() * 0.004];
  const names = ['UnknownError', 'AbortError', 'QuotaExceededError', 'InvalidStateError', 'DataError'];
  let storm = false;
  return (step: Step): Fault | undefined => {
    if (random() < 0.01) storm = !storm;
    if (!storm) return undefined;
    const luck = random();
    if (luck < crash) return { kind: 'crash' };
    if (luck < crash + hang) return { kind: 'hang' };
    if (luck > crash + hang + error) return undefined;
    const name = names[Math.floor(random() * names.length)] ?? 'UnknownError';
    // Nothing but a lost connection takes the place of an answer that was on its way.
    return { kind: 'error', name: step.kind === 'complete' ? 'UnknownError' : name };
  };
}

/** What one tab does until it has done enough or its process has ended. */
async function live(page: Page, random: () => number, claims: Claims): Promise<void> {
  if ((await page.load()).kind !== 'loaded') return;
  for (let turn = 0; turn < 5; turn += 1) {
    const choice = random();
    if (choice < 0.15) await page.ask((vault) => vault.refresh());
    else if (choice < 0.25) await undoSomething(page, random, claims);
    else if (choice < 0.35) await page.fold().catch(() => 'failed');
    else {
      const operation = OPERATIONS[Math.floor(random() * OPERATIONS.length)];
      if (!operation) continue;
      const before = modelSeen(page);
      await claims.make(page, operation.kind, difference(before, operation.apply(before)), operation.options);
    }
  }
}

async function undoSomething(page: Page, random: () => number, claims: Claims): Promise<void> {
  const found = (await page.ask((vault) => vault.commits(5))) ?? [];
  const chosen = found[Math.floor(random() * found.length)];
  const undo = chosen && (await page.ask((vault) => vault.planUndo(chosen.id)));
  if (undo?.kind !== 'undoable') return;
  const edits = undo.plan.changes.map(({ store, id, data }) => ({ store: store as 'templates', id, data }));
  if (edits.length > 0) await claims.make(page, 'undo', edits, { agreed: true, undoes: chosen?.id ?? '' });
}

/** One seed: up to three tabs at a time, over several visits, in bad weather, in any order, with any clock. */
async function simulate(seed: number): Promise<Report> {
  const random = seededRandom(seed);
  const world = new World(seed);
  const claims = new Claims();
  const breaches: string[] = [];
  const storms = weather(random);
  let [visits, faults] = [0, 0];
  for (let day = 0; day < 3; day += 1) {
    world.order = seededOrder(random);
    world.copies = () => Math.floor(random() * 3);
    world.steps.rule = (step) => {
      const fault = storms(step);
      if (fault) faults += 1;
      return fault;
    };
    const tabs: Tab[] = [];
    const lives: Promise<void>[] = [];
    const count = 1 + Math.floor(random() * 3);
    for (let tab = 0; tab < count; tab += 1) {
      const wallClock = CLOCKS[Math.floor(random() * CLOCKS.length)];
      const opened = world.tab(wallClock ? { wallClock } : {});
      tabs.push(opened);
      visits += 1;
      // A dead tab never comes to an end by itself; its neighbours do.
      lives.push(Promise.race([live(new Page(opened), random, claims), death(opened)]));
    }
    const ending = await world.settle(Promise.all(lives), undefined, 600_000);
    if (ending.kind !== 'resolved')
      breaches.push(
        `day ${day}: ${JSON.stringify(ending)} ${ending.kind === 'rejected' ? ending.error : ''}`,
      );
    world.steps.rule = undefined;
    if (random() < 0.3) await world.losePower(tabs);
    for (const tab of tabs) tab.kill();
    await world.disarm();
    breaches.push(...claims.broken(await world.dump()).map((breach) => `day ${day}: ${breach}`));
  }
  const { model } = foundOn(await world.disk());
  const last = world.tab();
  const page = new Page(last);
  const loaded = await world.settle(page.load(), last);
  if (loaded.kind !== 'resolved' || loaded.value.kind !== 'loaded' || loaded.value.damage.length > 0) {
    breaches.push(`the last visit did not load: ${JSON.stringify(loaded)}`);
  } else if (JSON.stringify([...modelSeen(page)].sort()) !== JSON.stringify([...model].sort())) {
    breaches.push('the last visit shows something else than is stored');
  }
  return { breaches, trace: world.steps.trace, claims, visits, faults };
}

/** Resolves when the tab's process ends, or has. */
function death({ process }: Tab): Promise<void> {
  return new Promise((resolve) => {
    if (process.dead) resolve();
    else process.onKill(resolve);
  });
}

const hashOf = (trace: readonly string[]) => createHash('sha256').update(trace.join('\n')).digest('hex');

test(
  '[I1] [I2] [I8] [I13] [I15] whole worlds of tabs, crashes, errors, hangs and odd clocks lose nothing that was acknowledged',
  async () => {
    const seeds = SEED === undefined ? Array.from({ length: SEEDS }, (_, index) => index + 1) : [SEED];
    const sum = { visits: 0, steps: 0, faults: 0, committed: 0, conflicted: 0, dead: 0 };
    for (const seed of seeds) {
      const report = await simulate(seed);
      if (report.breaches.length > 0) {
        throw new Error(
          `SEED=${seed} npm run test:simulation\n${report.breaches.join('\n')}\n\n${report.trace.join('\n')}`,
        );
      }
      sum.visits += report.visits;
      sum.steps += report.trace.length;
      sum.faults += report.faults;
      sum.committed += report.claims.count('committed');
      sum.conflicted += report.claims.count('conflicted');
      sum.dead += report.claims.count('dead');
    }
    console.log(`${seeds.length} worlds (seeds ${seeds[0]} to ${seeds.at(-1)}): ${JSON.stringify(sum)}`);
    if (SEED !== undefined) return;
    // Worlds in which nothing happens would prove nothing.
    expect(sum.committed).toBeGreaterThan(seeds.length);
    expect(sum.faults).toBeGreaterThan(seeds.length);
    expect(sum.conflicted).toBeGreaterThan(0);
    expect(sum.dead).toBeGreaterThan(0);
  },
  SEEDS * 1_000,
);

test('[I24] the same seed gives the same trace, step by step', async () => {
  for (let seed = 1; seed <= Math.max(5, SEEDS / 100); seed += 1) {
    const [once, again] = [await simulate(seed), await simulate(seed)];
    expect([seed, hashOf(again.trace)]).toEqual([seed, hashOf(once.trace)]);
  }
}, 60_000);
