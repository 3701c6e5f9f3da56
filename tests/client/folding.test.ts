import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { answerFolds, type FoldRequest } from '../../src/client/foldWorker.ts';
import { createIndexedDbEngine } from '../../src/engines/indexeddb.ts';
import type { FoldWorker } from '../../src/environment.ts';
import { MIN_TAIL_BYTES } from '../../src/vault/foldDue.ts';
import { type RawDump, rawDump } from '../simulation/world/dump.ts';
import { type TestEnvironment, testEnvironment, testOrigin } from '../support/environment.ts';
import {
  answer as answerTo,
  during,
  NAME,
  notes,
  opened,
  type Page,
  reopened,
  settings,
  textsOf,
  until,
} from './kit.ts';

const MINUTE_MS = 60_000;
/** Kept twice, as what is new and as what is replaced, it makes a fold due; once it does not. */
const LONG = 'x'.repeat(0.6 * MIN_TAIL_BYTES);

/** Workers of a page, as a test sees them. They fold in earnest, over a connection of their own. */
function workersOf({ origin, now }: TestEnvironment, how: 'folds' | 'dies' | 'hangs') {
  const requests: FoldRequest[] = [];
  let living = 0;
  const start = (): FoldWorker => {
    const tab = `worker-${requests.length}`;
    const environment = { ...testEnvironment({ origin, tab, without: ['localStorage'] }), now };
    const fold = answerFolds({
      environment,
      stores: [notes, settings],
      engineOf: (name) => createIndexedDbEngine(environment, name),
    });
    const listeners = { message: new Set<Listener>(), error: new Set<Listener>() };
    living += 1;
    let isOver = false;
    return {
      addEventListener: (type, listener) => listeners[type].add(listener),
      async postMessage(request) {
        requests.push(request as FoldRequest);
        if (how === 'hangs') return;
        if (how === 'dies') return queueMicrotask(() => tell(listeners.error, undefined));
        const reply = await fold(request as FoldRequest);
        if (!isOver) tell(listeners.message, reply);
      },
      terminate() {
        living -= isOver ? 0 : 1;
        isOver = true;
      },
    };
  };
  return { requests, start, living: () => living };
}
type Listener = (event: { data?: unknown }) => void;
const tell = (listeners: Set<Listener>, data: unknown) => {
  for (const listener of listeners) listener({ data });
};

/** A page whose folds are done by such workers. */
async function pageWith(
  how: 'folds' | 'dies' | 'hangs' = 'folds',
  { origin = testOrigin(), tab = 'tab-1' }: { origin?: TestEnvironment['origin']; tab?: string } = {},
) {
  const tabs = testEnvironment({ origin, tab });
  const workers = workersOf(tabs, how);
  const environment = { ...tabs, foldWorker: workers.start };
  return { page: await opened({ environment }), workers };
}

async function write(page: Page, id: string, text: string): Promise<void> {
  page.persistence.edit(notes, id, { id, text });
  await during(page, page.persistence.save(notes, id));
}

/** Enough for a fold. */
async function writeLong(page: Page, id: string): Promise<void> {
  await write(page, id, `${LONG}, at first`);
  await write(page, id, LONG);
}

const dumpOf = (page: Page): Promise<RawDump> => rawDump(page.environment.origin.indexedDB, NAME);
const sizeOf = (all: RawDump[string] | undefined) =>
  (all ?? []).reduce((sum, [, value]) => sum + (value as Uint8Array).length, 0);
/** Equal for equal bytes; comparing megabytes one by one takes a test longer than all the rest. */
async function printOf(page: Page): Promise<string> {
  const hash = createHash('sha256');
  for (const [store, entries] of Object.entries(await dumpOf(page)))
    for (const [key, value] of entries)
      hash.update(`${store} ${JSON.stringify(key)}`).update(value as Uint8Array);
  return hash.digest('hex');
}
/** Gives what is under way in a worker the time to end, while the clock stands still. */
const rest = () => new Promise((resolve) => setTimeout(resolve, 30));

describe('A fold', () => {
  it('waits for quiet, is done by a worker, and the worker is ended', async () => {
    const { page, workers } = await pageWith();
    await write(page, 'a', 'short');
    page.environment.clock.increment(10 * MINUTE_MS);
    expect(workers.requests).toEqual([]);

    await write(page, 'a', LONG);
    page.persistence.edit(notes, 'a', { id: 'a', text: `${LONG}!` });
    page.environment.clock.increment(400);
    expect(workers.requests).toEqual([]);
    await during(page, page.persistence.flush());
    await until(page, () => workers.requests.length === 1 && workers.living() === 0);
    expect(workers.requests[0]?.name).toBe(NAME);
    expect((await dumpOf(page)).snapshots).not.toEqual([]);
    // Weighed anew: it is not due again.
    await write(page, 'a', 'short again');
    page.environment.clock.increment(10 * MINUTE_MS);
    expect(workers.requests).toHaveLength(1);
    const after = await reopened(page);
    expect(textsOf(after)).toEqual(['short again']);
  });

  it('comes within a minute and a little although somebody types without a pause', async () => {
    const { page, workers } = await pageWith('hangs');
    await writeLong(page, 'a');
    const startedAt = page.environment.now();
    while (workers.requests.length === 0) {
      if (page.environment.now() - startedAt > 10 * MINUTE_MS) throw new Error('It never came');
      page.persistence.edit(notes, 'a', { id: 'a', text: `${page.environment.now()}` });
      page.environment.clock.increment(1_000);
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    expect(page.environment.now() - startedAt).toBeLessThanOrEqual(62_000);
    expect(page.environment.now() - startedAt).toBeGreaterThan(50_000);
  });

  it('follows a bulk at once, however short the log is', async () => {
    const { page, workers } = await pageWith();
    const ids = Array.from({ length: 60 }, (_, i) => `n-${i}`);
    for (const id of ids) page.persistence.edit(notes, id, { id, text: id });
    await during(page, page.persistence.flush());
    page.environment.clock.increment(10 * MINUTE_MS);
    expect(workers.requests).toEqual([]);
    await during(page, page.persistence.remove(notes, ids, { agreed: true }));
    await until(page, () => workers.requests.length === 1 && workers.living() === 0);
    expect((await dumpOf(page)).snapshots).not.toEqual([]);
  });

  it('[F57] leaves the work to the tab that holds the lock, but not for ever: it may be frozen', async () => {
    const { page, workers } = await pageWith();
    const frozen = testEnvironment({ origin: page.environment.origin, tab: 'frozen' });
    void frozen.locks?.request(`${NAME}:fold`, () => new Promise(() => {}));
    await writeLong(page, 'a');
    page.environment.clock.increment(3_000);
    await rest();
    expect(workers.requests).toEqual([]);
    await until(page, () => workers.requests.length === 1 && workers.living() === 0);
    expect((await dumpOf(page)).snapshots).not.toEqual([]);
  });

  it('is not done twice: the other tab finds it made, and learns what a load reads now', async () => {
    const { page: first, workers } = await pageWith();
    const { origin } = first.environment;
    const { page: second, workers: others } = await pageWith('folds', { origin, tab: 'tab-2' });
    await writeLong(first, 'a');
    await until(second, () => textsOf(second)[0] === LONG);
    await until(first, () => workers.requests.length === 1 && workers.living() === 0);
    const before = await printOf(first);
    await until(second, () => others.requests.length === 1 && others.living() === 0);
    expect(await printOf(first)).toBe(before);
    await write(second, 'b', 'short');
    second.environment.clock.increment(10 * MINUTE_MS);
    expect(others.requests).toHaveLength(1);
  });

  it.each(['dies', 'hangs'] as const)(
    'harms nothing when its worker %s, and is tried again later',
    async (how) => {
      const { page, workers } = await pageWith(how);
      await writeLong(page, 'a');
      await until(page, () => workers.requests.length === 1);
      await write(page, 'a', 'saved meanwhile');
      await until(page, () => workers.living() === 0, 10_000);
      const failedAt = page.environment.now();
      await until(page, () => workers.requests.length === 2, 1_000);
      expect(page.environment.now() - failedAt).toBeGreaterThanOrEqual(5 * MINUTE_MS - 10_000);
      const after = await reopened(page);
      expect(after.persistence.load.getSnapshot()).toMatchObject({ kind: 'ready', damage: [] });
      expect(textsOf(after)).toEqual(['saved meanwhile']);
    },
  );

  it('ends with its page', async () => {
    const { page, workers } = await pageWith('hangs');
    await writeLong(page, 'a');
    await until(page, () => workers.living() === 1);
    await during(page, page.persistence.close());
    expect(workers.living()).toBe(0);
    page.environment.clock.increment(20 * MINUTE_MS);
    expect(workers.requests).toHaveLength(1);
  });

  it('is done by the page itself where no worker can be had', async () => {
    const page = await opened();
    await writeLong(page, 'a');
    page.environment.clock.increment(3_000);
    await until(page, () => true);
    let snapshots: RawDump[string] | undefined = [];
    const limit = performance.now() + 5_000;
    while (snapshots?.length === 0 && performance.now() < limit) {
      await rest();
      ({ snapshots } = await dumpOf(page));
    }
    expect(snapshots).not.toEqual([]);
    const after = await reopened(page);
    expect(textsOf(after)).toEqual([LONG]);
  });

  it('[I4] never begins while damage is open: every stored byte stays as it lies', async () => {
    const origin = testOrigin();
    const { page: before } = await pageWith('hangs', { origin });
    for (let i = 0; i < 12; i += 1) await write(before, `n-${i}`, `text ${i}`);
    await write(before, 'victim', 'to be damaged');
    await writeLong(before, 'n-0');
    await during(before, before.persistence.close());
    await damage(origin.indexedDB, 'to be damaged', 'to be DAMAGED');

    const { page, workers } = await pageWith('folds', { origin, tab: 'tab-2' });
    const view = page.persistence.load.getSnapshot();
    expect(view).toMatchObject({ kind: 'ready', damage: [{ repaired: false }] });
    const dump = await printOf(page);
    page.environment.clock.increment(60 * MINUTE_MS);
    await rest();
    expect(workers.requests).toEqual([]);
    expect(await printOf(page)).toBe(dump);
  });

  it('never begins where somebody decides later: nothing at all is written', async () => {
    const origin = testOrigin();
    const { page: before } = await pageWith('hangs', { origin });
    await write(before, 'a', LONG + LONG);
    await during(before, before.persistence.close());
    await damage(origin.indexedDB, 'xxxxxxxx', 'xxxxyxxx');
    const { page, workers } = await pageWith('folds', { origin, tab: 'tab-2' });
    const dump = await printOf(page);
    await answerTo(page, 'DEFER');
    await until(page, () => page.persistence.load.getSnapshot().kind === 'readOnly');
    page.environment.clock.increment(60 * MINUTE_MS);
    await rest();
    expect(workers.requests).toEqual([]);
    expect(await printOf(page)).toBe(dump);
  });

  it('bounds the log, whatever is written and for how long', async () => {
    const { page, workers } = await pageWith();
    const sizes: number[] = [];
    let written = 0;
    for (let day = 0; day < 60; day += 1) {
      for (let edit = 0; edit < 8; edit += 1) {
        const text = `${day} ${edit}`.repeat(20_000);
        await write(page, `n-${edit % 2}`, text);
        // Once as what is new, and once as what the next one replaces.
        written += 2 * text.length;
      }
      page.environment.clock.increment(20 * 60 * MINUTE_MS);
      await until(page, () => workers.living() === 0);
      sizes.push(sizeOf((await dumpOf(page)).log));
    }
    // Points of thirty days, fifty commits, two snapshots' tails: once they are there, it does not grow any more.
    expect(Math.max(...sizes.slice(50))).toBeLessThanOrEqual(Math.max(...sizes.slice(30, 50)) * 1.25);
    expect(Math.max(...sizes.slice(50))).toBeLessThan(written / 3);
    expect(workers.requests.length).toBeGreaterThan(30);
    const after = await reopened(page);
    expect(after.persistence.load.getSnapshot()).toMatchObject({ kind: 'ready', damage: [] });
    expect(textsOf(after)[1]).toBe('59 7'.repeat(20_000));
  });
});

/** Changes a stored page, past the product. */
async function damage(factory: IDBFactory, from: string, to: string): Promise<void> {
  const db = await answer(factory.open(NAME));
  const store = db.transaction('log', 'readwrite').objectStore('log');
  const keys = await answer(store.getAllKeys());
  let hits = 0;
  for (const key of keys) {
    const text = new TextDecoder().decode((await answer(store.get(key))) as Uint8Array);
    if (!text.includes(from) || hits > 0) continue;
    hits += 1;
    await answer(store.put(new TextEncoder().encode(text.replace(from, to)), key));
  }
  db.close();
  if (hits === 0) throw new Error('Nothing was damaged');
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
