import { afterAll, describe, expect, test } from 'vitest';
import type { Connection } from '../../src/engines/contract.ts';
import { StorageError } from '../../src/engines/errors.ts';
import { createIndexedDbEngine } from '../../src/engines/indexeddb.ts';
import { createOwner } from '../../src/engines/owner.ts';
import { witnessKey } from '../../src/engines/witness.ts';
import { toBytes } from '../../src/vault/bytes.ts';
import { classifyRecord, classifySeedRecord } from '../../src/vault/classify.ts';
import { sealCommit } from '../../src/vault/commit.ts';
import { headText } from '../../src/vault/head.ts';
import { makeBody } from '../../src/vault/layout.ts';
import { digestWith } from '../../src/vault/sha256.ts';
import type { RecordClass } from '../../src/vault/types.ts';
import { keepWitness } from '../../src/vault/witness.ts';
import { reportRun } from '../corpus/location.ts';
import { testEnvironment } from '../support/environment.ts';
import {
  cases,
  classesIn,
  enginesOf,
  expectedClasses,
  type Fault,
  isLibrary,
  lineOf,
  type Made,
  materialise,
  own,
  ownSound,
  parsed,
  rules,
  type StoredCase,
} from './stored.ts';
import { type EngineName, firstRun, makeWorld, NAME, plan, tabOver, type World } from './world.ts';

const pristine = () => valueIn(materialise({ mutations: [] }));
const library = { version: 1, isSound: isLibrary };
const digest = digestWith(undefined);
const ran: string[] = [];
afterAll(() => {
  reportRun('stored, seed format and own', ran.length, []);
  if (cases.length > 0) expect(ran.length).toBe(2 * runs.length);
});

const backends = ({ backend }: StoredCase) =>
  backend === 'both' ? ['indexeddb', 'localstorage'] : [backend];
const runs = cases.flatMap((one) =>
  backends(one).map((backend) => [`${one.id} ${one.name}`, backend, one] as const),
);

/** localStorage keeps texts; in IndexedDB a text is a value of the wrong kind. */
const valueIn = (made: Made, backend = 'indexeddb'): unknown => {
  if ('text' in made) return backend === 'localstorage' ? parsed(made.text) : made.text;
  return 'value' in made ? made.value : undefined;
};

const expectClass = (one: StoredCase, found: string, isOwn: boolean) => {
  expect(expectedClasses(one, isOwn), `${one.id}: ${one.why}`).toContain(found);
};

describe.runIf(cases.length > 0)('the classifier on the value itself', () => {
  describe.each(runs)('%s (%s)', (_, backend, one) => {
    test('[I3] [X09] [X14] seed format', async () => {
      const made: Made = materialise(one);
      const found = 'fault' in made ? await classOfFault(made.fault) : seedClass(made, one, backend);
      // What a fault left alone is the seed's pristine record.
      expectClass(one, found === 'ok' ? classifySeedRecord(pristine(), library) : found, false);
      ran.push(`${one.id} ${backend} seed`);
    });

    test('[I3] [X14] own format', async () => {
      const made: Made = materialise(one, own);
      expectClass(one, 'fault' in made ? await classOfFault(made.fault) : ownClass(made, one, backend), true);
      ran.push(`${one.id} ${backend} own`);
    });
  });
});

const witnessed = (found: RecordClass, one: StoredCase) =>
  found === 'missing' && one.witness ? 'vanished' : found;
const seedClass = (made: Made, one: StoredCase, backend: string) =>
  witnessed(classifySeedRecord(valueIn(made, backend), library), one);
const ownClass = (made: Made, one: StoredCase, backend: string) =>
  witnessed(classifyRecord(valueIn(made, backend), rules), one);

describe.runIf(cases.length > 0)('in place', () => {
  const each = cases.flatMap((one) => {
    const made = materialise(one, own);
    // Faults are no values: the classifier above meets them. Texts take the place of a whole value, which any other does too.
    if ('fault' in made || 'text' in made) return [];
    return enginesOf(one).map((engine) => [`${one.id} ${one.name}`, engine, made] as const);
  });

  test.each(each)('[I3] %s on %s is reported, never handed up', async (_, engine, made) => {
    const world = await worldWith(engine);
    const value = valueIn(made);
    if (value === undefined) {
      await world.putRaw('log', [1, 0], undefined);
      expect(await world.load()).toMatchObject({ kind: 'damaged', state: null, readable: [] });
      return;
    }
    const line = lineOf(value);
    if (line === undefined) {
      // An engine may refuse what it cannot clone: nothing damaged is stored then.
      if (!(await world.putRaw('log', [1, 0], value))) return;
      const verdict = await world.load();
      expect(classesIn(verdict)).toContain('corrupt:shape');
      expect(verdict).toMatchObject({ readable: [] });
      return;
    }
    const found = classifyRecord(value, rules);
    // Written so by somebody whose page and seal hold: the record itself is judged.
    await putCommit(world.connection, line);
    const sealed = await world.load(true);
    if (found === 'ok') expect(sealed.kind).toBe('intact');
    else expect(classesIn(sealed)).toContain(found);
    // Changed in the stored page: also what the record alone cannot show (`rev`, an older one put back) is reported.
    await putLine(world.connection, line);
    const changed = await world.load();
    if (line === lineOf(ownSound())) expect(changed.kind).toBe('intact');
    else expect(changed.kind).not.toBe('intact');
    if (found !== 'ok') expect(changed).toMatchObject({ readable: [] });
  });
});

/** One commit with one sound record. */
async function worldWith(engine: EngineName): Promise<World> {
  const world = await makeWorld(engine, { rules });
  const { data, createdAt, updatedAt } = ownSound();
  const created = { store: 'library', id: 'library', data, baseRev: 0, createdAt, updatedAt };
  await firstRun(world).append(plan([created])).outcome;
  world.environment.origin.localStorage.removeItem(witnessKey(NAME));
  return world;
}

async function putLine(connection: Connection, line: string): Promise<void> {
  const world = await worldWith('memory');
  const page = (await world.connection.read(['log'], (reader) => reader.get('log', [1, 0]))) as Uint8Array;
  const header = page.slice(0, page.indexOf(0x0a) + 1);
  const head = (await world.connection.read(['head'], (reader) => reader.get('head', 'head'))) as Uint8Array;
  await connection.write(['log', 'head'], async (writer) => {
    writer.put('log', [1, 0], new Uint8Array([...header, ...toBytes(line)]));
    writer.put('head', 'head', head);
  }).done;
}

async function putCommit(connection: Connection, line: string): Promise<void> {
  const claimed = /"checksum":"([0-9a-f]{64})"/.exec(line)?.[1] ?? '0'.repeat(64);
  const { header, pages } = sealCommit(
    {
      at: '2026-03-01T09:30:00.000Z',
      by: 'd',
      count: { library: 1 },
      format: 1,
      id: 'c-1',
      kind: 'save',
      label: '',
      prev: null,
      seq: 1,
      state: claimed,
      undoes: null,
      vault: 'v',
      versions: { library: 1 },
    },
    await makeBody([line.slice(0, -1)], digest),
  );
  await connection.write(['log', 'head'], async (writer) => {
    for (const [page, bytes] of pages.entries()) writer.put('log', [1, page], bytes);
    writer.put('head', 'head', toBytes(headText(header)));
  }).done;
}

/** What a load finds when the engine itself fails, on a real engine over fake IndexedDB. */
async function classOfFault({ on, error, hang, event }: Fault): Promise<string> {
  if (on === 'open' && error) {
    const failing = testEnvironment();
    const denied = { open: () => reject(error), databases: async () => [] } as unknown as IDBFactory;
    const opening = await createIndexedDbEngine({ ...failing, indexedDB: () => denied }).open();
    return opening.kind === 'broken' ? 'unreadable' : opening.kind;
  }
  const world = await worldWith('indexeddb');
  const owner = createOwner(createIndexedDbEngine(world.environment), world.environment);
  const opening = await owner.open();
  if (opening.kind !== 'open') return opening.kind;
  const { connection } = opening;
  const tab = (over: Connection) => tabOver(over, world.environment, rules);
  if (event === 'close') {
    owner.close();
    const verdict = await tab(connection).load();
    return verdict.kind === 'intact' ? 'ok' : verdict.kind;
  }
  if (event === 'versionchange') {
    const lost = new Promise<string>((resolve) => connection.onLost(resolve));
    const raised = world.environment.origin.indexedDB.open(NAME, 99);
    world.connection.close();
    const why = await lost;
    await new Promise((resolve) => raised.addEventListener('success', resolve));
    raised.result.close();
    return why === 'superseded' && (await owner.open()).kind === 'newer' ? 'newer-version' : why;
  }
  if (event?.startsWith('upgradeneeded')) {
    const fresh = await makeWorld('indexeddb', { rules });
    keepWitness(fresh.environment, NAME, (await world.open()).state());
    const verdict = await fresh.load();
    return classesIn(verdict).includes('foreign') ? 'vanished' : verdict.kind;
  }
  const unreadable = new StorageError('corrupt', 'unreadable', { platformName: error ?? 'none' });
  const failing: Connection = {
    ...connection,
    read: (kinds, body) =>
      hang
        ? new Promise(() => {})
        : connection.read(kinds, (reader) =>
            body({
              ...reader,
              entries: async (kind, range) =>
                (await reader.entries(kind, range)).map(({ key }) => ({ key, error: unreadable })),
            }),
          ),
  };
  const silence = new Promise<'unreadable'>((resolve) => setTimeout(resolve, 50, 'unreadable'));
  const load = tab(failing)
    .load()
    .then((verdict) => classesIn(verdict)[0] ?? 'none');
  return Promise.race([load, silence]);
}

function reject(name: string): never {
  throw new DOMException('fault', name);
}
