import { afterEach, describe, expect, test } from 'vitest';
import { browserEnvironment } from '../../../src/app/browserEnvironment.ts';
import { allStores } from '../../../src/app/stores/allStores.ts';
import { type Template, templates } from '../../../src/app/stores/templates.ts';
import { createIndexedDbEngine } from '../../../src/client/engines.ts';
import { createPersistence, type Persistence, wrapEnvelope } from '../../../src/client.ts';
import { createOwner } from '../../../src/engines/owner.ts';
import type { FoldWorker } from '../../../src/environment.ts';
import { openedBy } from '../../../src/services/opened.ts';
import { MIN_TAIL_BYTES } from '../../../src/vault/foldDue.ts';

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function until(holds: () => unknown, limitMs = 15_000): Promise<void> {
  const limit = performance.now() + limitMs;
  while (!(await holds())) {
    if (performance.now() > limit) throw new Error(`It never came to hold: ${holds}`);
    await wait(20);
  }
}

function template(id: string, text: string): Template {
  const content = `MSH|^~\\&|A|B|C|D|20260101||ADT^A01|${id}|P|2.5\rNTE|1||${text}`;
  return { id, name: id, description: '', messageType: 'ADT-A01', content, createdAt: 0 };
}

const opened: Persistence[] = [];
afterEach(async () => {
  for (const persistence of opened.splice(0)) await persistence.close();
});

/** The app's data in a real browser, with the app's own worker; `watch` sees each worker that is started. */
async function open(name: string, watch: (worker: FoldWorker) => void = () => {}): Promise<Persistence> {
  const real = browserEnvironment();
  const environment = {
    ...real,
    foldWorker() {
      const worker = real.foldWorker?.();
      if (!worker) throw new Error('There is no worker');
      watch(worker);
      return worker;
    },
  };
  const engine = createIndexedDbEngine(environment, name);
  const persistence = createPersistence({ name, stores: allStores, engines: [engine], environment });
  opened.push(persistence);
  await until(() => persistence.load.getSnapshot().kind !== 'loading');
  return persistence;
}

async function snapshotsIn(name: string): Promise<number> {
  const owner = createOwner(createIndexedDbEngine(browserEnvironment(), name), browserEnvironment());
  const { connection } = await openedBy(owner);
  const keys = await connection.read(['snapshots'], (reader) => reader.keys('snapshots'));
  owner.close();
  return keys.filter((key) => key[1] === 0).length;
}

async function save(persistence: Persistence, id: string, text: string): Promise<void> {
  persistence.edit(templates, id, template(id, text));
  const result = await persistence.save(templates, id);
  if (result.kind !== 'saved') throw new Error(JSON.stringify(result));
}

const textOf = (persistence: Persistence, id: string): string | undefined => {
  const view = persistence.document(templates, id).getSnapshot();
  return view.kind === 'open' ? view.data.content.split('NTE|1||')[1] : undefined;
};

const LONG = 'x'.repeat(1.1 * MIN_TAIL_BYTES);

const median = (samples: readonly number[]) => [...samples].sort((a, b) => a - b)[samples.length >> 1] ?? 0;

/** Saves every so often while something goes on; says how long each took, and the longest time the page did not answer. */
async function savesDuring(persistence: Persistence, isOver: () => boolean) {
  const saves: number[] = [];
  let longest = 0;
  let isWatching = true;
  let last = performance.now();
  const channel = new MessageChannel();
  channel.port1.onmessage = () => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
    if (isWatching) channel.port2.postMessage(null);
  };
  channel.port2.postMessage(null);
  for (let i = 0; !isOver(); i += 1) {
    const startedAt = performance.now();
    await save(persistence, `n-${i * 7}`, `saved meanwhile ${i}`);
    saves.push(performance.now() - startedAt);
    await wait(100);
  }
  isWatching = false;
  return { saves, longest };
}

describe('a fold in Chromium', () => {
  test("runs in the app's own worker once the page is quiet, and is what the next start reads", async () => {
    const name = `fold-${crypto.randomUUID()}`;
    const replies: unknown[] = [];
    const persistence = await open(name, (worker) =>
      worker.addEventListener('message', ({ data }) => replies.push(data)),
    );
    await save(persistence, 'a', LONG);
    expect(await snapshotsIn(name)).toBe(0);
    await until(() => replies.length === 1);
    expect(replies[0]).toMatchObject({ outcome: { kind: 'folded', weight: { tailBytes: 0 } } });
    expect(await snapshotsIn(name)).toBe(1);
    await save(persistence, 'a', 'after');
    await persistence.close();
    const again = await open(name);
    expect(again.load.getSnapshot()).toMatchObject({ kind: 'ready', damage: [] });
    expect(textOf(again, 'a')).toBe('after');
  });

  test('whose worker is killed at any moment harms nothing', async () => {
    const name = `fold-${crypto.randomUUID()}`;
    for (const killedAfterMs of [0, 100, 180, 240, 300, 400, 550]) {
      let killed = false;
      const persistence = await open(name, (worker) => {
        setTimeout(() => {
          worker.terminate();
          killed = true;
        }, killedAfterMs);
      });
      expect(persistence.load.getSnapshot()).toMatchObject({ kind: 'ready', damage: [] });
      await save(persistence, 'a', `${LONG} ${killedAfterMs}`);
      await until(() => killed);
      await save(persistence, 'b', `after ${killedAfterMs}`);
      await persistence.close();
    }
    const last = await open(name);
    expect(last.load.getSnapshot()).toMatchObject({ kind: 'ready', damage: [] });
    expect([textOf(last, 'a'), textOf(last, 'b')]).toEqual([`${LONG} 550`, 'after 550']);
  }, 60_000);

  test('of 10,000 templates, right after their import, does not hold up who saves meanwhile', async () => {
    const name = `fold-${crypto.randomUUID()}`;
    let state: 'none' | 'running' | 'over' = 'none';
    const replies: unknown[] = [];
    const persistence = await open(name, (worker) => {
      state = 'running';
      worker.addEventListener('message', ({ data }) => {
        replies.push(data);
        state = 'over';
      });
    });
    const rows = Array.from({ length: 10_000 }, (_, i) => template(`n-${i}`, `text ${i} `.repeat(60)));
    const dates = {
      version: 1,
      createdAt: '2026-01-01T00:00:00.000Z',
      updatedAt: '2026-01-01T00:00:00.000Z',
    };
    const file = {
      version: 1,
      exportedAt: '2026-01-02T00:00:00.000Z',
      application: name,
      data: { templates: wrapEnvelope(rows, dates) },
    };
    const imported = await persistence.service.importAll(file);
    expect(imported).toMatchObject({ success: true, imported: ['templates'] });
    const enough = performance.now() + 1_000;
    const before = await savesDuring(persistence, () => performance.now() > enough || state !== 'none');
    await until(() => state !== 'none');
    const startedAt = performance.now();
    const meanwhile = await savesDuring(persistence, () => state === 'over');
    const figures = {
      fold: Math.round(performance.now() - startedAt),
      saves: meanwhile.saves.length,
      medianBefore: Math.round(median(before.saves)),
      medianMeanwhile: Math.round(median(meanwhile.saves)),
      slowest: Math.round(Math.max(...meanwhile.saves)),
      longestTask: Math.round(meanwhile.longest),
    };
    console.info(`fold of 10,000 while saving: ${JSON.stringify(figures)} (ms)`);
    expect(replies[0]).toMatchObject({ outcome: { kind: 'folded' } });
    expect(meanwhile.saves.length).toBeGreaterThan(2);
    // Far from the seconds that the fold takes: it holds no lock over storage for long.
    expect(figures.medianMeanwhile).toBeLessThan(Math.max(250, figures.fold / 4));
    await persistence.close();
    const again = await open(name);
    expect(again.load.getSnapshot()).toMatchObject({ kind: 'ready', damage: [] });
    expect(textOf(again, 'n-0')).toBe('saved meanwhile 0');
  }, 120_000);
});
