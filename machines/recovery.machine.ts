import { assign, fromPromise, setup } from 'xstate';
import type { commitMachine } from './commit.machine.ts';
import type {
  Recovery,
  RecoveryChoice,
  RecoveryFailure,
  RecoveryFinding,
  RecoveryInput,
  RecoveryResult,
  Rescue,
  RestorePoint,
} from './recovery.types.ts';
import type { CommitResult, Failure, Tag } from './types.ts';

interface Context extends RecoveryInput {
  /** The policy, or the backup chosen elsewhere, was taken: it acts once, so a failure ends with a person. */
  readonly hasActed: boolean;
  /** Proven, newest first; null until they were listed. */
  readonly points: readonly RestorePoint[] | null;
  readonly rescue: Rescue | null;
  readonly choice: RecoveryChoice;
  /** A person has seen what will be in place of what is there. */
  readonly hasSeen: boolean;
  readonly recovery: Recovery | null;
  readonly failure: RecoveryFailure | null;
}

/** Explains damage or loss, and carries out one choice. Each choice keeps the damaged bytes. */
export const recoveryMachine = setup({
  types: {} as {
    context: Context;
    events:
      | { type: 'RESTORE'; seq: number }
      | { type: 'RESCUE' }
      | { type: 'RETRY' }
      | { type: 'START_EMPTY' }
      | { type: 'CONFIRM' }
      | { type: 'BACK' }
      | { type: 'CANCEL' }
      | { type: 'DEFER' };
    input: RecoveryInput;
    output: RecoveryResult;
    tags: Tag;
    meta: { title: string };
  },
  actors: {
    listRestorePoints: fromPromise<RestorePoint[]>(() =>
      Promise.reject(new Error('`listRestorePoints` was not provided')),
    ),
    scanRescue: fromPromise<Rescue, { finding: RecoveryFinding }>(() =>
      Promise.reject(new Error('`scanRescue` was not provided')),
    ),
    prepareRecovery: fromPromise<Recovery, { finding: RecoveryFinding; choice: RecoveryChoice }>(() =>
      Promise.reject(new Error('`prepareRecovery` was not provided')),
    ),
    commit: fromPromise(() =>
      Promise.reject(new Error('`commit` was not provided')),
    ) as unknown as typeof commitMachine,
  },
  guards: {
    hasFinding: ({ context }) => context.finding.code !== 'asked',
    policyRestores: ({ context }) => isUnattended(context) && context.policy === 'recover',
    policyClears: ({ context }) => isUnattended(context) && context.policy === 'clear',
    isPointGiven: ({ context }) => !context.hasActed && context.point !== null,
    // Only what was listed, and listed is only what was proven.
    isRestorePoint: ({ context }, { seq }: { seq: number }) =>
      context.points?.some((point) => point.seq === seq) ?? false,
    canRescue: ({ context: { finding } }) => 'readable' in finding && finding.readable > 0,
    isAgreed: ({ context }, { replaced }: Recovery) => context.hasSeen || replaced === 0,
    isCommitted: (_, result: CommitResult) => result.kind === 'committed',
    didNotLand: (_, result: CommitResult) => result.kind !== 'committed' && result.kind !== 'unsure',
  },
  actions: {
    chooseNewest: assign({ choice: { kind: 'newest' }, hasActed: true }),
    chooseEmptyByPolicy: assign({ choice: { kind: 'empty' }, hasActed: true }),
    chooseGiven: assign(({ context }) => ({
      choice: { kind: 'point' as const, seq: context.point ?? 0 },
      hasActed: true,
    })),
    choosePoint: assign((_, { seq }: { seq: number }) => ({
      choice: { kind: 'point' as const, seq },
      hasSeen: false,
    })),
    chooseRescue: assign({ choice: { kind: 'rescue' }, hasSeen: true }),
    chooseEmpty: assign({ choice: { kind: 'empty' }, hasSeen: true }),
    forgetChoice: assign({ recovery: null, rescue: null, hasSeen: false }),
    keepPoints: assign((_, points: RestorePoint[]) => ({ points })),
    keepRescue: assign((_, rescue: Rescue) => ({ rescue })),
    keepRecovery: assign((_, recovery: Recovery) => ({ recovery })),
    blameListing: assign((_, { error }: { error: unknown }) => ({
      points: [],
      failure: failureOf('notListed', error),
    })),
    blameScan: assign((_, { error }: { error: unknown }) => ({ failure: failureOf('notScanned', error) })),
    blamePreparing: assign((_, { error }: { error: unknown }) => ({
      failure: failureOf('notPrepared', error),
    })),
    blameWriting: assign((_, { kind }: CommitResult) =>
      kind === 'committed' || kind === 'unsure'
        ? {}
        : { failure: { code: 'notWritten' as const, why: kind } },
    ),
    forgetFailure: assign({ failure: null }),
  },
}).createMachine({
  id: 'recovery',
  description:
    'Says what is damaged or lost, what is safe, and carries out one choice: by one commit, or not at all.',
  context: ({ input }) => ({
    finding: input.finding,
    policy: input.policy,
    point: input.point,
    hasActed: false,
    points: null,
    rescue: null,
    choice: { kind: 'newest' },
    hasSeen: false,
    recovery: null,
    failure: null,
  }),
  initial: 'listing',
  states: {
    listing: {
      tags: ['busy', 'nothing-changed'],
      description: 'Which backups are there? Only what was rebuilt and checked is offered.',
      entry: 'forgetChoice',
      always: [
        { guard: 'policyRestores', target: 'preparing', actions: 'chooseNewest' },
        { guard: 'policyClears', target: 'preparing', actions: 'chooseEmptyByPolicy' },
        { guard: 'isPointGiven', target: 'preparing', actions: 'chooseGiven' },
      ],
      invoke: {
        id: 'listRestorePoints',
        src: 'listRestorePoints',
        input: {},
        onDone: {
          target: 'choosing',
          actions: { type: 'keepPoints', params: ({ event }) => event.output },
        },
        onError: {
          target: 'choosing',
          actions: { type: 'blameListing', params: ({ event }) => event },
        },
      },
    },
    choosing: {
      tags: ['needs-user', 'nothing-changed'],
      description: 'The choices, and what each of them changes and keeps.',
      meta: { title: 'recovery.choosing' },
      on: {
        RESTORE: {
          guard: { type: 'isRestorePoint', params: ({ event }) => event },
          target: 'preparing',
          actions: { type: 'choosePoint', params: ({ event }) => event },
        },
        RESCUE: { guard: 'canRescue', target: 'scanning' },
        RETRY: { guard: 'hasFinding', target: 'retried' },
        START_EMPTY: { guard: 'hasFinding', target: 'confirmingEmpty' },
        DEFER: { target: 'deferred' },
      },
    },
    scanning: {
      tags: ['busy', 'nothing-changed'],
      description: 'What can still be read, record by record?',
      invoke: {
        id: 'scanRescue',
        src: 'scanRescue',
        input: ({ context }) => ({ finding: context.finding }),
        onDone: {
          target: 'reviewingRescue',
          actions: { type: 'keepRescue', params: ({ event }) => event.output },
        },
        onError: { target: 'choosing', actions: { type: 'blameScan', params: ({ event }) => event } },
      },
    },
    reviewingRescue: {
      tags: ['needs-user', 'nothing-changed'],
      description: 'What was read, for a person to look at before anything is done.',
      meta: { title: 'recovery.reviewingRescue' },
      on: {
        CONFIRM: { target: 'preparing', actions: 'chooseRescue' },
        BACK: { target: 'choosing' },
      },
    },
    confirmingEmpty: {
      tags: ['needs-user', 'nothing-changed'],
      description: 'Start with an empty library? The damaged copy stays in quarantine.',
      meta: { title: 'recovery.confirmingEmpty' },
      on: {
        CONFIRM: { target: 'preparing', actions: 'chooseEmpty' },
        BACK: { target: 'choosing' },
      },
    },
    preparing: {
      tags: ['busy', 'nothing-changed'],
      description: 'The chosen result is checked, record by record, and compared with what is there now.',
      entry: 'forgetFailure',
      invoke: {
        id: 'prepareRecovery',
        src: 'prepareRecovery',
        input: ({ context }) => ({ finding: context.finding, choice: context.choice }),
        onDone: [
          {
            guard: { type: 'isAgreed', params: ({ event }) => event.output },
            target: 'committing',
            actions: { type: 'keepRecovery', params: ({ event }) => event.output },
          },
          {
            target: 'confirming',
            actions: { type: 'keepRecovery', params: ({ event }) => event.output },
          },
        ],
        onError: { target: 'listing', actions: { type: 'blamePreparing', params: ({ event }) => event } },
      },
      on: {
        CANCEL: [{ guard: 'hasFinding', target: 'listing' }, { target: 'deferred' }],
      },
    },
    confirming: {
      tags: ['needs-user', 'nothing-changed'],
      description: 'Something sound would be replaced: a person sees what, before it is.',
      meta: { title: 'recovery.confirming' },
      on: {
        CONFIRM: { target: 'committing' },
        BACK: { target: 'listing' },
        CANCEL: { target: 'deferred' },
      },
    },
    committing: {
      tags: ['delegating', 'applying'],
      description:
        'One commit holds the records, what they replace, and the damaged bytes as they were found.',
      invoke: {
        id: 'commit',
        src: 'commit',
        input: ({ context }) => ({ plan: planOf(context) }),
        onDone: [
          { guard: { type: 'isCommitted', params: ({ event }) => event.output }, target: 'recovered' },
          {
            guard: { type: 'didNotLand', params: ({ event }) => event.output },
            target: 'listing',
            actions: { type: 'blameWriting', params: ({ event }) => event.output },
          },
          { target: 'retried' },
        ],
        onError: { target: 'retried' },
      },
    },
    recovered: {
      type: 'final',
      output: ({ context, event }) => ({
        kind: 'recovered',
        id: context.recovery?.plan.id,
        seq: seqOf(event),
        count: context.recovery?.count,
      }),
    },
    retried: { type: 'final', output: { kind: 'retried' } },
    deferred: { type: 'final', output: { kind: 'deferred' } },
  },
  output: ({ event }) => event.output as RecoveryResult,
});

function isUnattended({ finding, hasActed }: Context): boolean {
  return finding.code !== 'asked' && !hasActed;
}

/** Of the commit that led to the final state. */
function seqOf(event: { type: string }): number {
  const { output } = event as { output?: CommitResult };
  return output?.kind === 'committed' ? output.seq : 0;
}

function planOf({ recovery }: Context): Recovery['plan'] {
  if (!recovery) throw new Error('Nothing was prepared that could be written');
  return recovery.plan;
}

function failureOf(code: 'notListed' | 'notScanned' | 'notPrepared', error: unknown): RecoveryFailure {
  const { class: errorClass = 'programmer', platformName } = error as Partial<Failure>;
  return { code, class: errorClass, platformName };
}
