import { describe, expect, test, vi } from 'vitest';
import { SimulatedClock } from 'xstate';
import { CHARACTERS_BETWEEN_PAUSES, createPace } from '../../../src/bundle/pace.ts';
import { Timeout } from '../../../src/services/deadline.ts';
import type { Progress } from '../../../src/services/importing/hands.ts';
import { inSteps } from '../../../src/services/importing/inSteps.ts';
import { roomFor } from '../../../src/services/importing/roomFor.ts';
import { testEnvironment } from '../../support/environment.ts';

function handsWith(pause: () => Promise<void> = async () => {}) {
  const clock = new SimulatedClock();
  const told: Progress[] = [];
  const environment = { ...testEnvironment(), clock };
  return {
    clock,
    told,
    hands: { environment, pause, progress: (progress: Progress) => told.push(progress) },
  };
}

const options = (signal = new AbortController().signal) =>
  ({ service: 'checkFile', signal, characters: 4 * CHARACTERS_BETWEEN_PAUSES }) as const;

describe('long work', () => {
  test('[I13] says how far it is, and never that it is done before it is', async () => {
    const { hands, told } = handsWith();
    await inSteps(hands, options(), async (paceOptions) => {
      const pace = createPace(paceOptions);
      for (let i = 0; i < 6; i += 1) if (pace.spend(CHARACTERS_BETWEEN_PAUSES)) await pace.rest();
    });
    expect(told.map(({ share }) => share)).toEqual([0.25, 0.5, 0.75, 0.99, 0.99, 0.99]);
  });

  test('[I13] ends when nothing has moved for a while, and not while something does', async () => {
    let resume = () => {};
    const { hands, clock } = handsWith(() => new Promise((resolve) => (resume = resolve)));
    const ended = vi.fn();
    const work = inSteps(hands, options(), async (paceOptions) => {
      const pace = createPace(paceOptions);
      for (;;) if (pace.spend(CHARACTERS_BETWEEN_PAUSES)) await pace.rest();
    });
    work.catch(ended);
    for (let i = 0; i < 3; i += 1) {
      clock.increment(29_000);
      resume();
      await vi.waitFor(() => expect(ended).not.toHaveBeenCalled());
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    clock.increment(30_000);
    await expect(work).rejects.toBeInstanceOf(Timeout);
  });

  test('can be given up, before it began, too', async () => {
    const { hands } = handsWith();
    const reason = new Error('left');
    const work = (paceOptions: Parameters<typeof createPace>[0]) => createPace(paceOptions).rest();
    await expect(inSteps(hands, options(AbortSignal.abort(reason)), work)).rejects.toBe(reason);
    const giveUp = new AbortController();
    const waiting = inSteps(hands, options(giveUp.signal), () => new Promise<void>(() => {}));
    giveUp.abort(reason);
    await expect(waiting).rejects.toBe(reason);
  });
});

describe('room for an import', () => {
  const made = {
    plan: {
      kind: 'import',
      label: '',
      changes: [{ store: 's', id: 'a', data: { text: 'x'.repeat(1_000) }, baseRev: 0 }],
    },
    replaced: [],
    lost: [],
  } as const;
  const estimating = (estimate: () => Promise<StorageEstimate>) => ({
    clock: new SimulatedClock(),
    storageManager: { estimate, persist: async () => false, persisted: async () => false },
  });
  const room = (estimate: () => Promise<StorageEstimate>) => roomFor(estimating(estimate), made as never);

  test('[I14] is asked for before anything is written: three times what changes, and then some', async () => {
    expect(await room(async () => ({ quota: 5_000, usage: 4_000 }))).toEqual({
      neededBytes: 3_768,
      freeBytes: 1_000,
    });
    expect(await room(async () => ({ quota: 1, usage: 4_000 }))).toMatchObject({ freeBytes: 0 });
    expect(await room(async () => ({ quota: 5_000, usage: 1_200 }))).toBeUndefined();
  });

  test('[F22] a browser that says nothing, zero or an error stops nobody', async () => {
    expect(await room(async () => ({}))).toBeUndefined();
    expect(await room(async () => ({ quota: 0, usage: 0 }))).toBeUndefined();
    expect(await room(() => Promise.reject(new Error('denied')))).toBeUndefined();
    const silent = estimating(() => new Promise(() => {}));
    const asked = roomFor(silent, made as never);
    silent.clock.increment(1_000);
    expect(await asked).toBeUndefined();
    expect(await roomFor({ clock: silent.clock }, made as never)).toBeUndefined();
    expect(await roomFor(silent, { plan: null, replaced: [], lost: [] })).toBeUndefined();
  });
});
