import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import type { Connection } from '../../src/engines/contract.ts';
import { StorageError } from '../../src/engines/errors.ts';
import { createIndexedDbEngine } from '../../src/engines/indexeddb.ts';
import { createOwner } from '../../src/engines/owner.ts';
import { toBytes } from '../../src/vault/bytes.ts';
import { canonical } from '../../src/vault/canonical.ts';
import { classifyRecord, classifySeedRecord } from '../../src/vault/classify.ts';
import { sealCommit } from '../../src/vault/commit.ts';
import type { Verdict } from '../../src/vault/contract.ts';
import { recordChecksum } from '../../src/vault/envelope.ts';
import { headText } from '../../src/vault/head.ts';
import { makeBody } from '../../src/vault/layout.ts';
import type { Rules } from '../../src/vault/rules.ts';
import { digestWith } from '../../src/vault/sha256.ts';
import type { Envelope, Json, RecordClass } from '../../src/vault/types.ts';
import { keepWitness } from '../../src/vault/witness.ts';
import { corpusFolder, readCorpusJson, reportRun } from '../corpus/location.ts';
import { testEnvironment } from '../support/environment.ts';
import {
  change,
  ENGINES,
  type EngineName,
  firstRun,
  makeWorld,
  NAME,
  plan,
  rawDump,
  tabOver,
  vaultFrom,
  type World,
} from './world.ts';

interface StoredCase {
  id: string;
  name: string;
  backend: 'both' | 'indexeddb' | 'localstorage';
  expect: RecordClass;
  expectInOwnFormat?: RecordClass;
  alsoAcceptable?: RecordClass[];
  why: string;
  witness?: boolean;
}
type Made = { value: unknown } | { text: string } | { absent: true } | { fault: Fault };
type Fault = { on: string; error?: string; hang?: boolean; event?: string };

const index = readCorpusJson('stored.json') as { cases: StoredCase[] } | undefined;
const cases = index?.cases ?? [];
const { materialise, template } = index
  ? await import(/* @vite-ignore */ pathToFileURL(join(corpusFolder, 'stored.mjs')).href)
  : { materialise: undefined, template: undefined };

const isText = (value: unknown) => typeof value === 'string';
const isTemplate = (value: unknown) => {
  const { id, name, description, messageType, content, createdAt } = (value ?? {}) as {
    [member: string]: unknown;
  };
  return [id, name, description, messageType, content].every(isText) && typeof createdAt === 'number';
};
const isLibrary = (data: unknown) => Array.isArray(data) && data.every(isTemplate);
const rules: Rules = new Map([['library', { version: 1, isSound: isLibrary }]]);
const library = { version: 1, isSound: isLibrary };

const own = {
  base: (data: Json = [1, 2, 3].map(template)): Envelope => {
    const content = {
      store: 'library',
      id: 'library',
      data,
      createdAt: '2026-01-02T03:04:05.678Z',
      updatedAt: '2026-02-03T04:05:06.789Z',
      version: 1,
    };
    return { ...content, checksum: recordChecksum(content), rev: 1 };
  },
  checksum: (record: Envelope) => recordChecksum(record),
};

const pristine = () => valueIn(materialise({ mutations: [] }));

const digest = digestWith(undefined);
const ran: string[] = [];
afterAll(() => reportRun('stored', ran.length, []));

const backends = ({ backend }: StoredCase) =>
  backend === 'both' ? ['indexeddb', 'localstorage'] : [backend];
const runs = cases.flatMap((one) =>
  backends(one).map((backend) => [`${one.id} ${one.name}`, backend, one] as const),
);

/** A text that is no JSON is a record of the wrong shape, not an absent one. */
const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
};
/** localStorage keeps texts; in IndexedDB a text is a value of the wrong kind. */
const valueIn = (made: Made, backend = 'indexeddb'): unknown => {
  if ('text' in made) return backend === 'localstorage' ? parsed(made.text) : made.text;
  return 'value' in made ? made.value : undefined;
};

const expectClass = (one: StoredCase, found: string, isOwn: boolean) => {
  const expected = (isOwn && one.expectInOwnFormat) || one.expect;
  expect([expected, ...(one.alsoAcceptable ?? [])], `${one.id}: ${one.why}`).toContain(found);
};

test.skipIf(cases.length > 0)('this corpus has no stored records', () => {
  expect(index).toBeUndefined();
});

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
  const inPlace = cases.filter(({ backend }) => backend !== 'localstorage');
  const each = ENGINES.flatMap((engine) =>
    inPlace.map((one) => [`${one.id} ${one.name}`, engine, one] as const),
  );

  test.each(each)('[I3] [I4] %s on %s is reported, never handed up', async (_, engine, one) => {
    const made: Made = materialise(one, own);
    if ('fault' in made) return;
    const world = await worldWith(engine);
    const value = valueIn(made);
    if (value === undefined) {
      await world.connection.write(['log'], async (writer) => writer.delete('log', [1, 0])).done;
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
    if (line === lineOf(own.base())) expect(changed.kind).toBe('intact');
    else expect(changed.kind).not.toBe('intact');
    if (found !== 'ok') expect(changed).toMatchObject({ readable: [] });
  });
});

describe.runIf(cases.length > 0)('whatever is done after damage was found', () => {
  const kinds = ['save', 'delete', 'clear', 'import', 'restore', 'migrate', 'undo'] as const;
  const inPlace = cases.filter(({ backend }) => backend !== 'localstorage');

  test.each(inPlace.map((one) => [`${one.id} ${one.name}`, one] as const))(
    '[I4] %s: the stored bytes stay',
    async (_, one) => {
      const made: Made = materialise(one, own);
      const value = 'fault' in made ? undefined : valueIn(made);
      const line = lineOf(value);
      if (value === undefined) return;
      for (const kind of kinds) {
        const world = await worldWith('memory');
        if (line === undefined) await world.putRaw('log', [1, 0], value);
        else await putLine(world.connection, line);
        const verdict = await world.load();
        // Nothing can be written where there is no verified state to write from.
        if (verdict.kind !== 'damaged') continue;
        const before = await rawDump(world.connection);
        const vault = vaultFrom(world, verdict.state ?? verdict.base);
        const edit = change(vault, 'library', 'library', [template(9)]);
        const outcome = await vault.append(plan([edit], { kind, agreed: true })).outcome;
        expect(outcome.kind).toBe('committed');
        const after = await rawDump(world.connection);
        for (const [key, bytes] of before)
          if (!key.startsWith('["head"')) expect(after.get(key)).toEqual(bytes);
        expect((await world.load()).kind).not.toBe('newer');
      }
    },
  );
});

/** `undefined` for what no JSON can hold. */
function lineOf(value: unknown): string | undefined {
  try {
    return `{"after":${canonical(value)},"before":null}\n`;
  } catch {
    return undefined;
  }
}

/** One commit with one sound record. */
async function worldWith(engine: EngineName): Promise<World> {
  const world = await makeWorld(engine, { rules });
  const { data, createdAt, updatedAt } = own.base();
  const created = { store: 'library', id: 'library', data, baseRev: 0, createdAt, updatedAt };
  await firstRun(world).append(plan([created])).outcome;
  world.environment.origin.localStorage.clear();
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

function classesIn(verdict: Verdict): string[] {
  if (verdict.kind === 'newer') return ['newer-version'];
  return verdict.kind === 'damaged' ? verdict.damage.map(({ class: found }) => found) : ['ok'];
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
