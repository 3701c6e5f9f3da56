import { expect } from 'vitest';
import type { AnyMachineSnapshot } from 'xstate';
import { recoveryMachine } from '../../machines/recovery.machine.ts';
import type { Recovery, RecoveryChoice, RecoveryResult, Rescue } from '../../machines/recovery.types.ts';
import { StorageError } from '../../src/engines/errors.ts';
import { Timeout } from '../../src/services/deadline.ts';
import { listRestorePoints, prepareRecovery, scanRescue } from '../../src/services/recovery.ts';
import { diskFull } from '../simulation/faults/rules.ts';
import type { Rule } from '../simulation/faults/step.ts';
import { done, failed, type Model, type Outcome, type Start } from './kit/model.ts';
import { recoveryPromises } from './recovery.promises.ts';
import { broken, commitIn, ParentWorld } from './world/child.ts';
import { type DamagedScene, damagedScenes, damagedValues, inScene, setScene } from './world/damagedScenes.ts';
import { inOtherTab, planOf } from './world/scene.ts';
import { within } from './world/within.ts';

type Context = ReturnType<typeof recoveryMachine.getInitialSnapshot>['context'];

const scenes: readonly DamagedScene[] = Object.values(damagedScenes);
const { damaged, mixed, noBackup, vanished, setAside, sound } = damagedScenes;
/** The newest point before the edits that are damaged. */
const POINT = 2;

const contextOf = ({ context }: AnyMachineSnapshot): Context => context;
const sceneOf = (snapshot: AnyMachineSnapshot): DamagedScene => {
  const found = scenes.find(({ finding }) => finding === contextOf(snapshot).finding);
  if (!found) throw new Error('This is no scene');
  return found;
};
const isIn =
  (...some: readonly DamagedScene[]) =>
  (snapshot: AnyMachineSnapshot) =>
    some.includes(sceneOf(snapshot));
const isChoice =
  (scene: DamagedScene, choice: RecoveryChoice) =>
  (snapshot: AnyMachineSnapshot): boolean =>
    isIn(scene)(snapshot) && JSON.stringify(contextOf(snapshot).choice) === JSON.stringify(choice);

function start(label: string, scene: DamagedScene, input: Partial<Context> = {}): Start<ParentWorld> {
  return {
    label,
    input: { finding: scene.finding, policy: 'prompt', point: null, ...input },
    arrange: (world) => setScene(world, scene),
  };
}

const starts = [
  start('damaged, with backups', damaged),
  start('damaged, and later edits are sound', mixed),
  start('damaged, no backup', noBackup),
  start('vanished', vanished),
  start('some set aside', setAside),
  start('a backup was chosen', sound, { point: POINT }),
  start('the policy restores', damaged, { policy: 'recover' }),
  start('the policy restores, and there is no backup', noBackup, { policy: 'recover' }),
  start('the policy clears', damaged, { policy: 'clear' }),
];

const connectionDead: Rule = ({ kind }) =>
  kind === 'transaction' ? { kind: 'error', name: 'InvalidStateError' } : undefined;
const hangs: Rule = ({ kind }) => (kind === 'issue' ? { kind: 'hang' } : undefined);
const writesAbort: Rule = ({ kind, method }) =>
  kind === 'issue' && method === 'add' ? { kind: 'error', name: 'AbortError' } : undefined;
const storageGone: Rule = (step) =>
  step.kind === 'open' ? { kind: 'error', name: 'UnknownError' } : connectionDead(step);
const dead = new StorageError('connection', 'dead', { platformName: 'InvalidStateError' });

/** The vault of a session stays where it is; only what is stored is set again. */
const again = (world: ParentWorld, snapshot: AnyMachineSnapshot) => world.set(sceneOf(snapshot).dump);

const listings: Outcome<ParentWorld>[] = await Promise.all(
  scenes.map(async (scene) => ({
    label: 'lists what holds',
    event: done(
      'listRestorePoints',
      await inScene(scene, ({ recoveryHands }) => listRestorePoints(recoveryHands)),
    ),
    when: isIn(scene),
    arrange: again,
  })),
);
listings.push({
  label: 'the list cannot be read',
  event: failed('listRestorePoints', dead),
  when: isIn(damaged, sound),
  arrange: async (world, snapshot) => {
    await again(world, snapshot);
    world.arm(connectionDead);
  },
});

const rescueTrait = ({ readable, damage }: Rescue) => ({ readable, damage });
const scans: Outcome<ParentWorld>[] = await Promise.all(
  [damaged, mixed, noBackup, setAside].map(async (scene) => ({
    label: 'reads what can be read',
    event: done(
      'scanRescue',
      await inScene(scene, ({ recoveryHands }) => scanRescue(recoveryHands, { finding: scene.finding })),
    ),
    when: isIn(scene),
    arrange: again,
    trait: rescueTrait,
  })),
);
scans.push({
  label: 'nobody answers',
  event: failed('scanRescue', new Timeout('scanRescue', 20_000)),
  when: isIn(damaged),
  arrange: async (world, snapshot) => {
    await again(world, snapshot);
    world.arm(hangs);
  },
  elapses: true,
});

/** The id is new each time, and so is the hour of the copies. */
function recoveryTrait({ plan, replaced, count }: Recovery) {
  const quarantine = plan.quarantine?.map(({ id, bytes, where, why }) => ({ id, bytes, where, why }));
  return { replaced, count, plan: { ...plan, id: '', quarantine } };
}

const choices: readonly [DamagedScene, RecoveryChoice][] = [
  ...[damaged, mixed, sound].map((scene) => [scene, { kind: 'point', seq: POINT }] as const),
  ...[damaged, noBackup, setAside].map((scene) => [scene, { kind: 'rescue' }] as const),
  ...[mixed].map((scene) => [scene, { kind: 'rescue' }] as const),
  ...scenes.filter((scene) => scene !== sound).map((scene) => [scene, { kind: 'empty' }] as const),
  [damaged, { kind: 'newest' }],
  [setAside, { kind: 'point', seq: POINT }],
].map(([scene, choice]) => [scene as DamagedScene, choice as RecoveryChoice]);

const preparations: Outcome<ParentWorld>[] = await Promise.all(
  choices.map(async ([scene, choice]) => ({
    label: 'it is checked',
    event: done(
      'prepareRecovery',
      await inScene(scene, ({ recoveryHands }) =>
        prepareRecovery(recoveryHands, { finding: scene.finding, choice }),
      ),
    ),
    when: isChoice(scene, choice),
    arrange: again,
    trait: recoveryTrait,
  })),
);
preparations.push(
  {
    label: 'there is no backup that holds',
    event: failed('prepareRecovery', new StorageError('corrupt', 'none')),
    when: isChoice(noBackup, { kind: 'newest' }),
    arrange: again,
  },
  {
    label: 'another tab has put it right',
    event: failed('prepareRecovery', new StorageError('transient', 'other now')),
    when: isIn(damaged, vanished),
    arrange: (world) => world.set(damaged.sound),
  },
  {
    label: 'a newer build has written',
    event: failed('prepareRecovery', new StorageError('newer', 'newer')),
    when: isIn(sound),
    arrange: async (world) => {
      await world.set(sound.dump);
      const newer = planOf('newer', [['n', { text: 'of a newer build' }, 0]]);
      await inOtherTab({ factory: world.factory, version: 2 }, (vault) => vault.append(newer).outcome);
    },
  },
);

const commits: Outcome<ParentWorld>[] = [
  {
    label: 'written',
    event: (snapshot) =>
      done('commit', { kind: 'committed', id: contextOf(snapshot).recovery?.plan.id, seq: 0 }),
    trait: ({ kind }: { kind: string }) => kind,
    arrange: (world) => world.heal(),
  },
  {
    label: 'another tab was first',
    event: done('commit', { kind: 'conflicted', winners: [] }),
    when: isIn(sound),
    trait: ({ kind }: { kind: string }) => kind,
    arrange: async (world) => {
      world.heal();
      const theirs = planOf('theirs', [['note-01', { text: 'theirs' }, 2]]);
      await inOtherTab({ factory: world.factory }, (vault) => vault.append(theirs).outcome);
    },
  },
  {
    label: 'storage is full',
    event: done('commit', { kind: 'full' }),
    when: isIn(damaged),
    arrange: (world) => world.arm(diskFull('abort')),
    elapses: true,
  },
  {
    label: 'it fails',
    event: done('commit', { kind: 'failed', class: 'transient', platformName: 'AbortError' }),
    when: isIn(damaged),
    arrange: (world) => world.arm(writesAbort),
    elapses: true,
  },
  {
    label: 'nobody knows',
    event: done('commit', { kind: 'unsure', class: 'connection', platformName: 'InvalidStateError' }),
    trait: ({ kind }: { kind: string }) => kind,
    when: isIn(damaged),
    arrange: (world) => world.arm(storageGone),
    elapses: true,
  },
  {
    label: 'the child breaks',
    event: failed('commit', broken),
    when: isIn(damaged),
    arrange: (world) => {
      world.heal();
      world.isChildBroken = true;
    },
  },
];

export const recoveryModel: Model<ParentWorld> = {
  machine: recoveryMachine,
  starts,
  outcomes: [
    { label: 'restores', event: { type: 'RESTORE', seq: POINT } },
    { label: 'restores what is not offered', event: { type: 'RESTORE', seq: 999 } },
    ...listings,
    ...scans,
    ...preparations,
    ...commits,
  ],
  project(snapshot) {
    const { choice, hasActed, hasSeen, points, recovery, policy } = contextOf(snapshot);
    const isChosen = ['preparing', 'confirming', 'committing'].some((state) => snapshot.matches(state));
    return {
      scene: sceneOf(snapshot).name,
      isUnattended: !hasActed && policy !== 'prompt',
      hasActed: snapshot.matches('listing') && hasActed,
      hasPoints: snapshot.matches('choosing') && points?.length !== 0,
      choice: isChosen && choice,
      hasSeen,
      replaced: isChosen && recovery !== null && recovery.replaced > 0,
    };
  },
  world: async () => new ParentWorld(),
  services: (world) => ({
    listRestorePoints: within(world.recoveryHands, listRestorePoints, 20_000),
    scanRescue: within(world.recoveryHands, scanRescue, 20_000),
    prepareRecovery: within(world.recoveryHands, prepareRecovery, 20_000),
    commit: commitIn(world),
  }),
  children: ['commit'],
  writers: ['commit'],
  promises: recoveryPromises,
  async atEnd(world, snapshot) {
    if (snapshot.status !== 'done') return;
    const result: RecoveryResult = snapshot.output;
    if (result.kind !== 'recovered') return;
    const scene = sceneOf(snapshot);
    const { finding, recovery, choice } = contextOf(snapshot);
    // A tab that knows nothing of this one finds it sound, and what was promised is in it.
    const count = await inOtherTab({ factory: world.factory }, async (vault) => {
      expect(vault.state().asides, 'what is still set aside').toEqual([]);
      return vault.state().count.notes ?? 0;
    });
    expect(count, 'records after it').toBe(recovery?.count.notes ?? 0);
    if (choice.kind === 'empty') expect(count).toBe(0);
    if (choice.kind === 'point' || choice.kind === 'newest') expect(count).toBe(12);
    if (choice.kind === 'rescue' && 'readable' in finding) expect(count).toBe(finding.readable);
    // The damaged bytes lie where they lay, and a byte-equal copy is in quarantine (I4).
    const dump = await world.dump();
    for (const value of damagedValues(scene)) {
      expect(dump, 'the copy in quarantine').toContain(value);
      expect(dump, 'the bytes where they lay').toContain(JSON.stringify(atob(value)).slice(1, -1));
    }
  },
};
