import { describe, expect, it } from 'vitest';
import { createActor, fromPromise } from 'xstate';
import { recoveryMachine } from '../../machines/recovery.machine.ts';
import type { RecoveryInput } from '../../machines/recovery.types.ts';
import { boundServices } from '../../src/services/bound.ts';
import { listRestorePoints, prepareRecovery, scanRescue } from '../../src/services/recovery.ts';
import type { Vault } from '../../src/vault/contract.ts';
import type { CommitPlan } from '../../src/vault/types.ts';
import { commitIn, ParentWorld } from '../paths/world/child.ts';
import { replaced } from '../paths/world/damage.ts';
import { type DamagedScene, damagedScenes, setScene } from '../paths/world/damagedScenes.ts';
import { judge } from '../paths/world/judged.ts';
import { dumpAfter, inOtherTab, planOf } from '../paths/world/scene.ts';
import { unreadable } from '../simulation/faults/rules.ts';

type Event = Parameters<ReturnType<typeof recoveryIn>['actor']['send']>[0];

/** The real machine, with its real services and child over a real vault. */
function recoveryIn(world: ParentWorld, input: RecoveryInput) {
  const { recoveryHands } = world;
  const commit = commitIn(world);
  const machine = recoveryMachine.provide({
    actors: {
      listRestorePoints: fromPromise(() => listRestorePoints(recoveryHands)),
      scanRescue: fromPromise(({ input: asked }) => scanRescue(recoveryHands, asked)),
      prepareRecovery: fromPromise(({ input: asked }) => prepareRecovery(recoveryHands, asked)),
      commit: fromPromise(({ input: asked }: { input: { plan: CommitPlan } }) => commit(asked)) as never,
    },
  });
  const actor = createActor(machine, { input, clock: world.clock });
  const settled = async () => {
    for (let turn = 0; turn < 4_000; turn += 1) {
      const snapshot = actor.getSnapshot();
      if (snapshot.status !== 'active' || snapshot.hasTag('needs-user')) return snapshot;
      await new Promise((resolve) => setTimeout(resolve, 0));
      world.clock.increment(50);
    }
    throw new Error('It neither ended nor asked');
  };
  return { actor, settled };
}

/** Goes through a scene, sending what a person does at each question. */
async function recover(
  scene: DamagedScene,
  { policy = 'prompt', sends = [] }: { policy?: RecoveryInput['policy']; sends?: readonly Event[] },
  look: (
    world: ParentWorld,
    end: Awaited<ReturnType<ReturnType<typeof recoveryIn>['settled']>>,
  ) => Promise<void>,
): Promise<void> {
  const world = new ParentWorld();
  try {
    await setScene(world, scene);
    const { actor, settled } = recoveryIn(world, { finding: scene.finding, policy, point: null });
    actor.start();
    for (const event of sends) {
      await settled();
      actor.send(event);
    }
    await look(world, await settled());
  } finally {
    await world.close();
  }
}

const same = <T>(data: T): T => data;

const textsOf = (vault: Vault, store = 'notes') =>
  Object.fromEntries([...(vault.state().records.get(store) ?? [])].map(([id, { data }]) => [id, data]));

const { damaged, mixed, noBackup, sound, vanished } = damagedScenes;
const RESTORE = { type: 'RESTORE', seq: 2 } as const;

describe('Recovery', () => {
  it('[F52] repairs on a copy: what it would replace is shown first, and leaving it then has changed no byte', async () => {
    const world = new ParentWorld();
    await setScene(world, mixed);
    const before = await world.dump();
    await recover(mixed, { sends: [RESTORE] }, async (there, { value, context }) => {
      expect(value).toBe('confirming');
      expect(context.recovery).toMatchObject({ replaced: expect.any(Number), count: { notes: 12 } });
      expect(context.recovery?.replaced).toBeGreaterThan(0);
      expect(await there.dump()).toBe(before);
    });
    for (const leave of ['BACK', 'CANCEL'] as const) {
      await recover(mixed, { sends: [RESTORE, { type: leave }] }, async (there) => {
        expect(await there.dump()).toBe(before);
      });
    }
    await world.close();
  });

  it('[I16] restores exactly what the backup held, and can itself be undone', async () => {
    await recover(damaged, { sends: [RESTORE] }, async (world, { output }) => {
      expect(output).toMatchObject({ kind: 'recovered', count: { notes: 12 } });
      const restored = await inOtherTab({ factory: world.factory }, async (vault) => textsOf(vault));
      expect(restored['note-00']).toEqual({ text: 'edited of note-00' });
      expect(restored['note-01']).toEqual({ text: 'text of note-01' });
      expect(Object.keys(restored)).toHaveLength(12);
      await inOtherTab({ factory: world.factory }, async (vault) => {
        const undo = await vault.planUndo(output?.kind === 'recovered' ? output.id : '');
        if (undo.kind !== 'undoable') throw new Error(undo.kind);
        await vault.append({ ...undo.plan, id: 'undo' }).outcome;
        // What was sound before the recovery, and nothing that was damaged.
        expect(Object.keys(textsOf(vault))).toHaveLength(9);
      });
    });
  });

  it('asks before a sound record that came later is replaced, and replaces nothing when a person leaves', async () => {
    await recover(mixed, { sends: [RESTORE] }, async (world, { value, context }) => {
      expect(value).toBe('confirming');
      expect(context.recovery?.replaced).toBe(2);
      expect(await world.dump()).not.toContain('restore');
    });
    await recover(mixed, { policy: 'recover' }, async (_, { value }) => {
      expect(value).toBe('confirming');
    });
  });

  it('lets the policy act once: it restores unasked, and leaves it to a person where that fails', async () => {
    await recover(damaged, { policy: 'recover' }, async (_, { output }) => {
      expect(output).toMatchObject({ kind: 'recovered', count: { notes: 12 } });
    });
    await recover(noBackup, { policy: 'recover' }, async (_, { value, context }) => {
      expect(value).toBe('choosing');
      expect(context.failure).toMatchObject({ code: 'notPrepared', class: 'corrupt' });
    });
  });

  it('[I12] starts empty after a loss: then that is what is there, neither vanished nor a first run', async () => {
    await recover(vanished, { sends: [{ type: 'START_EMPTY' }, { type: 'CONFIRM' }] }, async (world, end) => {
      expect(end.output).toMatchObject({ kind: 'recovered' });
      const { readStores, verifyRecords } = boundServices(world.hands).load;
      const { signal } = new AbortController();
      const reading = await readStores({ isWiped: false }, signal);
      if (reading.kind !== 'found') throw new Error(reading.kind);
      expect((await verifyRecords(reading, signal)).kind).toBe('intact');
    });
  });

  it('[I4] leaves a store alone that nothing is wrong with, though the backup holds an older one', async () => {
    const draft = (text: string, baseRev: number): CommitPlan => ({
      id: `draft ${text}`,
      kind: 'save',
      label: 'drafts',
      changes: [
        { store: 'drafts', id: 'notes/a', data: { store: 'notes', id: 'a', data: { text } }, baseRev },
      ],
    });
    const notes = (id: string, text: string, baseRev: number) =>
      planOf(
        id,
        ['a', 'b', 'c'].map((note) => [note, { text: `${text} ${note}` }, baseRev]),
      );
    const edited = await dumpAfter([
      notes('made', 'made', 0),
      draft('old', 0),
      notes('edit', 'edit', 1),
      draft('new', 1),
    ]);
    const dump = ['a', 'b', 'c'].reduce((all, note) => replaced(all, `edit ${note}`, `edot ${note}`), edited);
    const { verdict } = await judge(dump);
    if (verdict.kind !== 'damaged') throw new Error(verdict.kind);
    const finding = { code: 'damaged' as const, damage: verdict.damage, readable: verdict.readable.length };
    const scene = { name: 'stores', sound: edited, dump, finding, live: null };
    await recover(scene, { sends: [RESTORE] }, async (world, { output }) => {
      expect(output?.kind).toBe('recovered');
      await inOtherTab({ factory: world.factory }, async (vault) => {
        expect(textsOf(vault, 'drafts')).toMatchObject({ 'notes/a': { data: { text: 'new' } } });
        expect(textsOf(vault)).toMatchObject({ a: { text: 'made a' }, b: { text: 'made b' } });
      });
    });
  });

  it('[I16] does not happen where the present could not be rebuilt afterwards', async () => {
    const asked = { finding: sound.finding, choice: { kind: 'point', seq: 2 } } as const;
    await recover(sound, {}, async (world) => {
      const writer = world.vault;
      await prepareRecovery(world.recoveryHands, asked);
      expect(world.vault, 'the one writer of a session').toBe(writer);
      // The disk spoils what the session has read long ago.
      await world.set(damaged.dump);
      await expect(prepareRecovery(world.recoveryHands, asked)).rejects.toMatchObject({ class: 'corrupt' });
    });
  });

  it('puts nothing in place that the schema of this build refuses once it is migrated', async () => {
    await recover(damaged, {}, async ({ recoveryHands }) => {
      const rule = { version: 2, isSound: (_: unknown, version: number) => version === 1, migrate: same };
      const hands = { ...recoveryHands, rules: new Map([['notes', rule]]) };
      const asked = { finding: damaged.finding, choice: { kind: 'point', seq: 2 } } as const;
      await expect(prepareRecovery(hands, asked)).rejects.toThrow('fails its check');
    });
  });

  it('reads a damaged page once, however many of its lines are damaged', async () => {
    await recover(damaged, {}, async (world) => {
      const before = world.trace().length;
      const asked = { finding: damaged.finding, choice: { kind: 'empty' } } as const;
      const { plan } = await prepareRecovery(world.recoveryHands, asked);
      const steps = world.trace().slice(before);
      const reads = steps.filter((step) => step.includes(' issue log.get ['));
      expect(reads).toHaveLength(1);
      // Its three lines, which were set aside, and the page.
      expect(plan.quarantine).toHaveLength(4);
    });
  });

  it('[F31] goes on without what cannot be read: that has no copy, and stays where it lies', async () => {
    await recover(noBackup, {}, async (world) => {
      world.arm(unreadable('log', '[1,0]'));
      const asked = { finding: noBackup.finding, choice: { kind: 'empty' } } as const;
      const { plan } = await prepareRecovery(world.recoveryHands, asked);
      expect(plan.quarantine).toEqual([]);
      expect(await world.dump()).toContain('text of note-xx');
    });
  });
});
