import { assign, fromPromise, setup } from 'xstate';
import type { CommitOutcome, CommitPlan } from '../src/vault/types.ts';
import type { CommitResult, Failure, Landing, Tag } from './types.ts';

/** The only road to storage: one plan, one id, one transaction. An unanswered write is looked up, not assumed. */
export const commitMachine = setup({
  types: {} as {
    context: {
      plan: CommitPlan;
      /** Failures so far. After three it ends: proven, or unsure. */
      tries: number;
      /** A write went out, and nothing has proved yet what became of it. */
      isUncertain: boolean;
      /** Room is made at most once. */
      hasMadeRoom: boolean;
      failure: Failure;
    };
    input: { plan: CommitPlan };
    output: CommitResult;
    tags: Tag;
  },
  actors: {
    writeCommit: fromPromise<CommitOutcome, { plan: CommitPlan }>(() =>
      Promise.reject(new Error('`writeCommit` was not provided')),
    ),
    abortWrite: fromPromise<Landing, { id: string }>(() =>
      Promise.reject(new Error('`abortWrite` was not provided')),
    ),
    findCommit: fromPromise<Landing, { id: string }>(() =>
      Promise.reject(new Error('`findCommit` was not provided')),
    ),
    reopenStorage: fromPromise<void>(() => Promise.reject(new Error('`reopenStorage` was not provided'))),
    shedOldCopies: fromPromise<void>(() => Promise.reject(new Error('`shedOldCopies` was not provided'))),
  },
  guards: {
    isCommitted: (_, outcome: CommitOutcome) => outcome.kind === 'committed',
    isConflicted: (_, outcome: CommitOutcome) => outcome.kind === 'conflicted',
    isFull: (_, outcome: CommitOutcome) => outcome.kind === 'full',
    mayMakeRoom: ({ context }, outcome: CommitOutcome) => outcome.kind === 'full' && !context.hasMadeRoom,
    isConnectionLost: (_, { error }: { error: unknown }) => (error as Failure).class === 'connection',
    hasLanded: (_, landing: Landing) => landing.kind === 'landed',
    // A mistake of ours is never retried: the same call would fail again, and that would hide it.
    canTryAgain: ({ context }) => context.tries < 3 && context.failure.class !== 'programmer',
    isUncertain: ({ context }) => context.isUncertain,
  },
  actions: {
    // Services reject with errors of the engines or with `Timeout`; all of them carry a class.
    blame: assign((_, { error }: { error: unknown }) => ({
      failure: {
        class: (error as Partial<Failure>).class ?? 'programmer',
        platformName: (error as Partial<Failure>).platformName,
      },
    })),
    blameDeadline: assign({ failure: { class: 'timeout', platformName: undefined } }),
    countTry: assign({ tries: ({ context }) => Math.min(context.tries + 1, 3) }),
    doubt: assign({ isUncertain: true }),
    settle: assign({ isUncertain: false }),
    noteRoom: assign({ hasMadeRoom: true }),
  },
  delays: {
    writeDeadline: 10_000,
    writeBackoff: ({ context }) => 150 * 2 ** context.tries,
  },
}).createMachine({
  id: 'commit',
  description: 'One plan over any stores becomes one commit in one transaction, or provably nothing.',
  context: ({ input }) => ({
    plan: input.plan,
    tries: 0,
    isUncertain: false,
    hasMadeRoom: false,
    failure: { class: 'timeout', platformName: undefined },
  }),
  initial: 'writing',
  states: {
    writing: {
      tags: 'busy',
      description: 'The transaction is under way. It counts once the storage says that it is complete.',
      invoke: {
        id: 'writeCommit',
        src: 'writeCommit',
        input: ({ context }) => ({ plan: context.plan }),
        onDone: [
          {
            guard: { type: 'isCommitted', params: ({ event }) => event.output },
            target: 'committed',
          },
          {
            guard: { type: 'isConflicted', params: ({ event }) => event.output },
            target: 'conflicted',
          },
          {
            guard: { type: 'mayMakeRoom', params: ({ event }) => event.output },
            target: 'makingRoom',
          },
          { guard: { type: 'isFull', params: ({ event }) => event.output }, target: 'full' },
          { target: 'refused' },
        ],
        onError: [
          {
            guard: { type: 'isConnectionLost', params: ({ event }) => event },
            target: 'reopening',
            actions: [{ type: 'blame', params: ({ event }) => event }, 'countTry', 'doubt'],
          },
          {
            target: 'confirming',
            actions: [{ type: 'blame', params: ({ event }) => event }, 'countTry', 'doubt'],
          },
        ],
      },
      after: {
        writeDeadline: { target: 'aborting', actions: ['blameDeadline', 'countTry', 'doubt'] },
      },
    },
    aborting: {
      tags: 'busy',
      description:
        'The write took too long and is given up. The storage proves that it landed, or that it did not.',
      invoke: {
        id: 'abortWrite',
        src: 'abortWrite',
        input: ({ context }) => ({ id: context.plan.id }),
        onDone: [
          { guard: { type: 'hasLanded', params: ({ event }) => event.output }, target: 'committed' },
          { guard: 'canTryAgain', target: 'backingOff', actions: 'settle' },
          { target: 'failed' },
        ],
        onError: { target: 'confirming' },
      },
    },
    confirming: {
      tags: 'busy',
      description: 'Nobody answered, so the log is asked whether the commit is in it.',
      invoke: {
        id: 'findCommit',
        src: 'findCommit',
        input: ({ context }) => ({ id: context.plan.id }),
        onDone: [
          { guard: { type: 'hasLanded', params: ({ event }) => event.output }, target: 'committed' },
          { guard: 'canTryAgain', target: 'backingOff', actions: 'settle' },
          { target: 'failed' },
        ],
        onError: [{ guard: 'canTryAgain', target: 'reopening', actions: 'countTry' }, { target: 'unsure' }],
      },
    },
    reopening: {
      tags: 'busy',
      description: 'The connection is gone: a new one is opened. Nothing is tried on a dead one.',
      invoke: {
        id: 'reopenStorage',
        src: 'reopenStorage',
        onDone: { target: 'confirming' },
        onError: [{ guard: 'canTryAgain', target: 'backingOff', actions: 'countTry' }, { target: 'unsure' }],
      },
    },
    backingOff: {
      tags: 'busy',
      description: 'A short pause before the next try.',
      after: {
        writeBackoff: [{ guard: 'isUncertain', target: 'confirming' }, { target: 'writing' }],
      },
    },
    makingRoom: {
      tags: 'busy',
      description:
        'The storage is full: old copies that the retention rules no longer need are removed, once.',
      entry: 'noteRoom',
      invoke: {
        id: 'shedOldCopies',
        src: 'shedOldCopies',
        onDone: { target: 'writing' },
        onError: { target: 'full' },
      },
    },
    committed: {
      type: 'final',
      output: ({ context, event }) => ({
        kind: 'committed',
        id: context.plan.id,
        seq: event.output.seq,
      }),
    },
    conflicted: { type: 'final', output: ({ event }) => event.output },
    refused: { type: 'final', output: ({ event }) => event.output },
    full: { type: 'final', output: { kind: 'full' } },
    failed: {
      type: 'final',
      output: ({ context: { failure } }) => ({
        kind: 'failed',
        class: failure.class,
        platformName: failure.platformName,
      }),
    },
    unsure: {
      type: 'final',
      output: ({ context: { failure } }) => ({
        kind: 'unsure',
        class: failure.class,
        platformName: failure.platformName,
      }),
    },
  },
  output: ({ event }) => event.output as CommitResult,
});
