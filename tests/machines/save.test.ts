import { describe, expect, it } from 'vitest';
import { createActor, fromPromise, SimulatedClock } from 'xstate';
import { saveMachine } from '../../machines/save.machine.ts';
import type { CommitResult } from '../../machines/types.ts';
import type { CommitPlan } from '../../src/vault/types.ts';

/** A document whose commits wait until the test answers them. */
function editing() {
  const clock = new SimulatedClock();
  const plans: CommitPlan[] = [];
  const answers: ((result: CommitResult) => void)[] = [];
  const commit = fromPromise<CommitResult, { plan: CommitPlan }>(({ input }) => {
    plans.push(input.plan);
    return new Promise((resolve) => answers.push(resolve));
  });
  const actor = createActor(saveMachine.provide({ actors: { commit: commit as never } }), {
    clock,
    input: {
      store: 'notes',
      id: 'a',
      label: 'notes',
      place: 'record',
      data: 'stored',
      record: { rev: 7, data: 'stored', lastRev: 7 },
      draft: { rev: 0, data: undefined, lastRev: 0 },
      commitId: 'start',
      plan: null,
    },
  });
  actor.start();
  let edits = 0;
  return {
    actor,
    clock,
    plans,
    type(data: string) {
      edits += 1;
      actor.send({ type: 'EDIT', data, commitId: `edit-${edits}` });
    },
    async answer(result: CommitResult) {
      answers.at(-1)?.(result);
      await new Promise((resolve) => setTimeout(resolve, 0));
    },
  };
}

const landed: CommitResult = { kind: 'committed', id: '', seq: 1 };
const unsure: CommitResult = { kind: 'unsure', class: 'timeout', platformName: undefined };
const failed: CommitResult = { kind: 'failed', class: 'transient', platformName: undefined };

describe('A document under edit', () => {
  it('is saved half a second after the first edit, however steadily someone types', () => {
    const { clock, plans, type } = editing();
    for (let keystroke = 1; keystroke <= 12; keystroke += 1) {
      type(`text ${keystroke}`);
      clock.increment(50);
    }
    expect(plans.map(({ changes }) => changes[0]?.data)).toEqual(['text 10']);
  });

  it('keeps what is typed during a save, and saves it next, from the new revision', async () => {
    const { actor, clock, plans, type, answer } = editing();
    type('one');
    clock.increment(500);
    type('two');
    await answer(landed);
    expect(actor.getSnapshot().hasTag('saved')).toBe(false);
    clock.increment(500);
    expect(plans.map(({ id, changes }) => [id, changes[0]?.data, changes[0]?.baseRev])).toEqual([
      ['edit-1', 'one', 7],
      ['edit-2', 'two', 8],
    ]);
    await answer(landed);
    expect(actor.getSnapshot().hasTag('saved')).toBe(true);
  });

  it('tries again with the same id and the same text what may have landed, and only then what came after', async () => {
    const { clock, plans, type, answer } = editing();
    type('one');
    clock.increment(500);
    type('two');
    await answer(unsure);
    clock.increment(1_000);
    expect(plans[1]).toEqual(plans[0]);
    await answer(landed);
    clock.increment(500);
    expect(plans[2]).toMatchObject({ id: 'edit-2', changes: [{ data: 'two', baseRev: 8 }] });
  });

  it('is not called saved by typing back while a commit may have landed; that is settled first, then the text', async () => {
    const { actor, clock, plans, type, answer } = editing();
    type('one');
    clock.increment(500);
    await answer(unsure);
    type('stored');
    expect(actor.getSnapshot().hasTag('saved')).toBe(false);
    clock.increment(1_000);
    await answer(landed);
    clock.increment(500);
    expect(plans.map(({ id, changes }) => [id, changes[0]?.data])).toEqual([
      ['edit-1', 'one'],
      ['edit-1', 'one'],
      ['edit-2', 'stored'],
    ]);
  });

  it('saves the newest text when the one before is proven not to have landed', async () => {
    const { clock, plans, type, answer } = editing();
    type('one');
    clock.increment(500);
    type('two');
    await answer(failed);
    clock.increment(1_000);
    expect(plans[1]).toMatchObject({ id: 'edit-2', changes: [{ data: 'two', baseRev: 7 }] });
  });

  it('[B43] makes no commit when the text is typed back', () => {
    const { actor, clock, plans, type } = editing();
    type('changed');
    type('stored');
    clock.increment(10_000);
    expect(plans).toEqual([]);
    expect(actor.getSnapshot().hasTag('saved')).toBe(true);
  });

  it('gives up after three tries, says why, and goes on slowly', async () => {
    const { actor, clock, plans, type, answer } = editing();
    type('one');
    clock.increment(500);
    for (const pauseMs of [1_000, 2_000]) {
      await answer(failed);
      expect(actor.getSnapshot().hasTag('busy')).toBe(true);
      clock.increment(pauseMs);
    }
    await answer(failed);
    expect(actor.getSnapshot().hasTag('needs-user')).toBe(true);
    expect(actor.getSnapshot().context.finding).toMatchObject({ code: 'failed', class: 'transient' });
    expect(plans).toHaveLength(3);
    clock.increment(30_000);
    expect(plans).toHaveLength(4);
    await answer(landed);
    expect(actor.getSnapshot().context.finding).toBeNull();
  });

  it('once it has given up, every failure leads back at once, with its reason', async () => {
    const { actor, clock, type, answer } = editing();
    type('one');
    clock.increment(500);
    await answer({ kind: 'full' });
    expect(actor.getSnapshot().context.finding).toEqual({ code: 'full' });
    actor.send({ type: 'SAVE', commitId: 'save' });
    await answer(failed);
    expect(actor.getSnapshot().hasTag('needs-user')).toBe(true);
    expect(actor.getSnapshot().context.finding).toMatchObject({ code: 'failed' });
  });

  it('reads nothing for the echo of its own save', async () => {
    const { actor, clock, type, answer } = editing();
    type('one');
    clock.increment(500);
    await answer(landed);
    actor.send({ type: 'tab.changed', store: 'notes', id: 'a', rev: 8 });
    expect(actor.getSnapshot().hasTag('resting')).toBe(true);
    actor.send({ type: 'tab.changed', store: 'notes', id: 'a', rev: 9 });
    expect(actor.getSnapshot().hasTag('resting')).toBe(false);
  });
});
