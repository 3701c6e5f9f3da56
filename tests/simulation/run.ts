import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { CommitResult } from '../../machines/types.ts';
import type { Json } from '../../src/vault/types.ts';
import type { Rule } from './faults/step.ts';
import { historyOf, rebuild } from './oracle/rebuild.ts';
import { FIRST, fill, type Model, modelSeen, type Operation } from './workloads.ts';
import { Page } from './world/page.ts';
import { type Disk, type Ending, type Home, type Tab, type TabOptions, World } from './world/world.ts';

/** A disk and what the model says is on it. */
export interface Start {
  disk: Disk;
  model: Model;
}

export interface Visit {
  world: World;
  tab: Tab;
  page: Page;
}

/** A tab that has loaded. @throws Error when it did not get there: no fault may be armed yet */
export async function visit(world: World, options: TabOptions = {}): Promise<Visit> {
  const tab = world.tab(options);
  const page = new Page(tab);
  const ending = await world.settle(page.load(), tab);
  if (ending.kind !== 'resolved' || ending.value.kind !== 'loaded') {
    throw new Error(`The visit did not load: ${JSON.stringify(ending)}`);
  }
  if (ending.value.damage.length > 0) throw new Error(`Damage: ${JSON.stringify(ending.value.damage)}`);
  return { world, tab, page };
}

/** Ends all life on a disk, and takes it. */
export async function pull({ world, tab }: Visit): Promise<Disk> {
  world.steps.rule = undefined;
  tab.kill();
  await world.quiet();
  return world.disk();
}

/** The disk after the first commit of a vault. */
export async function firstStart(home: Home = 'indexeddb'): Promise<Start> {
  const first = await visit(new World(1, home));
  await first.world.settle(fill(first.page), first.tab);
  return { disk: await pull(first), model: FIRST };
}

/** Where an undisturbed operation leads, and how many steps it takes. */
export async function undisturbed(
  start: Start,
  operation: Operation,
): Promise<Start & { points: number; from: number }> {
  const there = await visit(await World.on(start.disk));
  const from = there.world.steps.count + 1;
  const ending = await there.world.settle(operation.run(there.page), there.tab);
  if (ending.kind !== 'resolved' || ending.value.kind !== 'committed') {
    throw new Error(`${operation.name} undisturbed: ${JSON.stringify(ending)}`);
  }
  const points = there.world.steps.count - from + 1;
  return { disk: await pull(there), model: operation.apply(start.model), points, from };
}

export interface Outcome {
  ending: Ending<CommitResult>;
  disk: Disk;
  trace: readonly string[];
}

/** Runs one operation under a rule that is armed once the page has loaded. */
export async function runUnder(start: Start, operation: Operation, rule: Rule): Promise<Outcome> {
  const there = await visit(await World.on(start.disk));
  there.world.steps.rule = rule;
  const ending = await there.world.settle(operation.run(there.page), there.tab);
  return { ending, disk: await pull(there), trace: there.world.steps.trace };
}

/** What the stored bytes hold, by the oracle. */
export function foundOn(disk: Disk): { model: Model; problems: string[] } {
  const { records, problems } = rebuild(disk.database);
  const model = new Map([...records].map(([key, { data }]): [string, Json] => [key, data as Json]));
  return { model, problems };
}

export const isSame = (one: Model, other: Model) =>
  isDeepStrictEqual(new Map([...one].sort()), new Map([...other].sort()));

/**
 * Holds an outcome against the promise. Empty when it is kept.
 *
 * What was acknowledged is there; what was called failed is not; what nobody called anything is wholly one or the other;
 * what was replaced is in the history; everything ends.
 */
export function broken({ model: before }: Start, after: Model, { ending, disk }: Outcome): string[] {
  const { model, problems } = foundOn(disk);
  const said = ending.kind === 'resolved' ? ending.value.kind : ending.kind;
  const [isOld, isNew] = [isSame(model, before), isSame(model, after)];
  const breaches = problems.map((problem) => `the stored bytes do not agree: ${problem}`);
  if (!isOld && !isNew) breaches.push(`${said}: neither the old nor the new state is there`);
  switch (said) {
    case 'committed':
      if (!isNew) breaches.push('acknowledged, and not there');
      break;
    case 'unsure':
    case 'crashed':
      break;
    case 'pending':
      breaches.push('neither saved nor failed after 60 seconds');
      break;
    case 'rejected':
      breaches.push(`a machine broke: ${ending.kind === 'rejected' ? ending.error : ''}`);
      break;
    default:
      if (!isOld) breaches.push(`said to be ${said}, and it is there`);
  }
  if (isNew) {
    const history = historyOf(disk.database);
    for (const [key, data] of before) {
      if (!history.get(key)?.some((kept) => isDeepStrictEqual(kept, data)))
        breaches.push(`${key} as it was is gone`);
    }
  }
  return breaches;
}

/** The next visit: loads without a finding what the oracle found, writes nothing by loading, and can go on. */
export async function brokenRecovery(disk: Disk): Promise<string[]> {
  const world = await World.on(disk);
  const { model } = foundOn(disk);
  const breaches: string[] = [];
  const next = await visit(world).catch((error: unknown) => String(error));
  if (typeof next === 'string') return [next];
  if (!isDeepStrictEqual(await world.disk(), disk) && !onlyWitnessDiffers(await world.disk(), disk)) {
    breaches.push('loading wrote something');
  }
  if (!isSame(modelSeen(next.page), model)) breaches.push('the page shows something else than is stored');
  const plan = next.page.plan('save', [{ store: 'settings', id: 'after', data: { recovered: true } }]);
  const saved = await world.settle(next.page.commit(plan), next.tab);
  if (saved.kind !== 'resolved' || saved.value.kind !== 'committed')
    breaches.push(`cannot go on: ${JSON.stringify(saved)}`);
  const after = foundOn(await pull(next));
  if (!isSame(after.model, new Map([...model, ['settings/after', { recovered: true }]])))
    breaches.push('went on to a wrong state');
  return [...breaches, ...after.problems];
}

/**
 * The next visit on each disk. Most faults leave one of two disks behind, so each distinct one is visited once.
 *
 * @returns what is broken, with the point that led there
 */
export async function brokenRecoveries(disks: readonly { point: string; disk: Disk }[]): Promise<string[]> {
  const distinct = new Map(disks.map(({ point, disk }) => [nameOf(disk), { point, disk }]));
  const breaches: string[] = [];
  for (const { point, disk } of distinct.values()) {
    for (const breach of await brokenRecovery(disk)) breaches.push(`after ${point}: ${breach}`);
  }
  return breaches;
}

/** Equal for equal disks. */
export function nameOf({ database, storage }: Disk): string {
  const hash = createHash('sha256');
  for (const [store, entries] of Object.entries(database)) {
    for (const [key, value] of entries) {
      hash.update(`${store} ${JSON.stringify(key)} `);
      hash.update(value instanceof Uint8Array ? value : String(value));
    }
  }
  return hash.update(JSON.stringify(storage)).digest('hex');
}

/** The witness is put right once a load verified; that is no write to the data (durability 3.8). */
function onlyWitnessDiffers(one: Disk, other: Disk): boolean {
  return isDeepStrictEqual(one.database, other.database);
}
