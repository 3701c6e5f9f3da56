import { describe, expect, it } from 'vitest';
import { createActor, fromPromise, waitFor } from 'xstate';
import { conflictsMachine } from '../../machines/conflicts.machine.ts';
import type { Conflict, ConflictDraft, ConflictSides } from '../../machines/conflicts.types.ts';

const sides: readonly ConflictSides[] = ['both', 'second', 'gone'].map((key) => ({
  key,
  store: 'notes',
  id: key,
  first: { text: 'a' },
  second: { text: 'b' },
  base: undefined,
  canKeepBoth: true,
}));
const row = { path: 'text', first: 'a', second: 'b' };
const conflicts: readonly Conflict[] = [
  { key: 'both', rows: [{ ...row, changed: 'both' as const }], canMerge: true, gone: null },
  { key: 'second', rows: [{ ...row, changed: 'second' as const }], canMerge: true, gone: null },
  { key: 'gone', rows: [], canMerge: false, gone: 'second' as const },
].map((one) => ({ ...one, store: 'notes', id: one.key, same: 0, canKeepBoth: one.gone === null }));

async function choosing(draft: ConflictDraft | null = null, compares = true) {
  const machine = conflictsMachine.provide({
    actors: {
      compareRecords: fromPromise(async () => {
        if (!compares) throw new Error('It cannot be compared');
        return { conflicts };
      }),
    },
  });
  const actor = createActor(machine, { input: { sides, draft } });
  actor.start();
  await waitFor(actor, (snapshot) => snapshot.matches('choosing'));
  return actor;
}

describe('conflicts', () => {
  it('[I5] decides nothing beforehand where both sides changed, or one removed what the other edited', async () => {
    const { decisions, picks } = (await choosing()).getSnapshot().context;
    expect([...decisions]).toEqual([['second', 'merge']]);
    expect(picks.size).toBe(0);
  });

  it('[I5] “the same for the rest” touches nothing that was decided, and does nothing that is not possible', async () => {
    const actor = await choosing();
    actor.send({ type: 'CHOOSE', key: 'both', decision: 'keep-second' });
    actor.send({ type: 'CHOOSE_FOR_REST', decision: 'keep-both' });
    expect(Object.fromEntries(actor.getSnapshot().context.decisions)).toEqual({
      both: 'keep-second',
      second: 'merge',
    });
    actor.send({ type: 'CHOOSE_FOR_REST', decision: 'keep-first' });
    expect(actor.getSnapshot().context.decisions.get('gone')).toBe('keep-first');
    expect(actor.getSnapshot().can({ type: 'APPLY' })).toBe(true);
  });

  it('finds again what was decided, and lets go of what is not possible any more', async () => {
    const draft: ConflictDraft = {
      decisions: new Map([
        ['both', 'merge'],
        ['gone', 'keep-both'],
      ]),
      picks: new Map([['both', new Map([['text', 'second']])]]),
    };
    const compared = (await choosing(draft)).getSnapshot();
    expect(Object.fromEntries(compared.context.decisions)).toEqual({ both: 'merge', second: 'merge' });
    expect(compared.context.picks).toEqual(draft.picks);
    const whole = (await choosing(draft, false)).getSnapshot();
    expect(whole.context.decisions.has('both')).toBe(false);
    expect(whole.can({ type: 'CHOOSE', key: 'both', decision: 'merge' })).toBe(false);
  });

  it('goes from one to the next, and no further', async () => {
    const actor = await choosing();
    const steps = ['PREVIOUS', 'NEXT', 'NEXT', 'NEXT', 'PREVIOUS'] as const;
    const seen = steps.map((type) => {
      actor.send({ type });
      return actor.getSnapshot().context.at;
    });
    expect(seen).toEqual([0, 1, 2, 2, 1]);
  });
});
