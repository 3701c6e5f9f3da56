import { expect, test } from 'vitest';
import { createJournal } from '../../src/engines/journal.ts';
import { testEnvironment, testOrigin } from '../support/environment.ts';
import { MemoryStorage } from '../support/storage.ts';

const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 5));
const edit = { commitId: 'c-1', payload: '{"changes":[{"data":"\uD800 \\r"}]}' };
const key = (tab: string) => `hl7-workbench:journal:${tab}`;

function tabsOf(names: readonly string[], origin = testOrigin()) {
  return names.map((tab) => {
    const environment = testEnvironment({ origin, tab });
    return { origin, environment, journal: createJournal(environment, tab) };
  });
}

test('[F11] [F36] an edit is written at once, without a promise, and is there to the code unit', () => {
  const [one] = tabsOf(['a']);
  one?.origin.localStorage.setItem('of someone else', 'x');
  expect(one?.journal.write(edit)).toBeUndefined();
  expect(one?.journal.slots()).toMatchObject([{ tab: 'a', kind: 'sound', ...edit }]);
  one?.journal.write({ ...edit, payload: 'newer' });
  expect(one?.journal.slots()).toMatchObject([{ payload: 'newer' }]);
});

test('slots of closed tabs are free; those of living ones and our own are not', async () => {
  const origin = testOrigin();
  const [living, closed, own] = tabsOf(['living', 'closed', 'own'], origin);
  await Promise.all([living?.journal.hold(), closed?.journal.hold(), own?.journal.hold()]);
  for (const tab of [living, closed, own]) tab?.journal.write(edit);
  expect(await own?.journal.freeSlots()).toEqual([]);
  closed?.environment.kill();
  await settle();
  expect(await own?.journal.freeSlots()).toMatchObject([{ tab: 'closed', kind: 'sound', commitId: 'c-1' }]);
});

test('without Web Locks all other slots are free: a replay with the same id does no harm', async () => {
  const origin = testOrigin();
  const environment = testEnvironment({ origin, tab: 'a', without: ['locks'] });
  const [other] = tabsOf(['b'], origin);
  other?.journal.write(edit);
  const journal = createJournal(environment, 'a');
  await journal.hold();
  journal.write(edit);
  expect((await journal.freeSlots()).map((slot) => slot.tab)).toEqual(['b']);
});

test('a lock that is refused is said', async () => {
  const environment = testEnvironment();
  const request = () => Promise.reject(new DOMException('', 'InvalidStateError'));
  const locks = { ...environment.locks, request } as unknown as LockManager;
  await expect(createJournal({ ...environment, locks }, 'a').hold()).rejects.toThrow();
});

test('[F32] a torn slot is handed up as found', () => {
  const origin = testOrigin();
  const [one] = tabsOf(['a'], origin);
  one?.journal.write(edit);
  const torn = origin.localStorage.getItem(key('a'))?.slice(0, -3) ?? '';
  origin.localStorage.setItem(key('a'), torn);
  expect(one?.journal.slots()).toEqual([{ tab: 'a', kind: 'torn', text: torn }]);
});

test('only what is meant is dropped', async () => {
  const origin = testOrigin();
  const [one, two] = tabsOf(['a', 'b'], origin);
  one?.journal.drop({ commitId: 'c-1' });
  one?.journal.write({ ...edit, commitId: 'c-2' });
  // The acknowledgement of an older edit leaves the newer one.
  one?.journal.drop({ commitId: 'c-1' });
  expect(one?.journal.slots()).toHaveLength(1);
  // The other tab replays what it saw; meanwhile another edit came.
  const seen = two?.journal.slots()[0];
  one?.journal.write({ ...edit, commitId: 'c-3' });
  if (seen) two?.journal.drop(seen);
  expect(one?.journal.slots()).toMatchObject([{ commitId: 'c-3' }]);
  one?.journal.drop({ commitId: 'c-3' });
  expect(one?.journal.slots()).toEqual([]);
  origin.localStorage.setItem(key('gone'), 'torn');
  two?.journal.drop({ commitId: 'c-1' });
  const torn = two?.journal.slots()[0];
  if (torn) two?.journal.drop(torn);
  expect(origin.localStorage.length).toBe(0);
  origin.localStorage.setItem(key('a'), 'torn');
  one?.journal.drop({ commitId: 'c-1' });
  expect(origin.localStorage.length).toBe(1);
});

test('a full storage is said, and the older edit stays', () => {
  const limit = { quota: 400 };
  const [one] = tabsOf(['a'], testOrigin({ localStorage: new MemoryStorage(limit) }));
  one?.journal.write(edit);
  expect(() => one?.journal.write({ ...edit, payload: 'x'.repeat(400) })).toThrowError(
    expect.objectContaining({ class: 'capacity' }),
  );
  expect(one?.journal.slots()).toMatchObject([edit]);
});
