import { expect, test } from 'vitest';
import { askToPersist, estimateSpace, isPersisted } from '../../src/engines/space.ts';
import { testEnvironment } from '../support/environment.ts';

const never = new Promise<never>(() => {});
const world = (storageManager: object | undefined) => ({
  ...testEnvironment(),
  storageManager: storageManager as StorageManager | undefined,
});
const manager = (usage: unknown, quota: unknown) => ({ estimate: async () => ({ usage, quota }) });

test('[F21] an estimate is handed on as an estimate', async () => {
  expect(await estimateSpace(world(manager(4, 100)))).toEqual({
    kind: 'estimated',
    usedBytes: 4,
    quotaBytes: 100,
  });
  expect(await estimateSpace(world(manager(0, 0)))).toEqual({
    kind: 'estimated',
    usedBytes: 0,
    quotaBytes: 0,
  });
});

test.each([
  ['there is none', undefined],
  ['it rejects', { estimate: () => Promise.reject(new TypeError('internal error')) }],
  [
    'it throws',
    {
      estimate: () => {
        throw new TypeError('internal error');
      },
    },
  ],
  ['it has no figures', manager(undefined, undefined)],
  ['half of the figures are missing', manager(1, undefined)],
  ['it says nonsense', manager(-1, Number.NaN)],
])('[F22] unknown is not zero: %s', async (_, storageManager) => {
  expect(await estimateSpace(world(storageManager))).toEqual({ kind: 'unknown' });
});

test('[F22] an estimate that never comes is unknown after two seconds', async () => {
  const environment = world({ estimate: () => never, persisted: () => never });
  const asked = [estimateSpace(environment), isPersisted(environment)];
  environment.clock.increment(2_000);
  expect(await Promise.all(asked)).toEqual([{ kind: 'unknown' }, 'unknown']);
});

test('the answer about persistence is one of three, and not knowing is one of them', async () => {
  const answers = (isKept: boolean) => world({ persist: async () => isKept, persisted: async () => isKept });
  expect([await askToPersist(answers(true)), await isPersisted(answers(true))]).toEqual(['kept', 'kept']);
  expect([await askToPersist(answers(false)), await isPersisted(answers(false))]).toEqual([
    'evictable',
    'evictable',
  ]);
  const refusing = world({
    persist: () => Promise.reject(new TypeError('not here')),
    persisted: () => Promise.reject(new TypeError('not here')),
  });
  for (const environment of [world(undefined), refusing]) {
    expect([await askToPersist(environment), await isPersisted(environment)]).toEqual(['unknown', 'unknown']);
  }
});
