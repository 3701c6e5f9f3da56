import { afterEach, expect, test } from 'vitest';
import { browserEnvironment } from '../../../src/app/browserEnvironment.ts';
import { allStores } from '../../../src/app/stores/allStores.ts';
import type { Template } from '../../../src/app/stores/templates.ts';
import { createIndexedDbEngine } from '../../../src/client/engines.ts';
import { createPersistence, type Persistence } from '../../../src/client.ts';

const opened: Persistence[] = [];
afterEach(async () => {
  for (const persistence of opened.splice(0)) await persistence.close();
});

function open(name: string): Persistence {
  const environment = browserEnvironment();
  const engine = createIndexedDbEngine(environment, name);
  const persistence = createPersistence({ name, stores: allStores, engines: [engine], environment });
  opened.push(persistence);
  return persistence;
}

function templatesOf(size: number): Template[] {
  return Array.from({ length: size }, (_, i) => ({
    id: `n-${String(i).padStart(5, '0')}`,
    name: `Template ${i}`,
    description: '',
    messageType: 'ADT-A01',
    content: `MSH|^~\\&|A|B|C|D|20260101||ADT^A01|${i}|P|2.5\rNTE|1||${`text ${i} `.repeat(60)}`,
    createdAt: 0,
  }));
}

/** How long something took, and the longest time the page did not answer meanwhile. */
async function watched(task: () => Promise<unknown>): Promise<{ ms: number; longest: number }> {
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
  const startedAt = performance.now();
  await task();
  const ms = performance.now() - startedAt;
  isWatching = false;
  return { ms: Math.round(ms), longest: Math.round(longest) };
}

const p95 = (samples: readonly number[]) =>
  [...samples].sort((a, b) => a - b)[Math.floor(samples.length * 0.95)] ?? 0;

test('[T16] saving and loading what people have stays under a tenth of a second', async () => {
  const name = `service-${crypto.randomUUID()}`;
  const { service } = open(name);
  const templates = templatesOf(100);
  await service.save('templates', templates);
  const times = { save: [] as number[], load: [] as number[] };
  for (let i = 0; i < 40; i += 1) {
    const next = templates.map((one, at) => (at === i ? { ...one, name: `Edited ${i}` } : one));
    times.save.push((await watched(() => service.save('templates', next))).ms);
    times.load.push((await watched(() => service.load('templates'))).ms);
  }
  console.info(`p95 of save ${p95(times.save)} ms, of load ${p95(times.load)} ms`);
  expect(p95(times.save)).toBeLessThanOrEqual(100);
  expect(p95(times.load)).toBeLessThanOrEqual(100);
});

test('10,000 templates go out as a file and in again, equal, in another browser', async () => {
  const templates = templatesOf(10_000);
  const name = `service-${crypto.randomUUID()}`;
  const [from, to] = [open(name), open(`${name}-2`)];
  const figures: Record<string, unknown> = {};
  figures.save = await watched(() => from.service.save('templates', templates));
  const edited = templates.map((one, i) => (i === 77 ? { ...one, name: 'Edited' } : one));
  figures.saveOne = await watched(() => from.service.save('templates', edited));
  let file: unknown;
  figures.export = await watched(async () => {
    file = await from.service.exportAll();
  });
  let result: unknown;
  figures.import = await watched(async () => {
    result = await to.service.importAll({ ...(file as object), application: `${name}-2` });
  });
  console.info(`10,000 templates: ${JSON.stringify(figures)} (ms)`);
  expect(result).toMatchObject({ success: true, imported: ['templates'] });
  expect(await to.service.load('templates')).toEqual(edited);
}, 60_000);
