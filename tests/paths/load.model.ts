import { expect } from 'vitest';
import type { AnyMachineSnapshot } from 'xstate';
import { loadMachine } from '../../machines/load.machine.ts';
import type { LoadReading, LoadResult } from '../../machines/load.types.ts';
import type { MigrationResult } from '../../machines/migration.types.ts';
import type { RecoveryResult } from '../../machines/recovery.types.ts';
import { StorageError } from '../../src/engines/errors.ts';
import { Timeout } from '../../src/services/deadline.ts';
import { allRecords, emptyState } from '../../src/vault/draft.ts';
import type { Rule } from '../simulation/faults/step.ts';
import { done, failed, type Model, type Outcome } from './kit/model.ts';
import { loadPromises } from './load.promises.ts';
import { broken } from './world/child.ts';
import { stateTrait, verdictTrait } from './world/judged.ts';
import {
  empty,
  migrated,
  POINT,
  recovered,
  type SceneName,
  sceneOf,
  scenes,
  witness,
} from './world/loadScenes.ts';
import { LoadWorld, loadServices, type Press } from './world/loadWorld.ts';

type Context = ReturnType<typeof loadMachine.getInitialSnapshot>['context'];
type Snapshot = AnyMachineSnapshot;

const contextOf = ({ context }: Snapshot): Context => context;
const isFresh = (snapshot: Snapshot) => !contextOf(snapshot).hasActed && !contextOf(snapshot).migrated;
const isIn =
  (...some: readonly SceneName[]) =>
  (snapshot: Snapshot) =>
    some.some((name) => name === sceneOf(contextOf(snapshot).stored));
const isVanished = (snapshot: Snapshot) => contextOf(snapshot).finding?.code === 'vanished';

const unreadable: Rule = ({ kind, method }) =>
  kind === 'issue' && method !== '' ? { kind: 'error', name: 'AbortError' } : undefined;
const connectionDead: Rule = ({ kind }) =>
  kind === 'transaction' ? { kind: 'error', name: 'InvalidStateError' } : undefined;
const hangs: Rule = ({ kind }) => (kind === 'issue' ? { kind: 'hang' } : undefined);
const dead = new StorageError('connection', 'dead', { platformName: 'InvalidStateError' });

/** After a recovery the same damage may be there again; after a migration, what an older tab wrote. One kind of each. */
function isWorthReading(name: SceneName, snapshot: Snapshot): boolean {
  const { hasActed, migrated: report } = contextOf(snapshot);
  if (report) return name === 'outdated' || name === 'contained';
  return hasActed ? name === 'recovers' || name === 'sound' : true;
}

const readings: Outcome<LoadWorld>[] = Object.entries(scenes).map(([name, { dump, stored }]) => ({
  label: `reads what is ${name}`,
  event: done('readStores', { kind: 'found', stored, hasPending: false }),
  when: (snapshot) => isWorthReading(name as SceneName, snapshot),
  arrange: (world) => world.set(dump),
}));

const foundKind = (reading: LoadReading) => ({ ...reading, stored: undefined });

readings.push(
  {
    label: 'reads what is sound, and an earlier version left something',
    event: done('readStores', { kind: 'found', stored: scenes.sound.stored, hasPending: true }),
    when: isFresh,
    arrange: async (world) => {
      await world.set(scenes.sound.dump);
      world.hasLegacy = true;
    },
  },
  {
    label: 'reads what the recovery left',
    event: done('readStores', { kind: 'found', stored: recovered.stored, hasPending: false }),
    when: (snapshot) => contextOf(snapshot).recovered !== null,
    trait: foundKind,
  },
  {
    label: 'reads what the migration left',
    event: done('readStores', { kind: 'found', stored: migrated.stored, hasPending: false }),
    when: (snapshot) => (contextOf(snapshot).migrated?.id ?? null) !== null,
    trait: foundKind,
  },
  {
    label: 'first run',
    event: done('readStores', firstRun({ isProven: true })),
    when: isFresh,
    arrange: (world) => world.set(empty),
  },
  {
    label: 'empty, and the witness is out of sight',
    // What an earlier version may have left is out of sight as well, and looked for again.
    event: done('readStores', firstRun({ isProven: false, hasPending: true })),
    when: (snapshot) => !contextOf(snapshot).hasActed,
    trait: withoutVault,
    arrange: async (world) => {
      await world.set(empty);
      world.isWitnessHidden = true;
    },
  },
  {
    label: 'empty, and an earlier version left something',
    event: done('readStores', firstRun({ isProven: false, hasPending: true })),
    when: (snapshot) => !contextOf(snapshot).hasActed,
    trait: withoutVault,
    arrange: async (world) => {
      await world.set(empty);
      world.hasLegacy = true;
    },
  },
  {
    label: 'empty, and there was data',
    event: done('readStores', { kind: 'vanished', witness }),
    when: isFresh,
    arrange: (world) => world.set(empty, witness),
  },
  {
    label: 'reading is aborted',
    event: failed('readStores', new StorageError('transient', 'aborted', { platformName: 'AbortError' })),
    when: isFresh,
    arrange: async (world) => {
      await world.set(scenes.sound.dump);
      world.arm(unreadable);
    },
  },
  {
    label: 'the connection is dead',
    event: failed('readStores', dead),
    when: isFresh,
    arrange: async (world) => {
      await world.set(scenes.sound.dump);
      world.arm(connectionDead);
    },
  },
  {
    label: 'nobody answers',
    event: failed('readStores', new Timeout('readStores', 20_000)),
    when: isFresh,
    arrange: async (world) => {
      await world.set(scenes.sound.dump);
      world.arm(hangs);
    },
    elapses: true,
  },
  {
    label: 'a newer app made the database',
    event: failed('readStores', new StorageError('newer', 'newer')),
    when: isFresh,
    arrange: (world) => world.upgrade(),
  },
  {
    label: 'storage is denied',
    event: failed('readStores', new StorageError('denied', 'denied')),
    when: isFresh,
    arrange: async (world) => {
      await world.set(scenes.sound.dump);
      // Denied means that no connection lives: one that is open goes on.
      world.hands.owner.close();
      world.isDenied = true;
    },
  },
);

/** Its id is new each time that it is asked for. */
function withoutVault(reading: LoadReading): unknown {
  return reading.kind === 'firstRun' ? { ...reading, state: { ...reading.state, vault: '' } } : reading;
}

function firstRun(how: { isProven: boolean; hasPending?: boolean }): LoadReading {
  return { kind: 'firstRun', state: emptyState('tab-1-1-1'), hasPending: false, ...how };
}

const verdicts: Outcome<LoadWorld>[] = Object.entries(scenes).map(([name, { dump, verdict }]) => ({
  label: `finds it ${name}`,
  event: done('verifyRecords', verdict),
  when: isIn(name as SceneName),
  arrange: (world) => world.set(dump),
  trait: verdictTrait,
}));

const kindOnly = ({ kind }: { kind: string }) => kind;
verdicts.push(
  {
    label: 'finds it sound',
    event: done('verifyRecords', recovered.verdict),
    when: (snapshot) => isLeft(snapshot),
    trait: kindOnly,
  },
  {
    label: 'the second road cannot be read',
    event: failed('verifyRecords', dead),
    when: isIn('damaged', 'contained'),
    arrange: (world) => world.arm(connectionDead),
  },
);

/** Bytes that are no scene's: a child machine has just written them. */
function isLeft(snapshot: Snapshot): boolean {
  const { stored } = contextOf(snapshot);
  return stored !== null && sceneOf(stored) === undefined;
}

interface Recovering {
  label: string;
  when: (snapshot: Snapshot) => boolean;
  result: RecoveryResult;
  presses?: readonly Press[];
}

const isDone: RecoveryResult = { kind: 'recovered', id: '', seq: 0, count: {} };
const DEFER = { type: 'DEFER' } as const;
const mayAct = (snapshot: Snapshot) => !contextOf(snapshot).hasActed;

const recoverings: Outcome<LoadWorld>[] = (
  [
    { label: 'the policy restores', when: both(isIn('recovers'), mayAct), result: isDone },
    {
      label: 'the policy clears, and a person agrees',
      when: both(isIn('clears'), mayAct),
      result: isDone,
      presses: [{ type: 'CONFIRM' }],
    },
    {
      label: 'a person restores a backup',
      when: isIn('damaged'),
      result: isDone,
      presses: [{ type: 'RESTORE', seq: POINT }],
    },
    {
      label: 'a person starts empty',
      when: isVanished,
      result: isDone,
      presses: [{ type: 'START_EMPTY' }, { type: 'CONFIRM' }],
    },
    {
      label: 'a person reads it again',
      when: isIn('damaged'),
      result: { kind: 'retried' },
      presses: [{ type: 'RETRY' }],
    },
    {
      label: 'a person decides later',
      // Where the policy has acted once, it is a person who is asked.
      when: (snapshot) => isVanished(snapshot) || isIn('damaged')(snapshot) || !mayAct(snapshot),
      result: { kind: 'deferred' },
      presses: [DEFER],
    },
  ] satisfies Recovering[]
).map(({ label, when, result, presses = [] }: Recovering) => ({
  label,
  event: done('recovery', result),
  when,
  trait: kindOnly,
  arrange: (world: LoadWorld) => {
    world.presses = presses;
  },
}));

recoverings.push({
  label: 'the child breaks',
  event: failed('recovery', broken),
  when: (snapshot) => isIn('damaged')(snapshot) || isVanished(snapshot),
  arrange: (world) => {
    world.isChildBroken = true;
  },
});

function both(one: (snapshot: Snapshot) => boolean, other: (snapshot: Snapshot) => boolean) {
  return (snapshot: Snapshot): boolean => one(snapshot) && other(snapshot);
}

const outdated = scenes.outdated.verdict;
if (outdated.kind !== 'outdated') throw new Error(`The scene is ${outdated.kind}`);
const oldRecords = allRecords(outdated.state);

const migrationTrait = (result: MigrationResult) =>
  result.kind === 'migrated'
    ? { kind: result.kind, steps: result.steps, hasCommit: result.id !== null }
    : { ...result, readable: result.readable.length };

const migrations: Outcome<LoadWorld>[] = [
  {
    label: 'it is migrated',
    event: done('migration', {
      kind: 'migrated',
      steps: [{ store: 'notes', from: 1, to: 2, records: 12 }],
      sources: [],
      id: 'any',
    }),
    when: isIn('outdated'),
    trait: migrationTrait,
  },
  {
    label: 'what was left is taken over',
    event: done('migration', { kind: 'migrated', steps: [], sources: [], id: 'any' }),
    when: (snapshot) => !isIn('outdated')(snapshot),
    trait: migrationTrait,
    arrange: (world) => {
      world.isWitnessHidden = false;
      world.hasLegacy = true;
    },
  },
  {
    label: 'there is nothing to migrate',
    event: done('migration', { kind: 'migrated', steps: [], sources: [], id: null }),
    when: (snapshot) => !isIn('outdated')(snapshot),
    trait: migrationTrait,
    arrange: (world) => {
      world.hasLegacy = false;
    },
  },
  {
    label: 'a step fails, and a person decides later',
    event: done('migration', {
      kind: 'deferred',
      finding: { code: 'stuck', store: 'notes', id: 'note-00', version: 1 },
      readable: oldRecords,
    }),
    when: isIn('outdated'),
    trait: migrationTrait,
    arrange: (world) => {
      world.setStep('throws');
      world.presses = [DEFER];
    },
  },
  {
    label: 'the child breaks',
    event: failed('migration', broken),
    arrange: (world) => {
      world.isChildBroken = true;
    },
  },
];

export const loadModel: Model<LoadWorld> = {
  machine: loadMachine,
  starts: [
    {
      label: 'load',
      input: { isWiped: false },
      arrange: (world) => world.set(scenes.sound.dump),
    },
    {
      label: 'load after a look that failed',
      input: { isWiped: true },
      arrange: (world) => world.set(empty),
    },
  ],
  outcomes: [
    ...readings.map(unlessWiped),
    {
      label: 'it is empty, and that proves nothing',
      event: failed('readStores', new StorageError('corrupt', 'empty after an error')),
      when: (snapshot) => contextOf(snapshot).isWiped,
      arrange: (world) => world.set(empty),
    },
    ...verdicts,
    ...recoverings,
    ...migrations,
  ],
  project(snapshot) {
    const context = contextOf(snapshot);
    const { tries, stored, hasPending, finding, halted, mayReopen, isFirstRun, hasActed } = context;
    return {
      tries,
      scene: sceneOf(stored) ?? (stored !== null && 'left by a child'),
      hasPending,
      code: halted?.code ?? finding?.code,
      mayReopen,
      isFirstRun,
      hasActed,
      isMigrated: context.migrated && [context.migrated.steps.length, context.migrated.id !== null],
      isRecovered: context.recovered !== null,
    };
  },
  world: async () => new LoadWorld(),
  services: loadServices,
  children: ['migration', 'recovery'],
  writers: ['migration', 'recovery'],
  promises: loadPromises,
  async atEnd(world, snapshot) {
    if (snapshot.status !== 'done') return;
    checkHandedUp(snapshot);
    const { output } = snapshot;
    if (output.kind === 'loaded') {
      const isEmpty = contextOf(snapshot).stored === null;
      const isProven = isEmpty && !world.isWitnessHidden && !world.hasLegacy;
      expect(output.isFirstRun, 'a proven first run').toBe(isProven);
    }
  },
};

function unlessWiped(outcome: Outcome<LoadWorld>): Outcome<LoadWorld> {
  return {
    ...outcome,
    when: (snapshot) => !contextOf(snapshot).isWiped && (outcome.when?.(snapshot) ?? true),
  };
}

/** What is handed up is what verified, all of it, and nothing else [I3]. */
function checkHandedUp(snapshot: Snapshot): void {
  const result: LoadResult = snapshot.output;
  const { stored, recovered: recovery, migrated: report } = contextOf(snapshot);
  const name = sceneOf(stored);
  if (result.kind === 'deferred') {
    const verdict = name && scenes[name].verdict;
    const { code } = result.finding;
    // Read, and then not checked: nothing of it may be shown.
    const isChecked = code === 'damaged' || (code === 'newer' && verdict !== undefined);
    if (code === 'stuck') expect(result.readable).toEqual(oldRecords);
    else if (isChecked) expect(result.readable).toEqual(verdict && 'readable' in verdict && verdict.readable);
    else if (verdict?.kind === 'intact') expect(result.readable.length % 12).toBe(0);
    else expect(result.readable).toEqual([]);
    return;
  }
  expect(result.recovered).toEqual(recovery);
  expect(result.migrated).toEqual(report);
  if (name === undefined && stored !== null) {
    const notes = [...(result.state.records.get('notes')?.values() ?? [])];
    if (recovery) expect(notes.length, 'what recovery promised').toBe(recovery.count.notes ?? 0);
    const isTaken = notes.some(({ id }) => id === 'old');
    if (report)
      expect(notes.length, 'what migration found').toBe(report.steps.length > 0 ? 12 : notes.length);
    if (report) expect(isTaken, 'what an earlier version left').toBe(report.steps.length === 0);
    if (report && !isTaken)
      expect(notes.every(({ version, data }) => version === 2 && 'isNew' in (data as object))).toBe(true);
    return;
  }
  const verdict = name && scenes[name].verdict;
  const state = verdict ? ('state' in verdict ? verdict.state : null) : emptyState('tab-1-1-1');
  if (!state) throw new Error('What is damaged beyond repair was handed up');
  const { vault } = verdict ? state : result.state;
  expect(stateTrait(result.state)).toEqual(stateTrait({ ...state, vault }));
}
