import { describe, expect, it } from 'vitest';
import { createActor, fromPromise } from 'xstate';
import { migrationMachine } from '../../machines/migration.machine.ts';
import { checkConverted, convertStores, planMigration } from '../../src/services/migration.ts';
import { openedBy } from '../../src/services/opened.ts';
import type { Vault } from '../../src/vault/contract.ts';
import { provenPoints, stateAt } from '../../src/vault/points.ts';
import { digestWith } from '../../src/vault/sha256.ts';
import type { CommitPlan } from '../../src/vault/types.ts';
import { commitIn } from '../paths/world/child.ts';
import { replaced } from '../paths/world/damage.ts';
import { NOTES, older } from '../paths/world/olderScenes.ts';
import { OlderWorld } from '../paths/world/olderWorld.ts';
import { dumpAfter, inOtherTab, planOf } from '../paths/world/scene.ts';
import type { Fault } from '../simulation/faults/step.ts';
import type { RawDump } from '../simulation/world/dump.ts';

const digest = digestWith(undefined);

type End = ReturnType<typeof migrationMachine.getInitialSnapshot>;

/** Migrates with the real services and child, until it has ended, or asks, or `turns` have passed. */
async function migrate(
  world: OlderWorld,
  { beforeWriting = async () => {}, turns = 4_000 }: { beforeWriting?(): Promise<void>; turns?: number } = {},
): Promise<End> {
  const commit = commitIn(world);
  const machine = migrationMachine.provide({
    actors: {
      planMigration: fromPromise(() => planMigration(world.hands)),
      convertStores: fromPromise(({ input }) => convertStores(world.hands, input)),
      checkConverted: fromPromise(({ input }) => checkConverted(world.recoveryHands, input)),
      commit: fromPromise(async ({ input }: { input: { plan: CommitPlan } }) => {
        await beforeWriting();
        return commit(input);
      }) as never,
    },
  });
  const actor = createActor(machine, { clock: world.clock });
  actor.start();
  for (let turn = 0; turn < turns; turn += 1) {
    const snapshot = actor.getSnapshot();
    if (snapshot.status !== 'active' || snapshot.hasTag('needs-user')) break;
    await new Promise((resolve) => setTimeout(resolve, 0));
    world.clock.increment(50);
  }
  const end = actor.getSnapshot();
  actor.stop();
  return end;
}

async function withWorld<T>(dump: RawDump, work: (world: OlderWorld) => Promise<T>): Promise<T> {
  const world = new OlderWorld();
  try {
    await world.set(dump);
    return await work(world);
  } finally {
    await world.close();
  }
}

const recordsOf = (vault: Vault) => [...(vault.state().records.get('notes')?.values() ?? [])];
const inOther = <T>(world: OlderWorld, look: (vault: Vault) => T) =>
  inOtherTab({ factory: world.factory, version: 2 }, async (vault) => look(vault));

async function planned(world: OlderWorld) {
  const plan = await planMigration(world.hands);
  if (plan.kind !== 'planned') throw new Error(plan.kind);
  const converted = await convertStores(world.hands, plan);
  if (converted.kind !== 'converted') throw new Error(converted.kind);
  return { state: plan.state, changes: converted.changes, sources: plan.sources, taken: converted.taken };
}

describe('Migration', () => {
  it('[I6] [B27] twice is once, and neither the making nor the last edit of a record changes by it', async () => {
    await withWorld(older, async (world) => {
      const before = await inOther(world, recordsOf);
      expect((await migrate(world)).output).toMatchObject({
        kind: 'migrated',
        steps: [{ store: 'notes', from: 1, to: 2, records: 4 }],
      });
      const after = await inOther(world, recordsOf);
      const times = ({ id, createdAt, updatedAt }: (typeof before)[number]) => [id, createdAt, updatedAt];
      expect(after.map(times)).toEqual(before.map(times));
      expect(after.map(({ version }) => version)).toEqual([2, 2, 2, 2]);
      const dump = await world.dump();
      expect((await migrate(world)).output).toEqual({ kind: 'migrated', steps: [], sources: [], id: null });
      expect(await world.dump()).toBe(dump);
    });
  });

  it.each([
    ['an error', { kind: 'error', name: 'AbortError' }],
    ['a crash', { kind: 'crash' }],
  ] as const)('[I6] is all or nothing, whatever step %s strikes', async (_, fault) => {
    let strikes = 0;
    for (let at = 1; ; at += 1) {
      const isStruck = await withWorld(older, async (world) => {
        let steps = 0;
        world.arm((): Fault | undefined => {
          steps += 1;
          return steps === at ? fault : undefined;
        });
        // A page that died never ends: a few turns are enough for all that it could still do.
        const { output } = await migrate(world, { turns: fault.kind === 'crash' ? 40 : 4_000 });
        const versions = new Set((await inOther(world, recordsOf)).map(({ version }) => version));
        expect(versions.size, `records of one version after step ${at}`).toBe(1);
        if (output?.kind === 'migrated') expect([...versions]).toEqual([2]);
        return steps >= at;
      });
      if (!isStruck) break;
      strikes += 1;
    }
    expect(strikes).toBeGreaterThan(20);
  });

  it('[I6] works on copies: a step that changes what it is given changes nothing that is stored or compared', async () => {
    await withWorld(older, async (world) => {
      world.setStep('changes what it is given');
      const { state, changes } = await planned(world);
      expect(changes.map(({ data }) => data)).toContainEqual({ text: 'text of a', body: 'text of a' });
      expect(state.records.get('notes')?.get('a')?.data).toEqual({ text: 'text of a' });
    });
  });

  it('[I6] writes nothing when a record was left out, or one was made that nobody had', async () => {
    await withWorld(older, async (world) => {
      const found = await planned(world);
      const { changes } = found;
      const check = (these: typeof changes) =>
        checkConverted(world.recoveryHands, { ...found, changes: these });
      expect(await check(changes.slice(1))).toMatchObject({ kind: 'unfaithful', why: 'count', id: 'a' });
      const extra = { store: 'notes', id: 'extra', data: { body: '' }, baseRev: 0 };
      expect(await check([...changes, extra])).toMatchObject({ why: 'count', id: 'extra' });
      expect(await check(changes)).toMatchObject({ kind: 'faithful' });
    });
  });

  it('takes what an older tab writes meanwhile with it, and gives up after three times', async () => {
    await withWorld(older, async (world) => {
      let edits = 0;
      const edit = async () => {
        edits += 1;
        const plan = planOf(`edit ${edits}`, [['a', { text: `edit ${edits}` }, edits]]);
        await inOtherTab({ factory: world.factory }, (vault) => vault.append(plan).outcome);
      };
      const end = await migrate(world, { beforeWriting: edit });
      expect(edits).toBe(3);
      expect(end.context.finding).toEqual({ code: 'notWritten', why: 'conflicted' });
      expect((await migrate(world)).output?.kind).toBe('migrated');
      const notes = await inOther(world, recordsOf);
      expect(notes.find(({ id }) => id === 'a')?.data).toEqual({ body: 'edit 3' });
    });
  });

  it('[I4] leaves a damaged record as it lies, and takes the others', async () => {
    const many = planOf(
      'many',
      Array.from({ length: 12 }, (_, n) => [`n${n}`, { text: `text of n${n}.` }, 0]),
    );
    const dump = replaced(await dumpAfter([many]), 'text of n7.', 'test of n7.');
    await withWorld(dump, async (world) => {
      expect((await migrate(world)).output?.kind).toBe('migrated');
      const state = await inOther(world, (vault) => vault.state());
      expect(state.count.notes).toBe(11);
      expect(state.asides.map(({ aside }) => atob(aside)).join()).toContain('test of n7.');
      expect(await world.dump()).toContain('test of n7.');
    });
  });

  it('[I6] pins what it replaced for thirty days: the point before it can be rebuilt in its old shape', async () => {
    await withWorld(older, async (world) => {
      await migrate(world);
      const { connection } = await openedBy(world.hands.owner);
      const { rules } = world.hands;
      const before = (await provenPoints(connection, { rules, digest })).at(1);
      expect(before?.pin).toEqual({ name: 'migrate', days: 30 });
      const { records } = await stateAt(connection, before?.seq ?? 0, { rules, digest });
      const notes = [...(records.get('notes')?.values() ?? [])];
      expect(notes.map(({ data, version }) => ({ data, version }))).toEqual(
        NOTES.map((id) => ({ data: { text: `text of ${id}` }, version: 1 })),
      );
    });
  });
});
