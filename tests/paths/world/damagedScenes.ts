import type { RecoveryFinding } from '../../../machines/recovery.types.ts';
import type { VaultState } from '../../../src/vault/contract.ts';
import type { RawDump } from '../../simulation/world/dump.ts';
import { ParentWorld } from './child.ts';
import { replaced } from './damage.ts';
import { judge } from './judged.ts';
import { dumpAfter, planOf } from './scene.ts';

/** What is stored, what was found, and what a session works on, if anything could be loaded. */
export interface DamagedScene {
  readonly name: string;
  readonly sound: RawDump;
  readonly dump: RawDump;
  readonly finding: RecoveryFinding;
  readonly live: VaultState | null;
}

const NOTES = Array.from({ length: 12 }, (_, n) => `note-${String(n).padStart(2, '0')}`);
const MADE = planOf(
  'made',
  NOTES.map((id) => [id, { text: `text of ${id}` }, 0]),
);
const SECOND = planOf('second', [['note-00', { text: 'edited of note-00' }, 1]]);
/** Edits of some notes; `garbled` damages the first three of them. */
const edits = (names: readonly string[]) =>
  planOf(
    'edits',
    names.map((id) => [id, { text: `edited of ${id}` }, 1]),
  );
const garbled = (dump: RawDump, what = 'edited') =>
  ['01', '02', '03'].reduce(
    (all, note) => replaced(all, `${what} of note-${note}`, `${what} of note-xx`),
    dump,
  );

const threeEdited = await dumpAfter([MADE, SECOND, edits(['note-01', 'note-02', 'note-03'])]);
const moreEdited = await dumpAfter([MADE, SECOND, edits(NOTES.slice(1, 6))]);
const onlyMade = await dumpAfter([MADE]);
const empty: RawDump = { log: [], snapshots: [], head: [], marks: [], quarantine: [] };
const witness = { vault: 'vault-1', seq: 3, count: { notes: 12 } };

async function damagedScene(name: string, sound: RawDump, dump: RawDump): Promise<DamagedScene> {
  const { verdict } = await judge(dump);
  if (verdict.kind !== 'damaged' || verdict.state) throw new Error(`${name} is ${verdict.kind}`);
  const { damage, readable } = verdict;
  return { name, sound, dump, finding: { code: 'damaged', damage, readable: readable.length }, live: null };
}

async function setAsideScene(): Promise<DamagedScene> {
  const dump = replaced(threeEdited, 'edited of note-01', 'edited of note-xx');
  const { verdict } = await judge(dump);
  if (verdict.kind !== 'damaged' || !verdict.state) throw new Error(`set aside is ${verdict.kind}`);
  const finding = { code: 'setAside' as const, damage: verdict.damage, readable: verdict.readable.length };
  return { name: 'set aside', sound: threeEdited, dump, finding, live: verdict.state };
}

async function soundScene(): Promise<DamagedScene> {
  const { verdict } = await judge(threeEdited);
  if (verdict.kind !== 'intact') throw new Error(`sound is ${verdict.kind}`);
  return {
    name: 'sound',
    sound: threeEdited,
    dump: threeEdited,
    finding: { code: 'asked' },
    live: verdict.state,
  };
}

export const damagedScenes = {
  /** Backups hold all that is damaged, and nothing sound came later. */
  damaged: await damagedScene('damaged', threeEdited, garbled(threeEdited)),
  /** Backups are older than some records that are sound. */
  mixed: await damagedScene('mixed', moreEdited, garbled(moreEdited)),
  noBackup: await damagedScene('no backup', onlyMade, garbled(onlyMade, 'text')),
  vanished: {
    name: 'vanished',
    sound: empty,
    dump: empty,
    finding: { code: 'vanished', witness },
    live: null,
  } satisfies DamagedScene as DamagedScene,
  setAside: await setAsideScene(),
  sound: await soundScene(),
};

/** This is stored, and as much of it is loaded as an app would have loaded. */
export async function setScene(world: ParentWorld, { dump, live }: DamagedScene): Promise<void> {
  await world.set(dump);
  if (live) await world.load(live);
}

/** Works in a world of its own that is set so. */
export async function inScene<T>(scene: DamagedScene, work: (world: ParentWorld) => Promise<T>): Promise<T> {
  const world = new ParentWorld();
  try {
    await setScene(world, scene);
    return await work(world);
  } finally {
    await world.close();
  }
}

/** The stored values that damage changed, as base64. */
export function damagedValues({ sound, dump }: DamagedScene): string[] {
  const before = new Set((sound.log ?? []).map(([, value]) => base64Of(value)));
  return (dump.log ?? []).map(([, value]) => base64Of(value)).filter((value) => !before.has(value));
}

function base64Of(value: unknown): string {
  return btoa(Array.from(value as Uint8Array, (byte) => String.fromCharCode(byte)).join(''));
}
