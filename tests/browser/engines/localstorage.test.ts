import { afterEach, describe, expect, test } from 'vitest';
import { createJournal } from '../../../src/engines/journal.ts';
import { createLocalStorageEngine } from '../../../src/engines/localstorage.ts';
import { askToPersist, estimateSpace } from '../../../src/engines/space.ts';
import { readWitness, writeWitness } from '../../../src/engines/witness.ts';
import type { Environment } from '../../../src/environment.ts';
import { connect, testEngineContract } from '../../engines/contract-suite.ts';
import { testEnvironment } from '../../support/environment.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
let prefixes = 0;

/** Someone else's megabytes, legacy keys that are never deleted: so much that only this many characters are free. */
function fillUpTo(free: number): void {
  const used = Object.keys(localStorage).reduce(
    (sum, name) => sum + name.length + (localStorage.getItem(name)?.length ?? 0),
    'legacy'.length,
  );
  localStorage.setItem('legacy', 'x'.repeat(5 * 1024 * 1024 - used - free));
}

/** The browser's own storage and locks; each test under a prefix of its own. */
function world(): { environment: Environment; prefix: string } {
  prefixes += 1;
  return {
    prefix: `test-${prefixes}`,
    environment: { ...testEnvironment(), localStorage: () => localStorage, locks: navigator.locks },
  };
}

afterEach(() => {
  for (const name of Object.keys(localStorage))
    if (/^(test-|legacy)/.test(name)) localStorage.removeItem(name);
});

testEngineContract({ name: 'localstorage', durability: 'eventual', commitsEarly: false }, () => {
  const { environment, prefix } = world();
  return {
    engine: () => createLocalStorageEngine(environment, prefix),
    async plant(kind, key, value) {
      localStorage.setItem(`${prefix}:${kind}:${JSON.stringify(key)}`, String(value));
    },
  };
});

describe('a real browser', () => {
  const dump = () =>
    Object.keys(localStorage)
      .sort()
      .map((name) => [name, localStorage.getItem(name)]);

  test('[F28] the real quota, at the first and at the second key: nothing of the batch lands', async () => {
    const { environment, prefix } = world();
    const connection = await connect(createLocalStorageEngine(environment, prefix));
    await connection.write(['head'], async (writer) => writer.put('head', 'head', bytes('1'))).done;
    fillUpTo(1_900);
    const before = dump();
    for (const size of [3_000, 1_200, 900]) {
      const write = connection.write(['log', 'head'], async (writer) => {
        writer.put('head', 'head', bytes('2'));
        writer.add('log', [1, 0], bytes('y'.repeat(size)));
      });
      await expect(write.done).rejects.toMatchObject({ class: 'capacity' });
      expect(dump()).toEqual(before);
    }
    await connection.write(['head'], async (writer) => writer.put('head', 'head', bytes('3'))).done;
    expect(await connection.read(['head'], (reader) => reader.get('head', 'head'))).toEqual(bytes('3'));
  });

  test('[F28] a quota that is smaller than the figures say is met by trying, and by name', async () => {
    const { environment, prefix } = world();
    // The figures count what this storage lists: hiding the legacy key makes them wrong.
    const partial = new Proxy(localStorage, {
      get(target, name) {
        if (name === 'length') return target.length - 1;
        if (name === 'key') {
          return (at: number) => Object.keys(target).filter((each) => each !== 'legacy')[at] ?? null;
        }
        const member: unknown = Reflect.get(target, name, target);
        return typeof member === 'function' ? member.bind(target) : member;
      },
    });
    const connection = await connect(
      createLocalStorageEngine({ ...environment, localStorage: () => partial }, prefix),
    );
    fillUpTo(1_900);
    const before = dump();
    const write = connection.write(['log'], async (writer) =>
      writer.add('log', [1, 0], bytes('y'.repeat(3_000))),
    );
    await expect(write.done).rejects.toMatchObject({ class: 'capacity', platformName: 'QuotaExceededError' });
    expect(dump()).toEqual(before);
  });

  test('the journal knows by real locks which tabs are gone', async () => {
    const { environment, prefix } = world();
    const [living, own] = [
      createJournal(environment, 'living', prefix),
      createJournal(environment, 'own', prefix),
    ];
    await living.hold();
    living.write({ commitId: 'c-1', payload: 'p' });
    createJournal(environment, 'gone', prefix).write({ commitId: 'c-2', payload: 'lone \uD800' });
    expect(await own.freeSlots()).toMatchObject([{ tab: 'gone', commitId: 'c-2', payload: 'lone \uD800' }]);
  });

  test('the witness survives in real storage, and what others put there is unreadable', () => {
    const { environment, prefix } = world();
    const witness = { vault: 'v', seq: 2, seal: '0'.repeat(64), count: { settings: 1 } };
    writeWitness(environment, witness, prefix);
    expect(readWitness(environment, prefix)).toEqual({ kind: 'witness', witness });
    localStorage.setItem(`${prefix}:witness`, 'undefined');
    expect(readWitness(environment, prefix)).toEqual({ kind: 'unreadable' });
  });

  test('space and persistence are answered without waiting for anyone', async () => {
    const environment = { ...testEnvironment(), storageManager: navigator.storage };
    expect((await estimateSpace(environment)).kind).toMatch(/estimated|unknown/);
    expect(await askToPersist(environment)).toMatch(/kept|evictable|unknown/);
  });
});
