import { describe, expect, it } from 'vitest';
import { createActor, fromPromise, SimulatedClock, toPromise } from 'xstate';
import { commitMachine } from '../../machines/commit.machine.ts';
import type { CommitResult, Landing } from '../../machines/types.ts';
import { StorageError } from '../../src/engines/errors.ts';
import type { CommitOutcome, CommitPlan } from '../../src/vault/types.ts';

const PLAN: CommitPlan = { id: 'mine', kind: 'save', label: 'notes', changes: [] };

/** Commits while every write fails in one way; counts what is asked of the storage. */
async function commitWhile(errors: {
  write: StorageError | 'silence';
  find?: StorageError;
  reopen?: StorageError;
}) {
  const clock = new SimulatedClock();
  const asked: string[] = [];
  const ask = <Output, Input>(name: string, error: StorageError | 'silence' | undefined, answer: Output) =>
    fromPromise<Output, Input>(async () => {
      asked.push(name);
      if (error === 'silence') await new Promise(() => {});
      if (error) throw error;
      return answer;
    });
  const machine = commitMachine.provide({
    actors: {
      writeCommit: ask<CommitOutcome, { plan: CommitPlan }>('write', errors.write, { kind: 'full' }),
      abortWrite: ask<Landing, { id: string }>('abort', undefined, { kind: 'absent' }),
      findCommit: ask<Landing, { id: string }>('find', errors.find, { kind: 'absent' }),
      reopenStorage: ask<void, unknown>('reopen', errors.reopen, undefined),
    },
  });
  const actor = createActor(machine, { input: { plan: PLAN }, clock });
  let result: CommitResult | undefined;
  toPromise(actor).then((output) => {
    result = output;
  });
  actor.start();
  let passedMs = 0;
  for (; result === undefined && passedMs < 60_000; passedMs += 50) {
    await new Promise((resolve) => setTimeout(resolve, 0));
    clock.increment(50);
  }
  return { result, asked, passedMs };
}

const transient = new StorageError('transient', 'aborted', { platformName: 'AbortError' });
const lost = new StorageError('connection', 'lost', { platformName: 'UnknownError' });
const mistake = new StorageError('programmer', 'mistake');

describe('A commit that does not get through', () => {
  it('[F34] is written three times at most, and looked up after each', async () => {
    const { result, asked } = await commitWhile({ write: transient });
    expect(asked).toEqual(['write', 'find', 'write', 'find', 'write', 'find']);
    expect(result).toEqual({ kind: 'failed', class: 'transient', platformName: 'AbortError' });
  });

  it('is given up when nobody answers, and written again once that is proven', async () => {
    const { result, asked } = await commitWhile({ write: 'silence' });
    expect(asked).toEqual(['write', 'abort', 'write', 'abort', 'write', 'abort']);
    expect(result).toMatchObject({ kind: 'failed', class: 'timeout' });
  });

  it('is never tried again when it was a mistake of ours, and says so', async () => {
    const { result, asked } = await commitWhile({ write: mistake });
    expect(asked).toEqual(['write', 'find']);
    expect(result).toMatchObject({ kind: 'failed', class: 'programmer' });
  });

  it('[F03] is not tried on a dead connection, and ends unsure when none can be had', async () => {
    const { result, asked } = await commitWhile({ write: lost, find: lost, reopen: lost });
    expect(asked.filter((name) => name === 'write')).toHaveLength(1);
    expect(asked.indexOf('reopen')).toBe(1);
    expect(result).toMatchObject({ kind: 'unsure', class: 'connection' });
  });

  it('[I13] ends within a minute, whatever fails', async () => {
    for (const write of [transient, lost, mistake]) {
      for (const find of [undefined, transient, lost]) {
        for (const reopen of [undefined, lost]) {
          const { passedMs } = await commitWhile({ write, ...(find && { find }), ...(reopen && { reopen }) });
          expect(passedMs).toBeLessThan(60_000);
        }
      }
    }
  });
});
