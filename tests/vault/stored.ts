import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Connection, Entry } from '../../src/engines/contract.ts';
import { StorageError } from '../../src/engines/errors.ts';
import { toBytes } from '../../src/vault/bytes.ts';
import { canonical } from '../../src/vault/canonical.ts';
import type { Verdict } from '../../src/vault/contract.ts';
import { recordChecksum } from '../../src/vault/envelope.ts';
import type { Rules } from '../../src/vault/rules.ts';
import type { Envelope, Json, RecordClass } from '../../src/vault/types.ts';
import { corpusFolder, readCorpusJson } from '../corpus/location.ts';
import { change, ENGINES, type EngineName, firstRun, makeWorld, plan, tabOver, type World } from './world.ts';

/** A case of `stored.json`: a record that is damaged, newer or unreadable where it is stored. */
export interface StoredCase {
  id: string;
  name: string;
  backend: 'both' | 'indexeddb' | 'localstorage';
  expect: RecordClass;
  expectInOwnFormat?: RecordClass;
  alsoAcceptable?: RecordClass[];
  why: string;
  witness?: boolean;
}

export type Fault = { on: string; error?: string; hang?: boolean; event?: string };
export type Made = { value: unknown } | { text: string } | { absent: true } | { fault: Fault };
interface OwnFormat {
  base(data?: Json): Envelope;
  checksum(record: Envelope): string;
}

const index = readCorpusJson('stored.json') as { cases: StoredCase[] } | undefined;
export const cases = index?.cases ?? [];
export const materialise: (one: object, format?: OwnFormat) => Made = index
  ? (await import(/* @vite-ignore */ pathToFileURL(join(corpusFolder, 'stored.mjs')).href)).materialise
  : () => ({ absent: true });

const isText = (value: unknown) => typeof value === 'string';
const isTemplate = (value: unknown) => {
  const { id, name, description, messageType, content, createdAt } = (value ?? {}) as {
    [member: string]: unknown;
  };
  return [id, name, description, messageType, content].every(isText) && typeof createdAt === 'number';
};
export const isLibrary = (data: unknown) => Array.isArray(data) && data.every(isTemplate);
const isNote = (data: unknown) => typeof data === 'object' && data !== null;

/** One document whose schema is a list of templates, and notes beside it. */
export const rulesOfVersion = (version: number): Rules =>
  new Map([
    ['library', { version, isSound: isLibrary, migrate: (data) => data }],
    ['notes', { version, isSound: isNote, migrate: (data) => data }],
  ]);
export const rules = rulesOfVersion(1);

export const template = (n: number) => ({
  id: `t-${n}`,
  name: `Name ${n}`,
  description: '',
  messageType: 'ADT-A04',
  content: `MSH|^~\\&|${n}\r`,
  createdAt: 1_700_000_000_000 + n,
});

export const own: OwnFormat = {
  base(data = [1, 2, 3].map(template)) {
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
  checksum: (record) => recordChecksum(record),
};

/** Whatever the case is about, this is what lies there before. */
export const ownSound = (): Envelope => (materialise({ mutations: [] }, own) as { value: Envelope }).value;

/** A text that is no JSON is a record of the wrong shape, not an absent one. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** Engines on which a case can be met: some values exist only where values are cloned, some texts only among texts. */
export function enginesOf({ backend }: StoredCase): EngineName[] {
  if (backend === 'localstorage') return ['localstorage'];
  return ENGINES.filter((engine) => backend === 'both' || engine !== 'localstorage');
}

export function expectedClasses(one: StoredCase, isOwn: boolean): RecordClass[] {
  return [(isOwn && one.expectInOwnFormat) || one.expect, ...(one.alsoAcceptable ?? [])];
}

export function classesIn(verdict: Verdict): string[] {
  if (verdict.kind === 'newer') return ['newer-version'];
  return 'damage' in verdict ? verdict.damage.map(({ class: found }) => found) : ['ok'];
}

/** The commit that holds the record in question, and nothing else. */
export const PLACE = ['log', [2, 0]] as const;

/** Twenty notes, the library, and an edit: so that one damaged record is little enough to go on without it. */
export async function stocked(engine: EngineName): Promise<World> {
  const world = await makeWorld(engine, { rules });
  const vault = firstRun(world);
  const notes = Array.from({ length: 20 }, (_, i) => change(vault, 'notes', `n${i}`, { text: `note ${i}` }));
  await vault.append(plan(notes, { id: 'c-notes' })).outcome;
  const { data, createdAt, updatedAt } = ownSound();
  await vault.append(
    plan([{ store: 'library', id: 'library', data, baseRev: 0, createdAt, updatedAt }], { id: 'c-library' }),
  ).outcome;
  await vault.append(plan([change(vault, 'notes', 'n0', { text: 'edited' })], { id: 'c-edit' })).outcome;
  return world;
}

/**
 * Puts what a case made where the record lies.
 *
 * @returns the world to go on with; null where this engine refuses to hold such a thing, or the case damages no value
 */
export async function placed(world: World, engine: EngineName, made: Made): Promise<World | null> {
  const [kind, key] = PLACE;
  if ('fault' in made) {
    const { on, error } = made.fault;
    if (on !== 'get' || !error) return null;
    return tabOver(unreadableAt(world.connection, error), world.environment, world.rules);
  }
  const value = await storedValue(world, engine, made);
  return (await world.putRaw(kind, key, value)) ? world : null;
}

async function storedValue(
  world: World,
  engine: EngineName,
  made: Exclude<Made, { fault: Fault }>,
): Promise<unknown> {
  if ('absent' in made) return undefined;
  if ('text' in made) {
    const line = engine === 'localstorage' ? lineOfText(made.text) : undefined;
    return line ? withLine(world, line) : made.text;
  }
  const line = lineOf(made.value);
  return line ? withLine(world, line) : made.value;
}

/** `undefined` for what no line can hold as a record: then it lies where the bytes should be. */
export function lineOf(value: unknown): string | undefined {
  // In a line it says that a record was removed.
  if (value === null) return undefined;
  try {
    return `{"after":${canonical(value)},"before":null}\n`;
  } catch {
    return undefined;
  }
}

function lineOfText(text: string): string | undefined {
  return /^[ -~]*$/.test(text) ? `{"after":${text},"before":null}\n` : undefined;
}

/** The page as it is, with another line below its header. */
async function withLine({ connection }: World, line: string): Promise<Uint8Array> {
  const [kind, key] = PLACE;
  const page = (await connection.read([kind], (reader) => reader.get(kind, key))) as Uint8Array;
  return new Uint8Array([...page.slice(0, page.indexOf(0x0a) + 1), ...toBytes(line)]);
}

/** The value is there, and reading it fails. */
function unreadableAt(connection: Connection, platformName: string): Connection {
  const error = new StorageError('corrupt', 'A value could not be read', { platformName });
  const isIt = (key: unknown) => JSON.stringify(key) === JSON.stringify(PLACE[1]);
  return {
    ...connection,
    read: (kinds, body) =>
      connection.read(kinds, (reader) =>
        body({
          ...reader,
          get: (kind, key) =>
            kind === PLACE[0] && isIt(key) ? Promise.reject(error) : reader.get(kind, key),
          entries: async (kind, range) =>
            (await reader.entries(kind, range)).map(
              (entry): Entry => (kind === PLACE[0] && isIt(entry.key) ? { key: entry.key, error } : entry),
            ),
        }),
      ),
  };
}
