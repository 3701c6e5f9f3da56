import { expect, test, vi } from 'vitest';
import { createChannelHub } from './channel.ts';
import { seededRandom, testEnvironment, testOrigin } from './environment.ts';
import { createLockHub } from './locks.ts';
import { MemoryStorage } from './storage.ts';

const tick = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

function gate() {
  let open = () => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open };
}

test('an exclusive lock is held by one tab at a time, in the order asked', async () => {
  const hub = createLockHub();
  const [first, second] = [hub.tab('a'), hub.tab('b')];
  const order: string[] = [];
  const { passed, open } = gate();
  const a = first.request('x', async () => {
    order.push('a in');
    await passed;
    order.push('a out');
    return 1;
  });
  const b = second.request('x', () => {
    order.push('b');
    return 2;
  });
  await tick();
  expect(order).toEqual(['a in']);
  expect((await first.query()).pending).toMatchObject([{ name: 'x', mode: 'exclusive', clientId: 'b' }]);
  open();
  expect(await Promise.all([a, b])).toEqual([1, 2]);
  expect(order).toEqual(['a in', 'a out', 'b']);
});

test('shared locks go together; an exclusive wish waits for both and holds back later shared ones', async () => {
  const tab = createLockHub().tab('a');
  const { passed, open } = gate();
  const order: string[] = [];
  const shared = { mode: 'shared' } as const;
  const all = [
    tab.request('x', shared, () => passed),
    tab.request('x', shared, () => passed),
    tab.request('x', () => {
      order.push('exclusive');
    }),
    tab.request('x', shared, () => {
      order.push('late shared');
    }),
  ];
  await tick();
  expect((await tab.query()).held).toHaveLength(2);
  open();
  await Promise.all(all);
  expect(order).toEqual(['exclusive', 'late shared']);
});

test('ifAvailable gives null, steal takes, an aborted wish is forgotten, a killed tab frees what it held', async () => {
  const hub = createLockHub();
  const [first, second] = [hub.tab('a'), hub.tab('b')];
  const forever = new Promise<never>(() => {});
  const held = first.request('x', () => forever);
  await tick();
  expect(await second.request('x', { ifAvailable: true }, (lock) => lock)).toBeNull();
  const giveUp = new AbortController();
  const wish = second.request('x', { signal: giveUp.signal }, () => 'never');
  giveUp.abort(new Error('enough'));
  await expect(wish).rejects.toThrow('enough');
  expect(await second.request('x', { steal: true }, (lock) => lock?.name)).toBe('x');
  await expect(held).rejects.toMatchObject({ name: 'AbortError' });
  void first.request('x', () => forever);
  await tick();
  first.kill();
  expect(await second.request('x', () => 'free again')).toBe('free again');
});

test('storage keeps strings, refuses what is beyond its quota, and keeps the old value then', () => {
  const storage = new MemoryStorage({ quota: 10 });
  storage.setItem('a', '12345');
  expect(() => storage.setItem('b', '1234')).toThrowError(
    expect.objectContaining({ name: 'QuotaExceededError' }),
  );
  expect(() => storage.setItem('a', '1234567890')).toThrow();
  expect(storage.dump()).toEqual([['a', '12345']]);
  storage.setItem('a', '123456789');
  expect([storage.length, storage.key(0), storage.getItem('b')]).toEqual([1, 'a', null]);
});

test('a message reaches every other open end of its name, as a copy', async () => {
  const hub = createChannelHub();
  const [one, two, other] = [hub.open('n'), hub.open('n'), hub.open('m')];
  const heard = { one: vi.fn(), two: vi.fn(), other: vi.fn() };
  one.onmessage = heard.one;
  two.addEventListener('message', heard.two);
  other.onmessage = heard.other;
  const sent = { seq: 1 };
  one.postMessage(sent);
  await tick();
  expect(heard.two.mock.calls[0]?.[0].data).toEqual(sent);
  expect(heard.two.mock.calls[0]?.[0].data).not.toBe(sent);
  two.close();
  one.postMessage(sent);
  await tick();
  expect(heard.two).toHaveBeenCalledOnce();
  expect(heard.one).not.toHaveBeenCalled();
  expect(heard.other).not.toHaveBeenCalled();
  expect(hub.count()).toBe(2);
});

test('a test environment is the same for a seed, and tabs of one origin share what a browser shares', () => {
  const origin = testOrigin();
  const [one, two] = [testEnvironment({ origin, tab: 'a' }), testEnvironment({ origin, tab: 'b' })];
  one.localStorage?.()?.setItem('k', 'v');
  expect(two.localStorage?.()?.getItem('k')).toBe('v');
  expect(one.indexedDB?.()).toBe(two.indexedDB?.());
  expect([one.newId(), two.newId()]).toEqual(['a-1-1', 'b-1-1']);
  const [left, right] = [seededRandom(7), seededRandom(7)];
  expect([left(), left(), left()]).toEqual([right(), right(), right()]);
  one.clock.increment(1_500);
  expect(one.now()).toBe(Date.UTC(2026, 2, 1, 9, 0, 1, 500));
});
