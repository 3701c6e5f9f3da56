import { expect, test } from 'vitest';
import { pauseInPage } from '../../../src/app/stores/files/pauseInPage.ts';
import { Template } from '../../../src/app/stores/templates.ts';
import { checkFile } from '../../../src/services/intake.ts';
import { exportOf, template } from '../../bundle/support.ts';
import { App } from '../../services/importing/app.ts';
import { testOrigin } from '../../support/environment.ts';

const SIZE = 10_000;
const content = 'MSH|^~\\&|A|B|C|D|20260101||ADT^A01|1|P|2.5\rPID|1||HELPERVARIABLE1^^^\r'.repeat(25);

/** What the page cannot help: parse, validate, put as one value, nothing verified and nothing kept. */
async function floorMs(bytes: Uint8Array<ArrayBuffer>): Promise<number> {
  const database = await asked(indexedDB.open('floor'), (request) => request.result.createObjectStore('all'));
  const began = performance.now();
  const file = JSON.parse(new TextDecoder().decode(bytes)) as {
    data: { templates: { data: { data: unknown }[] } };
  };
  for (const { data } of file.data.templates.data) Template.parse(data);
  const transaction = database.transaction('all', 'readwrite');
  transaction.objectStore('all').put(file.data, 'all');
  await new Promise((resolve) => transaction.addEventListener('complete', resolve));
  const took = performance.now() - began;
  database.close();
  indexedDB.deleteDatabase('floor');
  return took;
}

function asked(
  request: IDBOpenDBRequest,
  upgrade: (request: IDBOpenDBRequest) => void,
): Promise<IDBDatabase> {
  request.onupgradeneeded = () => upgrade(request);
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** The longest time for which the page could not answer. */
async function longestMs(work: () => Promise<unknown>): Promise<{ longest: number; took: number }> {
  let [longest, isOver] = [0, false];
  const began = performance.now();
  const watching = (async () => {
    for (let last = performance.now(); !isOver; ) {
      await pauseInPage();
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
    }
  })();
  await work();
  isOver = true;
  await watching;
  return { longest, took: performance.now() - began };
}

test('[T9] ten thousand templates are checked and written in steps: the page answers in between', async () => {
  const bytes = await exportOf(Array.from({ length: SIZE }, (_, i) => template(`t-${i}`, { content })));
  const floor = Math.min(await floorMs(bytes), await floorMs(bytes));
  const app = await new App(testOrigin(), { hasSubtle: true, pause: pauseInPage }).load();
  const { signal } = new AbortController();
  const source = { kind: 'bytes', bytes } as const;
  const figures = {
    check: await longestMs(() => checkFile(app.hands, { source }, signal)),
    import: await longestMs(async () => expect((await app.import(bytes)).kind).toBe('imported')),
    export: await longestMs(() => app.export()),
  };
  expect(app.vault.state().count.templates).toBe(SIZE);
  for (const [what, { longest, took }] of Object.entries(figures)) {
    const size = `${(bytes.length / 1e6).toFixed(0)} MB`;
    const ratio = (took / floor).toFixed(1);
    console.log(
      `${what}, ${size}: ${took.toFixed(0)} ms, ${ratio} × the floor; longest task ${longest.toFixed(0)} ms`,
    );
    // A busy machine stretches every task alike; work that is not divided would be one of them.
    expect(longest / took, what).toBeLessThan(0.3);
  }
}, 120_000);
