import { describe, expect, test, vi } from 'vitest';
import type { Connection, Lost } from '../../src/engines/contract.ts';
import { frame } from '../../src/engines/frame.ts';
import { createLocalStorageEngine } from '../../src/engines/localstorage.ts';
import { testEnvironment, testOrigin } from '../support/environment.ts';
import { MemoryStorage } from '../support/storage.ts';
import { connect, testEngineContract } from './contract-suite.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 10));

testEngineContract({ name: 'localstorage', durability: 'eventual', commitsEarly: false }, () => {
  const origin = testOrigin();
  let tabs = 0;
  return {
    engine() {
      tabs += 1;
      return createLocalStorageEngine(testEnvironment({ origin, tab: `tab-${tabs}` }));
    },
    async plant(kind, key, value) {
      origin.localStorage.setItem(`hl7-workbench:${kind}:${JSON.stringify(key)}`, String(value));
    },
  };
});

/** A Storage that fails, lies or stops where a test says. `calls` counts its writes. */
class FaultyStorage extends MemoryStorage {
  readonly limit: { quota: number };
  calls = 0;
  onWrite: (call: number, key: string) => void = () => {};

  constructor(limit = { quota: 5 * 1024 * 1024 }) {
    super(limit);
    this.limit = limit;
  }

  override setItem(key: string, value: string): void {
    this.calls += 1;
    this.onWrite(this.calls, key);
    super.setItem(key, value);
  }

  override removeItem(key: string): void {
    this.calls += 1;
    this.onWrite(this.calls, key);
    super.removeItem(key);
  }
}

async function world() {
  const storage = new FaultyStorage();
  const origin = testOrigin({ localStorage: storage });
  const engine = (tab: string) => createLocalStorageEngine(testEnvironment({ origin, tab }));
  const connection = await connect(engine('a'));
  await connection.write(['log', 'head'], async (writer) => {
    writer.add('log', [1, 0], bytes('first commit'));
    writer.put('head', 'head', bytes('1'));
  }).done;
  storage.calls = 0;
  return { storage, origin, engine, connection };
}

const second = (connection: Connection, text = 'second commit') =>
  connection.write(['log', 'head', 'marks'], async (writer) => {
    writer.add('log', [2, 0], bytes(text));
    writer.put('head', 'head', bytes('2'));
    writer.put('marks', 'm', bytes('x'));
    writer.delete('marks', 'old');
  });

const values = (storage: MemoryStorage) =>
  storage
    .dump()
    .filter(([name]) => !/:(slot|reserve)/.test(name))
    .sort();
const heads = (connection: Connection) =>
  connection.read(['head', 'log'], async (reader) => [
    new TextDecoder().decode((await reader.get('head', 'head')) as Uint8Array),
    (await reader.keys('log')).length,
  ]);

/** Stands for the end of the process: it is thrown at a call and nothing runs after it. */
class Crash extends Error {}

describe('a crash in the middle of a batch', () => {
  test('[F32] at every single call: the next tab finds all of the batch or nothing of it', async () => {
    const found: string[] = [];
    for (let at = 1; ; at += 1) {
      const { storage, engine, connection } = await world();
      let isDead = false;
      storage.onWrite = (call) => {
        if (call === at) isDead = true;
        if (isDead) throw new Crash();
      };
      second(connection).done.catch(() => {});
      await settle();
      if (!isDead) break;
      storage.onWrite = () => {};
      const state = await heads(await connect(engine('b')));
      expect([at, state]).toEqual([at, state[0] === '1' ? ['1', 1] : ['2', 2]]);
      expect(storage.dump().filter(([name]) => /:(slot|reserve)/.test(name))).toEqual([]);
      found.push(String(state[0]));
    }
    // The reserve (set, removed), then the slot: from then on the batch lands. Applying four changes, clearing the slot.
    expect(found).toEqual(['1', '1', '1', '1', '2', '2', '2', '2', '2']);
  });

  test('a tab that lives sees no half batch of one that crashed', async () => {
    const { storage, engine, connection } = await world();
    const living = await connect(engine('b'));
    let isDead = false;
    storage.onWrite = (_, key) => {
      if (key.includes(':head:')) isDead = true;
      if (isDead) throw new Crash();
    };
    second(connection).done.catch(() => {});
    await settle();
    storage.onWrite = () => {};
    expect(await heads(living)).toEqual(['2', 2]);
  });

  test('a torn slot is set aside byte for byte, once, and what was before stands', async () => {
    const { storage, engine } = await world();
    const torn = frame('[["hl7-workbench:head:\\"head\\"",1]]\n9').slice(0, -1);
    storage.setItem('hl7-workbench:slot:1', torn);
    const connection = await connect(engine('b'));
    expect(await heads(connection)).toEqual(['1', 1]);
    const entries = await connection.read(['quarantine'], (reader) => reader.entries('quarantine'));
    expect(entries).toHaveLength(1);
    const kept: unknown = JSON.parse(new TextDecoder().decode((entries[0] as { value: Uint8Array }).value));
    expect(kept).toEqual({
      at: '2026-03-01T09:00:00.000Z',
      bytes: btoa(torn),
      id: entries[0]?.key,
      where: 'localStorage hl7-workbench:slot:1',
      why: 'torn',
    });
    expect(storage.getItem('hl7-workbench:slot:1')).toBeNull();
    storage.setItem('hl7-workbench:slot:0', torn);
    await connect(engine('c'));
    expect(await connection.read(['quarantine'], (reader) => reader.keys('quarantine'))).toHaveLength(1);
  });

  test('a torn slot that no bytes of ours gave is kept as its code units', async () => {
    const { storage, engine } = await world();
    const torn = 'foreign \uD800\u{1F600}';
    storage.setItem('hl7-workbench:slot:0', torn);
    const connection = await connect(engine('b'));
    const [entry] = await connection.read(['quarantine'], (reader) => reader.entries('quarantine'));
    const kept = JSON.parse(new TextDecoder().decode((entry as { value: Uint8Array }).value)) as Record<
      string,
      string
    >;
    expect(kept.where).toBe('localStorage hl7-workbench:slot:0, UTF-16LE');
    expect(Buffer.from(String(kept.bytes), 'base64').toString('utf16le')).toBe(torn);
  });

  test('without room for a torn slot it stays where it is, and writing goes on through the other', async () => {
    const { storage, engine } = await world();
    storage.setItem('hl7-workbench:slot:0', 'torn');
    storage.onWrite = (_, key) => {
      if (key.includes(':quarantine:')) throw new DOMException('', 'QuotaExceededError');
    };
    const connection = await connect(engine('b'));
    await second(connection).done;
    expect(await heads(connection)).toEqual(['2', 2]);
    expect(storage.getItem('hl7-workbench:slot:0')).toBe('torn');
    storage.setItem('hl7-workbench:slot:1', 'torn too');
    const third = connection.write(['head'], async (writer) => writer.put('head', 'head', bytes('3')));
    await expect(third.done).rejects.toMatchObject({ class: 'capacity' });
    expect(await heads(connection)).toEqual(['2', 2]);
  });

  test('a sound slot that cannot be completed is not written over', async () => {
    const { storage, engine, connection } = await world();
    const head = 'hl7-workbench:head:"head"';
    storage.setItem('hl7-workbench:slot:0', frame(`${JSON.stringify([[head, 2]])}\n22`));
    storage.onWrite = (_, key) => {
      if (key === head) throw new DOMException('', 'QuotaExceededError');
    };
    expect(await engine('b').open()).toMatchObject({ kind: 'broken', error: { class: 'capacity' } });
    await expect(second(connection).done).rejects.toMatchObject({ class: 'capacity' });
    storage.onWrite = () => {};
    await second(connection).done;
    expect(await heads(connection)).toEqual(['2', 2]);
  });
});

describe('a full storage', () => {
  test('[F28] what does not fit by the figures is refused before anything is written', async () => {
    const { storage, connection } = await world();
    storage.limit.quota = Number.POSITIVE_INFINITY;
    const before = storage.dump();
    storage.calls = 0;
    const write = second(connection, 'x'.repeat(3 * 1024 * 1024));
    await expect(write.done).rejects.toMatchObject({ class: 'capacity' });
    expect(storage.dump()).toEqual(before);
    expect(await write.abort()).toBe('aborted');
    await second(connection, 'x'.repeat(2 * 1024 * 1024)).done;
    expect(await heads(connection)).toEqual(['2', 2]);
  });

  test('[F28] what does not fit in truth is refused as well: others share the origin', async () => {
    const { storage, connection } = await world();
    storage.limit.quota = 1_000;
    const before = storage.dump();
    await expect(second(connection, 'x'.repeat(500)).done).rejects.toMatchObject({
      class: 'capacity',
      platformName: 'QuotaExceededError',
    });
    expect(storage.dump()).toEqual(before);
    await second(connection, 'x'.repeat(100)).done;
  });

  test('quota at every single write: nothing of the batch lands, and the old values stand', async () => {
    const refused: string[] = [];
    for (let at = 1; ; at += 1) {
      const { storage, connection } = await world();
      const before = storage.dump();
      let sets = 0;
      const set = storage.setItem.bind(storage);
      storage.setItem = (key, value) => {
        sets += 1;
        if (sets !== at) return set(key, value);
        refused.push(key.replace('hl7-workbench:', ''));
        throw new DOMException('', 'QuotaExceededError');
      };
      const write = second(connection);
      const error: unknown = await write.done.catch((reason: unknown) => reason);
      if (refused.length < at) break;
      expect([at, error]).toMatchObject([at, { class: 'capacity', isUncertain: false }]);
      expect([at, storage.dump().sort()]).toEqual([at, before.sort()]);
      expect(await write.abort()).toBe('aborted');
    }
    expect(refused).toEqual(['reserve', 'slot:0', 'log:[2,0]', 'head:"head"', 'marks:"m"']);
  });

  test('[F28] quota at the second key, with deletions before it: all is taken back', async () => {
    const { storage, connection } = await world();
    const before = storage.dump().sort();
    const set = storage.setItem.bind(storage);
    storage.setItem = (key, value) => {
      if (key.includes(':marks:')) throw new DOMException('', 'QuotaExceededError');
      set(key, value);
    };
    const write = connection.write(['log', 'head', 'marks'], async (writer) => {
      writer.delete('log', [1, 0]);
      writer.put('head', 'head', bytes('2'));
      writer.put('marks', 'm', bytes('x'));
    });
    await expect(write.done).rejects.toMatchObject({ class: 'capacity' });
    expect(storage.dump().sort()).toEqual(before);
  });

  test('a slot that cannot be cleared is no failure: the batch has landed, and landing twice changes nothing', async () => {
    const { storage, engine, connection } = await world();
    const remove = storage.removeItem.bind(storage);
    storage.removeItem = (key) => {
      if (key.includes(':slot:')) throw new DOMException('', 'UnknownError');
      remove(key);
    };
    const write = second(connection);
    await write.done;
    expect(await write.abort()).toBe('landed');
    storage.removeItem = remove;
    expect(await heads(await connect(engine('b')))).toEqual(['2', 2]);
    expect(storage.getItem('hl7-workbench:slot:0')).toBeNull();
  });

  test('a frame of something else is set aside, not applied', async () => {
    const { storage, engine } = await world();
    storage.setItem('hl7-workbench:slot:0', frame('not a batch'));
    const connection = await connect(engine('b'));
    expect(await heads(connection)).toEqual(['1', 1]);
    expect(await connection.read(['quarantine'], (reader) => reader.keys('quarantine'))).toHaveLength(1);
  });

  test('[F28] a storage that keeps quiet and keeps something else is found out by reading back', async () => {
    const { storage, connection } = await world();
    const before = values(storage);
    const set = storage.setItem.bind(storage);
    storage.setItem = (key, value) => set(key, key.includes(':log:') ? value.slice(1) : value);
    await expect(second(connection).done).rejects.toMatchObject({ class: 'capacity' });
    expect(values(storage)).toEqual(before);
  });

  test('neither applied nor taken back: it is said to be uncertain, no proof is made up, and the next one completes it', async () => {
    const { storage, engine, connection } = await world();
    await connection.write(['marks'], async (writer) => writer.put('marks', 'm', bytes('old'))).done;
    storage.onWrite = (_, key) => {
      if (key.includes(':marks:')) throw new DOMException('', 'QuotaExceededError');
    };
    const write = second(connection);
    await expect(write.done).rejects.toMatchObject({ class: 'connection', isUncertain: true });
    const proof = vi.fn();
    void write.abort().then(proof);
    await settle();
    expect(proof).not.toHaveBeenCalled();
    storage.onWrite = () => {};
    expect(await heads(await connect(engine('b')))).toEqual(['2', 2]);
  });
});

describe('opening', () => {
  test('[F58] without Web Locks it is not offered', async () => {
    const environment = testEnvironment({ without: ['locks'] });
    expect(await createLocalStorageEngine(environment).open()).toMatchObject({ kind: 'denied' });
    expect(environment.origin.localStorage.length).toBe(0);
  });

  test('[F29] a storage that is not there, or throws when touched, is denied', async () => {
    const environment = testEnvironment();
    const open = (localStorage: () => Storage | undefined) =>
      createLocalStorageEngine({ ...environment, localStorage }).open();
    const insecure = () => {
      throw new DOMException('', 'SecurityError');
    };
    expect(await open(insecure)).toMatchObject({ kind: 'denied', error: { platformName: 'SecurityError' } });
    expect(await open(() => undefined)).toMatchObject({ kind: 'denied' });
    expect(await open(() => null as unknown as Storage)).toMatchObject({ kind: 'denied' });
    const storage = new FaultyStorage();
    storage.onWrite = insecure;
    expect(await open(() => storage)).toMatchObject({ kind: 'denied' });
    storage.onWrite = () => {
      throw undefined;
    };
    expect(await open(() => storage)).toMatchObject({ kind: 'denied' });
    storage.onWrite = () => {};
    storage.limit.quota = 5;
    expect(await open(() => storage)).toMatchObject({ kind: 'broken', error: { class: 'capacity' } });
  });

  test('a newer structure is newer, a damaged marker is damage, and both stay as they are', async () => {
    for (const [marker, expected] of [
      ['2', { kind: 'newer' }],
      ['one', { kind: 'broken', error: { class: 'corrupt' } }],
      ['', { kind: 'broken', error: { class: 'corrupt' } }],
    ] as const) {
      const environment = testEnvironment();
      environment.origin.localStorage.setItem('hl7-workbench:format', marker);
      expect(await createLocalStorageEngine(environment).open()).toMatchObject(expected);
      expect(environment.origin.localStorage.length).toBe(1);
    }
  });

  test('created says whether anything of ours was there, marker or not; the witness does not count', async () => {
    const { storage, engine } = await world();
    storage.removeItem('hl7-workbench:format');
    expect(await engine('b').open()).toMatchObject({ kind: 'open', created: false });
    const fresh = testEnvironment();
    fresh.origin.localStorage.setItem('hl7-workbench:witness', '{}');
    expect(await createLocalStorageEngine(fresh).open()).toMatchObject({ kind: 'open', created: true });
  });

  test('a name that is gone before its value is asked for counts as nothing', async () => {
    const { storage, connection } = await world();
    const key = storage.key.bind(storage);
    storage.key = (index) => (index === 0 ? 'a ghost of another app' : key(index));
    await second(connection).done;
    expect((await heads(connection))[0]).toBe('2');
  });

  test('[X20] what older versions kept in localStorage has other names: never read as ours, never touched', async () => {
    const { storage, engine } = await world();
    // The old names, one of them that of the database itself, with what looks like ours in them.
    const legacy = ['hl7-workbench', 'hl7-workbench-templates', 'templates', 'hl7-workbench.log:[1,0]'];
    for (const name of legacy) storage.setItem(name, '[{"id":"legacy"}]');
    const connection = await connect(engine('b'));
    await second(connection).done;
    expect(await heads(connection)).toEqual(['2', 2]);
    for (const name of legacy) expect(storage.getItem(name)).toBe('[{"id":"legacy"}]');
    const fresh = testEnvironment();
    for (const name of legacy) fresh.origin.localStorage.setItem(name, 'x');
    expect(await createLocalStorageEngine(fresh).open()).toMatchObject({ kind: 'open', created: true });
  });

  test('names of others, and of no key of ours, are not read as ours', async () => {
    const { storage, engine } = await world();
    for (const name of [
      'other',
      'hl7-workbench:log:[1]',
      'hl7-workbench:log:{',
      'hl7-workbench:log:["a",1]',
      'hl7-workbench:log:7',
    ]) {
      storage.setItem(name, 'x');
    }
    expect(await heads(await connect(engine('b')))).toEqual(['1', 1]);
  });

  test('[F57] a tab that is frozen with the lock does not hold up the start for ever', async () => {
    const { origin } = await world();
    const frozen = origin.locks.tab('frozen');
    void frozen.request('hl7-workbench', () => new Promise(() => {}));
    const environment = testEnvironment({ origin, tab: 'b' });
    const opening = createLocalStorageEngine(environment).open();
    await settle();
    environment.clock.increment(5_000);
    expect(await opening).toMatchObject({ kind: 'broken', error: { class: 'blocked' } });
  });
});

describe('what happens underneath', () => {
  test('a batch waits for the lock, and giving up while it waits proves that nothing landed', async () => {
    const { origin, connection } = await world();
    let free = () => {};
    void origin.locks.tab('b').request('hl7-workbench', () => {
      return new Promise<void>((resolve) => {
        free = resolve;
      });
    });
    await settle();
    const body = vi.fn();
    const write = connection.write(['head'], async (writer) => {
      body();
      writer.put('head', 'head', bytes('9'));
    });
    await settle();
    expect(body).not.toHaveBeenCalled();
    expect(await write.abort()).toBe('aborted');
    await expect(write.done).rejects.toMatchObject({ class: 'transient' });
    free();
    await settle();
    expect(body).not.toHaveBeenCalled();
    expect(await heads(connection)).toEqual(['1', 1]);
  });

  test.each([
    ['vanished', 'vanished', (storage: Storage) => storage.clear()],
    ['superseded', 'newer', (storage: Storage) => storage.setItem('hl7-workbench:format', '2')],
  ] as const)(
    'a storage that was %s is found at the next use, told once, and never written',
    async (why, errorClass, change) => {
      const { storage, connection } = await world();
      const lost = vi.fn<(why: Lost) => void>();
      connection.onLost(lost);
      connection.onLost(() => lost('closed'))();
      change(storage);
      const before = storage.dump();
      await expect(second(connection).done).rejects.toMatchObject({ class: errorClass });
      await expect(heads(connection)).rejects.toMatchObject({ class: errorClass });
      expect(lost.mock.calls).toEqual([[why]]);
      expect(storage.dump()).toEqual(before);
    },
  );

  test('a lock that is refused is a lost connection; an access that is refused is denied', async () => {
    const { storage, origin } = await world();
    const environment = testEnvironment({ origin, tab: 'b' });
    const locks = origin.locks.tab('b');
    let isRefused = false;
    const request = ((name: string, options: LockOptions, callback: LockGrantedCallback<unknown>) =>
      isRefused
        ? Promise.reject(new DOMException('', 'InvalidStateError'))
        : locks.request(name, options, callback)) as LockManager['request'];
    const connection = await connect(
      createLocalStorageEngine({ ...environment, locks: { ...locks, request } }),
    );
    isRefused = true;
    await expect(heads(connection)).rejects.toMatchObject({ class: 'connection' });
    isRefused = false;
    storage.getItem = () => {
      throw new DOMException('', 'SecurityError');
    };
    await expect(heads(connection)).rejects.toMatchObject({ class: 'denied' });
  });

  test('a read whose body fails on a value is told so, entry by entry', async () => {
    const { storage, connection } = await world();
    const get = storage.getItem.bind(storage);
    storage.getItem = (key) => {
      if (key.includes(':log:')) throw new DOMException('', 'UnknownError');
      return get(key);
    };
    expect(await connection.read(['log'], (reader) => reader.entries('log'))).toMatchObject([
      { key: [1, 0], error: { class: 'denied' } },
    ]);
  });
});
