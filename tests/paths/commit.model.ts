import { expect } from 'vitest';
import type { AnyMachineSnapshot } from 'xstate';
import { commitMachine } from '../../machines/commit.machine.ts';
import type { CommitResult } from '../../machines/types.ts';
import { StorageError } from '../../src/engines/errors.ts';
import { boundServices } from '../../src/services/bound.ts';
import { Timeout } from '../../src/services/deadline.ts';
import { diskFull } from '../simulation/faults/rules.ts';
import type { Rule } from '../simulation/faults/step.ts';
import type { RawDump } from '../simulation/world/dump.ts';
import { testOrigin } from '../support/environment.ts';
import { commitPromises } from './commit.promises.ts';
import { done, failed, type Model } from './kit/model.ts';
import { dumpAfter, foldedAfter, inOtherTab, planOf } from './world/scene.ts';
import { StorageWorld } from './world/world.ts';

/** The plan of every path: it changes note `a`, which was made by the first commit. */
const PLAN = planOf('mine', [['a', { text: 'mine' }, 1]]);
const FIRST = planOf('first', [['a', { text: 'first' }, 0]]);
const THEIRS = planOf('theirs', [['a', { text: 'theirs' }, 1]]);

const before = await dumpAfter([FIRST]);
const landed = await dumpAfter([FIRST, PLAN]);
const overtaken = await dumpAfter([FIRST, THEIRS]);
const folded = await foldedAfter([FIRST]);
/** A fold that died left a page, and another one came to its end since. */
const withLeftOvers: RawDump = {
  ...folded,
  snapshots: [[[0, 1], new Uint8Array([1])], ...(folded.snapshots ?? [])],
};

/** The state that every path begins with, and the record that wins in a conflict. */
async function statesOf() {
  const { indexedDB: factory } = testOrigin();
  const first = await inOtherTab({ factory }, async (vault) => {
    await vault.append(FIRST).outcome;
    return vault.state();
  });
  const theirs = await inOtherTab({ factory }, async (vault) => {
    await vault.append(THEIRS).outcome;
    return vault.state().records.get('notes')?.get('a');
  });
  if (!theirs) throw new Error('The other tab wrote nothing');
  return { first, theirs };
}
const { first, theirs } = await statesOf();

const connectionDead: Rule = ({ kind }) =>
  kind === 'transaction' ? { kind: 'error', name: 'InvalidStateError' } : undefined;
const opensNoMore: Rule = (step) =>
  step.kind === 'open' ? { kind: 'error', name: 'UnknownError' } : connectionDead(step);
const abortsOnce: Rule = ({ kind }) =>
  kind === 'commit' ? { kind: 'error', name: 'AbortError' } : undefined;
const completeUnheard: Rule = ({ kind }) => (kind === 'complete' ? { kind: 'hang' } : undefined);

const lost = new StorageError('connection', 'lost', { platformName: 'InvalidStateError' });
const aborted = new StorageError('transient', 'aborted', { platformName: 'AbortError' });
const notOpened = new StorageError('connection', 'not opened', { platformName: 'UnknownError' });

/** It lands, and the news of it is there when the abort asks. */
async function landUnheard(world: StorageWorld): Promise<void> {
  world.release();
  for (let turn = 0; turn < 200; turn += 1) {
    if ((await world.dump()).includes('mine')) return;
  }
  throw new Error('The held write did not land');
}

export const commitModel: Model<StorageWorld> = {
  machine: commitMachine,
  starts: [
    {
      label: 'commit',
      input: { plan: PLAN },
      arrange: async (world) => {
        await world.set(before);
        await world.load(first);
      },
    },
  ],
  outcomes: [
    {
      label: 'written',
      event: done('writeCommit', { kind: 'committed', id: 'mine', seq: 2 }),
      arrange: (world) => world.set(before),
    },
    {
      label: 'another tab was first',
      event: done('writeCommit', {
        kind: 'conflicted',
        winners: [{ store: 'notes', id: 'a', now: theirs }],
      }),
      arrange: (world) => world.set(overtaken),
    },
    {
      label: 'refused: another tab is newer',
      event: done('writeCommit', { kind: 'refused', why: 'newer' }),
      arrange: async (world) => {
        await world.set(before);
        const newer = planOf('newer', [['b', { text: 'of a newer build' }, 0]]);
        await inOtherTab({ factory: world.factory, version: 2 }, (vault) => vault.append(newer).outcome);
      },
    },
    {
      label: 'storage is full',
      event: done('writeCommit', { kind: 'full' }),
      arrange: async (world) => {
        await world.set(before);
        world.arm(diskFull('abort'));
      },
    },
    {
      label: 'the connection is lost',
      event: failed('writeCommit', lost),
      arrange: async (world) => {
        await world.set(before);
        world.arm(connectionDead);
      },
    },
    {
      label: 'the transaction is aborted',
      event: failed('writeCommit', aborted),
      arrange: async (world) => {
        await world.set(before);
        world.arm(abortsOnce);
      },
    },
    {
      label: 'a mistake of ours',
      event: failed('writeCommit', new StorageError('programmer', 'mistake')),
      arrange: async (world) => {
        await world.set(before);
        world.isMistaken = true;
      },
    },
    {
      label: 'nobody answers the write',
      event: { type: 'xstate.after.writeDeadline.commit.writing' },
      arrange: async (world) => {
        await world.set(before);
        world.hold();
      },
      under: 'writeCommit',
    },
    {
      label: 'given up in time',
      event: done('abortWrite', { kind: 'absent' }),
      arrange: () => {},
    },
    {
      label: 'it had landed',
      event: done('abortWrite', { kind: 'landed', seq: 2 }),
      arrange: landUnheard,
    },
    {
      // The hardest case: it lands, and no news of it ever arrives. Whoever calls that "failed" is wrong.
      label: 'nobody answers the abort',
      event: failed('abortWrite', new Timeout('abortWrite', 5_000)),
      arrange: async (world) => {
        world.keepHolding(completeUnheard);
        await landUnheard(world);
      },
      elapses: true,
    },
    {
      label: 'found in the log',
      event: done('findCommit', { kind: 'landed', seq: 2 }),
      arrange: (world) => world.set(landed),
    },
    {
      label: 'not in the log',
      event: done('findCommit', { kind: 'absent' }),
      arrange: (world) => world.set(before),
    },
    {
      label: 'the log cannot be read',
      event: failed('findCommit', lost),
      arrange: (world) => world.arm(connectionDead),
    },
    {
      label: 'reopened',
      event: done('reopenStorage', undefined),
      arrange: (world) => world.heal(),
    },
    {
      label: 'it does not open',
      event: failed('reopenStorage', notOpened),
      arrange: (world) => world.arm(opensNoMore),
      elapses: true,
    },
    {
      label: 'leftovers are removed',
      event: done('shedOldCopies', undefined),
      arrange: (world) => world.set(withLeftOvers),
    },
    {
      label: 'there is nothing to remove',
      event: failed('shedOldCopies', new StorageError('capacity', 'nothing')),
      arrange: (world) => world.set(before),
    },
  ],
  project: ({ context: { tries, isUncertain, hasMadeRoom, failure } }: AnyMachineSnapshot) => ({
    tries,
    isUncertain,
    hasMadeRoom,
    isMistake: failure.class === 'programmer',
  }),
  world: async () => new StorageWorld(),
  services: (world) => boundServices(world.hands).commit,
  writers: ['writeCommit', 'abortWrite', 'shedOldCopies'],
  promises: commitPromises,
  async atEnd(world, { status, output }) {
    if (status !== 'done') return;
    const { kind } = output as CommitResult;
    const isStored = (await world.dump()).includes(JSON.stringify('"id":"mine","kind"').slice(1, -1));
    if (kind === 'committed') expect(isStored, 'what is called committed is stored').toBe(true);
    else if (kind !== 'unsure') expect(isStored, `what is called ${kind} is not stored`).toBe(false);
  },
};
