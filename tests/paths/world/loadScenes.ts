import type { Stored } from '../../../src/vault/contract.ts';
import type { CommitPlan } from '../../../src/vault/types.ts';
import type { RawDump } from '../../simulation/world/dump.ts';
import { rawDump } from '../../simulation/world/dump.ts';
import { replaced } from './damage.ts';
import { type Judged, judge } from './judged.ts';
import { LoadWorld, loadServices, type Press } from './loadWorld.ts';
import { bytesText, dumpAfter, NAME, planOf } from './scene.ts';

/** Enough records that one damaged one is less than a tenth of them. */
const NOTES = Array.from({ length: 12 }, (_, n) => `note-${String(n).padStart(2, '0')}`);
const EDITED = ['note-01', 'note-02', 'note-03'];

/** Two backups hold, and the edits after them are what is damaged. */
function plans(policy?: string): CommitPlan[] {
  const first = planOf(
    'first',
    NOTES.map((id) => [id, { text: `text of ${id}` }, 0]),
  );
  if (policy) first.changes.push({ store: 'drafts', id: 'settings', data: { policy }, baseRev: 0 });
  return [
    first,
    planOf('second', [['note-00', { text: 'edited' }, 1]]),
    planOf(
      'third',
      EDITED.map((id) => [id, { text: `edited of ${id}` }, 1]),
    ),
  ];
}

/** The newest backup before the edits. */
export const POINT = 2;

/** A fourth of the records: too much to go on without a person, and the rest is readable. */
function garbled(dump: RawDump, notes = EDITED): RawDump {
  return notes.reduce((all, id) => replaced(all, `edited of ${id}`, 'edited of note-xx'), dump);
}

const soundDump = await dumpAfter(plans(), 2);
function judged(dump: RawDump): Promise<Judged> {
  const world = new LoadWorld();
  return judge(dump, world, world.loadHands);
}

export const scenes = {
  sound: await judged(soundDump),
  contained: await judged(garbled(soundDump, ['note-01'])),
  damaged: await judged(garbled(soundDump)),
  /** The same, and the person's settings say what to do. */
  recovers: await judged(garbled(await dumpAfter(plans('recover'), 2))),
  clears: await judged(garbled(await dumpAfter(plans('clear'), 2))),
  newer: await judged(await dumpAfter(plans(), 3)),
  outdated: await judged(await dumpAfter(plans(), 1)),
} satisfies Readonly<Record<string, Judged>>;

export type SceneName = keyof typeof scenes;

export const empty: RawDump = { log: [], snapshots: [], head: [], marks: [], quarantine: [] };
export const witness = { vault: 'vault-1', seq: 3, seal: 'f'.repeat(64), count: { notes: 12 } };

/** What a child leaves behind, by the real one, in a world of its own. */
async function after(
  child: 'migration' | 'recovery',
  { dump, input, presses }: { dump: RawDump; input: unknown; presses: readonly Press[] },
): Promise<Judged> {
  const world = new LoadWorld();
  await world.set(dump);
  world.presses = presses;
  await loadServices(world)[child]?.(input as never, new AbortController().signal);
  const left = await rawDump(world.factory, NAME);
  await world.close();
  return judged(left);
}

export const migrated = await after('migration', { dump: scenes.outdated.dump, input: {}, presses: [] });
const finding = { code: 'damaged', damage: [], readable: 9 };
export const recovered = await after('recovery', {
  dump: scenes.damaged.dump,
  input: { finding, policy: 'recover', point: null },
  presses: [],
});

const known = new WeakMap<Stored, SceneName | undefined>();
const texts = Object.entries(scenes).map(
  ([name, { stored }]) => [name as SceneName, storedText(stored)] as const,
);

/** Which scene this is, by its bytes; undefined for none. */
export function sceneOf(stored: Stored | null): SceneName | undefined {
  if (!stored) return undefined;
  if (!known.has(stored)) {
    const text = storedText(stored);
    known.set(stored, texts.find(([, other]) => other === text)?.[0]);
  }
  return known.get(stored);
}

function storedText(stored: Stored): string {
  return JSON.stringify(stored, (_, value: unknown) =>
    value instanceof Uint8Array ? bytesText(value) : value,
  );
}
