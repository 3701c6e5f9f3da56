import { expect } from 'vitest';
import type { AnyMachineSnapshot } from 'xstate';
import { loadMachine } from '../../machines/load.machine.ts';
import type { LoadResult } from '../../machines/types.ts';
import { StorageError } from '../../src/engines/errors.ts';
import { boundServices } from '../../src/services/bound.ts';
import { Timeout } from '../../src/services/deadline.ts';
import type { Stored } from '../../src/vault/contract.ts';
import { emptyState } from '../../src/vault/draft.ts';
import type { Rule } from '../simulation/faults/step.ts';
import type { RawDump } from '../simulation/world/dump.ts';
import { done, failed, type Model, type Outcome } from './kit/model.ts';
import { loadPromises } from './load.promises.ts';
import { replaced } from './world/damage.ts';
import { type Judged, judge, stateTrait, verdictTrait } from './world/judged.ts';
import { bytesText, dumpAfter, planOf } from './world/scene.ts';
import { StorageWorld } from './world/world.ts';

/** Enough records that one damaged one is less than a tenth of them. */
const NOTES = Array.from({ length: 12 }, (_, n) => `note-${String(n).padStart(2, '0')}`);
const PLANS = [
  planOf(
    'first',
    NOTES.map((id) => [id, { text: `text of ${id}` }, 0]),
  ),
  planOf('second', [['note-00', { text: 'edited' }, 1]]),
];

const soundDump = await dumpAfter(PLANS);
const scenes: Readonly<Record<'sound' | 'contained' | 'damaged' | 'newer', Judged>> = {
  sound: await judge(soundDump),
  contained: await judge(replaced(soundDump, 'text of note-07', 'text of note-xx')),
  damaged: await judge(['01', '02', '03'].reduce(garbleNote, soundDump)),
  newer: await judge(await dumpAfter(PLANS, 2)),
};
/** A fourth of the records: too much to go on without a person, and the rest is readable. */
function garbleNote(dump: RawDump, note: string): RawDump {
  return replaced(dump, `text of note-${note}`, 'text of note-xx');
}

const empty: RawDump = { ...soundDump, log: [], head: [] };
const witness = { vault: 'vault-1', seq: 2, seal: 'f'.repeat(64), count: { notes: 12 } };

const unreadable: Rule = ({ kind, method }) =>
  kind === 'issue' && method !== '' ? { kind: 'error', name: 'AbortError' } : undefined;
const connectionDead: Rule = ({ kind }) =>
  kind === 'transaction' ? { kind: 'error', name: 'InvalidStateError' } : undefined;
const hangs: Rule = ({ kind }) => (kind === 'issue' ? { kind: 'hang' } : undefined);

const known = new WeakMap<Stored, string | undefined>();

/** Which scene this is, by its bytes; undefined for none. */
function sceneOf(stored: Stored | null): string | undefined {
  if (!stored) return undefined;
  if (!known.has(stored)) {
    const text = storedText(stored);
    known.set(stored, Object.entries(scenes).find(([, scene]) => storedText(scene.stored) === text)?.[0]);
  }
  return known.get(stored);
}

function storedText(stored: Stored): string {
  return JSON.stringify(stored, (_, value: unknown) =>
    value instanceof Uint8Array ? bytesText(value) : value,
  );
}

const outcomes: Outcome<StorageWorld>[] = Object.entries(scenes).flatMap(
  ([name, { dump, stored, verdict }]) => [
    {
      label: `reads what is ${name}`,
      event: done('readStores', { kind: 'found', stored }),
      arrange: (world) => world.set(dump),
    },
    {
      label: `finds it ${name}`,
      event: done('verifyRecords', verdict),
      when: ({ context }) => sceneOf(context.stored) === name,
      arrange: (world) => world.set(dump),
      trait: verdictTrait,
    },
  ],
);

outcomes.push(
  {
    label: 'first run',
    event: done('readStores', { kind: 'firstRun', state: emptyState('tab-1-1-1'), isProven: true }),
    arrange: (world) => world.set(empty),
  },
  {
    label: 'empty, and the witness is out of sight',
    event: done('readStores', { kind: 'firstRun', state: emptyState('tab-1-1-1'), isProven: false }),
    arrange: async (world) => {
      await world.set(empty);
      world.isWitnessHidden = true;
    },
  },
  {
    label: 'empty, and there was data',
    event: done('readStores', { kind: 'vanished', witness }),
    arrange: (world) => world.set(empty, witness),
  },
  {
    label: 'reading is aborted',
    event: failed('readStores', new StorageError('transient', 'aborted', { platformName: 'AbortError' })),
    arrange: async (world) => {
      await world.set(soundDump);
      world.arm(unreadable);
    },
  },
  {
    label: 'the connection is dead',
    event: failed(
      'readStores',
      new StorageError('connection', 'dead', { platformName: 'InvalidStateError' }),
    ),
    arrange: async (world) => {
      await world.set(soundDump);
      world.arm(connectionDead);
    },
  },
  {
    label: 'nobody answers',
    event: failed('readStores', new Timeout('readStores', 20_000)),
    arrange: async (world) => {
      await world.set(soundDump);
      world.arm(hangs);
    },
    elapses: true,
  },
  {
    label: 'storage is denied',
    event: failed('readStores', new StorageError('denied', 'denied')),
    arrange: async (world) => {
      await world.set(soundDump);
      // Denied means that no connection lives: one that is open goes on.
      world.hands.owner.close();
      world.isDenied = true;
    },
  },
  {
    label: 'the second road cannot be read',
    event: failed(
      'verifyRecords',
      new StorageError('connection', 'dead', { platformName: 'InvalidStateError' }),
    ),
    when: ({ context }) => sceneOf(context.stored) === 'damaged' || sceneOf(context.stored) === 'contained',
    arrange: (world) => world.arm(connectionDead),
  },
);

export const loadModel: Model<StorageWorld> = {
  machine: loadMachine,
  starts: [{ label: 'load', input: undefined, arrange: (world) => world.set(soundDump) }],
  outcomes,
  project: ({ context: { tries, stored, finding, mayReopen, isFirstRun } }: AnyMachineSnapshot) => ({
    tries,
    scene: sceneOf(stored),
    code: finding?.code,
    mayReopen,
    isFirstRun,
  }),
  world: async () => new StorageWorld(),
  services: (world) => boundServices(world.hands).load,
  writers: [],
  promises: loadPromises,
  atEnd(world, { status, output, context }) {
    const scene = sceneOf(context.stored);
    if (status === 'done') checkHandedUp(output, scene);
    if (output?.kind === 'loaded') {
      expect(output.isFirstRun, 'a proven first run').toBe(scene === undefined && !world.isWitnessHidden);
    }
    // Contained damage stops nobody; what could be read and was judged so is never asked about.
    if (scene === 'contained') expect(context.finding?.code === 'damaged' && status === 'active').toBe(false);
  },
};

/** What is handed up is what verified, all of it, and nothing else [I3]. */
function checkHandedUp(result: LoadResult, name: string | undefined): void {
  const scene = name === undefined ? undefined : scenes[name as keyof typeof scenes];
  const verdict = scene?.verdict;
  if (result.kind === 'deferred') {
    const readable = verdict && 'readable' in verdict ? verdict.readable : [];
    // Read, and then not checked: nothing of it may be shown.
    const isChecked = result.finding.code === 'damaged' || result.finding.code === 'newer';
    expect(result.readable).toEqual(isChecked ? readable : []);
    return;
  }
  const state = verdict && 'state' in verdict ? verdict.state : emptyState('tab-1-1-1');
  if (!state) throw new Error('What is damaged beyond repair was handed up');
  expect(stateTrait(result.state)).toEqual(stateTrait(state));
}
