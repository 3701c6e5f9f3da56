import { afterEach, describe, expect, it } from 'vitest';
import { createActor, fromPromise } from 'xstate';
import { undoMachine } from '../../machines/undo.machine.ts';
import type { UndoFailure } from '../../machines/undo.types.ts';
import { checkUndo } from '../../src/services/undo.ts';
import type { VaultState } from '../../src/vault/contract.ts';
import type { CommitPlan } from '../../src/vault/types.ts';
import { commitIn, ParentWorld } from '../paths/world/child.ts';
import { dumpAfter, inOtherTab, planOf } from '../paths/world/scene.ts';
import { diskFull } from '../simulation/faults/rules.ts';

const FIRST = planOf('first', [
  ['a', { text: 'a' }, 0],
  ['b', { text: 'b' }, 0],
]);
const EDIT = planOf('edit', [['a', { text: 'a edited' }, 1]]);
const DELETION: CommitPlan = { ...planOf('deletion', [['b', undefined, 1]]), kind: 'delete' };
const setting = await dumpAfter([FIRST, EDIT, DELETION]);
const worlds: ParentWorld[] = [];

afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

/** Store, id, data and createdAt of everything: what an undo gives back. */
function stateDump({ records }: VaultState): unknown {
  const all = [...records.values()].flatMap((store) => [...store.values()]);
  const seen = all.map(({ store, id, data, createdAt }) => ({ store, id, data, createdAt }));
  return seen.sort((one, other) => one.id.localeCompare(other.id));
}

/** The real machine with its real services and child over a real vault; what it emits is noted. */
async function undoing() {
  const world = new ParentWorld();
  worlds.push(world);
  await world.set(setting);
  const state = await inOtherTab({ factory: world.factory }, async (vault) => vault.state());
  await world.load(state);
  const told: ({ undone: string } | { failed: UndoFailure })[] = [];
  const asked: CommitPlan[] = [];
  const commit = commitIn(world);
  const machine = undoMachine.provide({
    actors: {
      checkUndo: fromPromise(({ input }) => checkUndo(world.hands, input)),
      commit: fromPromise(async ({ input }: { input: { plan: CommitPlan } }) => {
        asked.push(input.plan);
        return commit(input);
      }) as never,
    },
  });
  const actor = createActor(machine, {
    input: { commits: ['first', 'edit', 'deletion'] },
    clock: world.clock,
  });
  actor.on('undone', ({ id }) => told.push({ undone: id }));
  actor.on('undoFailed', ({ failure }) => told.push({ failed: failure }));
  actor.start();
  const until = async (isOver: () => boolean) => {
    for (let turn = 0; turn < 4_000; turn += 1) {
      if (isOver()) return;
      await new Promise((resolve) => setTimeout(resolve, 0));
      world.clock.increment(50);
    }
    throw new Error('Nothing was told');
  };
  return {
    world,
    actor,
    told,
    asked,
    until,
    now: () => stateDump(world.vault.state()),
    /** Asks, and waits until it was told how that ended or a person is asked. */
    async undo(id: string, commitId: string) {
      const before = told.length;
      actor.send({ type: 'UNDO', id, commitId });
      await until(() => told.length > before || actor.getSnapshot().hasTag('needs-user'));
      return told.at(-1);
    },
  };
}

describe('Undo', () => {
  it('[I17] brings a deleted record back as it was, and takes itself back again', async () => {
    const { undo, now } = await undoing();
    const without = now();
    expect(await undo('deletion', 'undo-1')).toEqual({ undone: 'deletion' });
    expect(now()).toMatchObject([
      { id: 'a', data: { text: 'a edited' } },
      { id: 'b', data: { text: 'b' } },
    ]);
    // Nobody told it of its own commit: it knows.
    expect(await undo('undo-1', 'undo-2')).toEqual({ undone: 'undo-1' });
    expect(now()).toEqual(without);
  });

  it('undoes the commit that is named, and none that came later', async () => {
    const { undo, now } = await undoing();
    expect(await undo('edit', 'undo-1')).toEqual({ undone: 'edit' });
    expect(now()).toMatchObject([{ id: 'a', data: { text: 'a' } }]);
  });

  it('asks when a part was edited since, says what, and leaves that alone', async () => {
    const { undo, actor, world, asked, told, until } = await undoing();
    const both = planOf('both', [
      ['c', { text: 'c' }, 0],
      ['d', { text: 'd' }, 0],
    ]);
    await world.vault.append(both).outcome;
    await world.vault.append(planOf('since', [['d', { text: 'd edited since' }, 1]])).outcome;
    actor.send({ type: 'commit.landed', id: 'both' });
    await undo('both', 'undo-1');
    expect(asked).toEqual([]);
    expect(actor.getSnapshot().context.finding).toEqual({
      code: 'changedSince',
      touched: [{ store: 'notes', id: 'd' }],
      left: 1,
    });
    actor.send({ type: 'CONFIRM' });
    await until(() => told.length > 0);
    const notes = world.vault.state().records.get('notes');
    expect([...(notes ?? [])].map(([id, { data }]) => [id, data])).toEqual([
      ['a', { text: 'a edited' }],
      ['d', { text: 'd edited since' }],
    ]);
  });

  it.each([
    ['edit', { code: 'full' }],
    ['first', { code: 'nothingLeft' }],
  ] as const)('says why %s was not undone', async (id, failure) => {
    const { undo, world, now } = await undoing();
    const before = now();
    world.arm(diskFull('abort'));
    expect(await undo(id, 'undo-1')).toEqual({ failed: failure });
    expect(now()).toEqual(before);
  });

  it('tries what nobody answered for again under the same id, and then tells how it had ended', async () => {
    const { undo, world, asked, told } = await undoing();
    world.isChildBroken = true;
    expect(await undo('edit', 'undo-1')).toEqual({ failed: { code: 'unsure' } });
    world.isChildBroken = false;
    expect(await undo('edit', 'undo-2')).toEqual({ undone: 'edit' });
    expect(asked.map(({ id }) => id)).toEqual(['undo-1', 'undo-1']);
    expect(told).toHaveLength(2);
  });
});
