import { describe, expect, it } from 'vitest';
import { createActor, fromPromise, SimulatedClock } from 'xstate';
import { loadMachine } from '../../machines/load.machine.ts';
import type { LoadInput, LoadReading } from '../../machines/load.types.ts';
import { StorageError } from '../../src/engines/errors.ts';
import { Timeout } from '../../src/services/deadline.ts';

/** Loads while every reading fails in one way. */
function loadWhile(error: Error) {
  const clock = new SimulatedClock();
  let readings = 0;
  const readStores = fromPromise<LoadReading, LoadInput>(async () => {
    readings += 1;
    throw error;
  });
  const actor = createActor(loadMachine.provide({ actors: { readStores } }), {
    input: { isWiped: false },
    clock,
  });
  actor.start();
  return {
    actor,
    readings: () => readings,
    async untilAsked() {
      for (let turn = 0; turn < 200 && !actor.getSnapshot().hasTag('needs-user'); turn += 1) {
        await new Promise((resolve) => setTimeout(resolve, 0));
        clock.increment(100);
      }
      return actor.getSnapshot();
    },
  };
}

describe('A reading that fails', () => {
  it.each([
    ['a transaction that was aborted', new StorageError('transient', 'aborted'), 3],
    ['silence', new Timeout('readStores', 20_000), 3],
    ['a lost connection', new StorageError('connection', 'lost'), 3],
    ['denied storage', new StorageError('denied', 'denied'), 1],
    ['a value that cannot be read', new StorageError('corrupt', 'unreadable'), 1],
    ['a mistake of ours', new StorageError('programmer', 'mistake'), 1],
  ])('[F34] [F39] by %s is tried as often as it may pass by itself', async (_, error, times) => {
    const load = loadWhile(error);
    const asked = await load.untilAsked();
    expect(load.readings()).toBe(times);
    // Never defaults: a person is asked, and there is nothing that could be saved.
    expect(asked.value).toBe('unavailable');
    expect(asked.context.state).toBeNull();
  });

  it('is tried as often again when a person asks for it', async () => {
    const load = loadWhile(new StorageError('connection', 'lost'));
    await load.untilAsked();
    load.actor.send({ type: 'RETRY' });
    expect(load.actor.getSnapshot().hasTag('loading')).toBe(true);
    await load.untilAsked();
    expect(load.readings()).toBe(6);
  });

  it.each([
    ['silence', new Timeout('readStores', 20_000)],
    ['an aborted transaction', new StorageError('transient', 'aborted')],
    ['a value that cannot be read', new StorageError('corrupt', 'unreadable')],
  ])(
    '[F31] on a living connection, by %s, is not reopened before what is there was saved',
    async (_, error) => {
      const load = loadWhile(error);
      expect((await load.untilAsked()).can({ type: 'RETRY' })).toBe(false);
      load.actor.send({ type: 'DOWNLOAD' });
      expect(load.actor.getSnapshot().can({ type: 'RETRY' })).toBe(true);
    },
  );

  it.each(['connection', 'blocked', 'denied', 'vanished'] as const)(
    'where no connection lives (%s) may be reopened at once',
    async (errorClass) => {
      const load = loadWhile(new StorageError(errorClass, 'gone'));
      expect((await load.untilAsked()).can({ type: 'RETRY' })).toBe(true);
    },
  );
});
