import { expect } from 'vitest';
import type { AnyMachineSnapshot } from 'xstate';
import type { BootResult } from '../../machines/boot.types.ts';
import type { LoadResult } from '../../machines/load.types.ts';
import { persistenceMachine } from '../../machines/persistence.machine.ts';
import { StorageError } from '../../src/engines/errors.ts';
import { Timeout } from '../../src/services/deadline.ts';
import { diskFull } from '../simulation/faults/rules.ts';
import type { Rule } from '../simulation/faults/step.ts';
import { done, failed, type Model, type Outcome } from './kit/model.ts';
import { persistencePromises } from './persistence.promises.ts';
import { broken } from './world/child.ts';
import { damagedScenes } from './world/damagedScenes.ts';
import { judge } from './world/judged.ts';
import { PersistenceWorld } from './world/persistenceWorld.ts';
import { inOtherTab } from './world/scene.ts';

type Context = ReturnType<typeof persistenceMachine.getInitialSnapshot>['context'];
type Snapshot = AnyMachineSnapshot;

const { sound, damaged, vanished } = damagedScenes;
const NOTES = 12;
const witness = { vault: 'vault-1', seq: 3, seal: 'f'.repeat(64), count: { notes: NOTES } };
const verdict = (await judge(sound.dump)).verdict;
if (verdict.kind !== 'intact') throw new Error('The scene is not sound');

const contextOf = ({ context }: Snapshot): Context => context;
const isDurable = (snapshot: Snapshot) => contextOf(snapshot).opened?.isDurable === true;
const isFirstStart = (snapshot: Snapshot) => contextOf(snapshot).starts === 0;

const opened: Extract<BootResult, { kind: 'opened' }> = {
  kind: 'opened',
  engine: 'indexeddb',
  access: 'write',
  isDurable: true,
  isWiped: false,
};
const loaded: LoadResult = {
  kind: 'loaded',
  state: verdict.state,
  isFirstRun: false,
  damage: [],
  recovered: null,
  migrated: null,
};

const storageGone: Rule = ({ kind }) =>
  kind === 'open'
    ? { kind: 'error', name: 'UnknownError' }
    : kind === 'transaction'
      ? { kind: 'error', name: 'InvalidStateError' }
      : undefined;

const boots: Outcome<PersistenceWorld>[] = [
  {
    label: 'the database opens',
    event: done('boot', opened),
    arrange: (world) => world.set(sound.dump),
  },
  {
    label: 'someone works in this session only',
    event: done('boot', { ...opened, engine: 'memory', isDurable: false }),
    when: isFirstStart,
    arrange(world) {
      world.deny();
      world.presses = ['USE_FALLBACK'];
    },
    elapses: true,
  },
  {
    label: 'it does not open, and someone decides later',
    event: done('boot', { kind: 'deferred', finding: null }),
    when: isFirstStart,
    trait: ({ kind }: BootResult) => kind,
    arrange(world) {
      world.deny();
      world.presses = ['DEFER'];
    },
    elapses: true,
  },
  {
    label: 'boot breaks',
    event: failed('boot', broken),
    when: isFirstStart,
    arrange(world) {
      world.heal();
      world.isChildBroken = true;
    },
  },
];

const kindAndNotes = (result: LoadResult) => ({
  kind: result.kind,
  notes: result.kind === 'loaded' ? (result.state.count.notes ?? 0) : 0,
});

const loads: Outcome<PersistenceWorld>[] = [
  {
    label: 'what is stored is sound',
    event: done('load', loaded),
    when: isDurable,
    trait: kindAndNotes,
    arrange: (world) => world.set(sound.dump),
  },
  {
    label: 'there is nothing yet',
    event: done('load', { ...loaded, state: { ...verdict.state, count: {} } }),
    when: (snapshot) => !isDurable(snapshot),
    trait: kindAndNotes,
    arrange: (world) => world.heal(),
  },
  {
    label: 'it is damaged, and someone decides later',
    event: done('load', { kind: 'deferred', finding: damaged.finding, readable: [] }),
    when: (snapshot) => isDurable(snapshot) && isFirstStart(snapshot),
    trait: (result: LoadResult) => [result.kind, result.kind === 'deferred' && result.finding.code],
    async arrange(world) {
      await world.set(damaged.dump);
      world.presses = ['DEFER'];
    },
  },
  {
    label: 'load breaks',
    event: failed('load', broken),
    when: isFirstStart,
    arrange(world) {
      world.heal();
      world.isChildBroken = true;
    },
  },
];

const denied = new StorageError('denied', 'denied');

const starts: Outcome<PersistenceWorld>[] = [
  {
    label: 'the writer is there',
    event: done('startWriting', undefined),
    arrange: (world) => world.heal(),
  },
  {
    label: 'the storage was lost meanwhile',
    event: failed('startWriting', denied),
    when: isDurable,
    arrange: (world) => world.deny(),
  },
];

const events: Outcome<PersistenceWorld>[] = [
  {
    label: 'a newer version wants the database',
    event: { type: 'storage.superseded' },
    arrange: (world) => world.heal(),
  },
  {
    label: 'the storage is emptied',
    event: { type: 'storage.vanished' },
    when: isDurable,
    arrange: (world) => world.set(vanished.dump, witness),
  },
];

const flushes: Outcome<PersistenceWorld>[] = [
  {
    label: 'everything is saved',
    event: done('flushAndClose', { unsaved: 0 }),
    arrange: (world) => world.heal(),
  },
  {
    label: 'two changes are not saved',
    event: done('flushAndClose', { unsaved: 2 }),
    arrange(world) {
      world.heal();
      world.unsaved = 2;
    },
  },
  {
    label: 'saving does not end',
    event: failed('flushAndClose', new Timeout('flushAndClose', 5_000)),
    arrange(world) {
      world.heal();
      world.isFlushHung = true;
    },
    elapses: true,
  },
];

const backs: Outcome<PersistenceWorld>[] = [
  {
    label: 'it is still empty',
    event: done('prepareWriteBack', {
      kind: 'prepared',
      plan: { id: '', kind: 'restore', label: 'writtenBack', changes: [] },
    }),
    trait: ({ kind }: { kind: string }) => kind,
    arrange: (world) => world.set(vanished.dump, witness),
  },
  {
    label: 'another tab has written there',
    event: done('prepareWriteBack', { kind: 'occupied' }),
    arrange: (world) => world.set(sound.dump),
  },
  {
    label: 'it does not open again',
    event: failed('prepareWriteBack', denied),
    arrange: (world) => world.deny(),
  },
];

const kindOf = ({ kind }: { kind: string }) => kind;
const commits: Outcome<PersistenceWorld>[] = [
  {
    label: 'it is written back',
    event: done('commit', { kind: 'committed', id: '', seq: 4 }),
    trait: kindOf,
    arrange: (world) => world.heal(),
  },
  {
    label: 'it is full',
    event: done('commit', { kind: 'full' }),
    trait: kindOf,
    arrange: (world) => world.arm(diskFull('abort')),
    elapses: true,
  },
  {
    label: 'nobody knows',
    event: done('commit', { kind: 'unsure', class: 'connection', platformName: 'InvalidStateError' }),
    trait: kindOf,
    arrange: (world) => world.arm(storageGone),
    elapses: true,
  },
  {
    label: 'the commit breaks',
    event: failed('commit', broken),
    arrange(world) {
      world.heal();
      world.isChildBroken = true;
    },
  },
];

export const persistenceModel: Model<PersistenceWorld> = {
  machine: persistenceMachine,
  starts: [{ label: 'a browser with data', input: { mayHoldData: true, canUseLocalStorage: true } }],
  outcomes: [...boots, ...loads, ...starts, ...events, ...flushes, ...backs, ...commits],
  project(snapshot) {
    const { opened: found, starts: count, finding, isFolded } = contextOf(snapshot);
    return {
      isDurable: found?.isDurable,
      starts: count,
      finding: finding?.code,
      isFolded: snapshot.matches('lost') && isFolded,
    };
  },
  world: async () => new PersistenceWorld(),
  services: (world) => world.services(),
  children: ['boot', 'load', 'commit'],
  writers: ['commit'],
  promises: persistencePromises,
  async atEnd(world, snapshot) {
    if (!snapshot.matches({ ready: 'durable' })) return;
    // What is called ready is there for a tab that knows nothing of this one.
    world.heal();
    const count = await inOtherTab({ factory: world.factory }, async (vault) => vault.state().count.notes);
    expect(count, 'notes that another tab finds').toBe(NOTES);
    expect(world.startHands.vault().state().count.notes, 'notes in this page').toBe(NOTES);
  },
};
