import { assign, fromPromise, setup } from 'xstate';
import type { CommitPlan, Envelope } from '../src/vault/types.ts';
import type { bootMachine } from './boot.machine.ts';
import type { BootInput, BootResult } from './boot.types.ts';
import type { commitMachine } from './commit.machine.ts';
import type { loadMachine } from './load.machine.ts';
import type { LoadResult } from './load.types.ts';
import type { Loaded, PersistenceFinding, PersistenceResult, WriteBack } from './persistence.types.ts';
import type { CommitResult, Failure, Tag } from './types.ts';

interface Context extends BootInput {
  readonly opened: Extract<BootResult, { kind: 'opened' }> | null;
  /** What was loaded last. */
  readonly loaded: Loaded | null;
  /** What may be looked at while nothing can be changed. */
  readonly readable: readonly Envelope[];
  /** Times that the storage was lost between reading and writing, at most three. */
  readonly starts: number;
  readonly plan: CommitPlan | null;
  readonly finding: PersistenceFinding | null;
  /** Someone has read that the storage is gone, and put the banner away. */
  readonly isFolded: boolean;
}

/** The root: opens, loads, and knows whether writing is possible at all. */
export const persistenceMachine = setup({
  types: {} as {
    context: Context;
    events:
      | { type: 'REVIEW' }
      | { type: 'WRITE_BACK' }
      | { type: 'START_EMPTY' }
      | { type: 'RETRY' }
      | { type: 'DEFER' }
      | { type: 'CLOSE' }
      | { type: 'storage.superseded' }
      | { type: 'storage.vanished' }
      | { type: 'damage.decided' };
    input: BootInput;
    output: PersistenceResult;
    tags: Tag;
    meta: { title: string };
  },
  actors: {
    boot: fromPromise(() => missing('boot')) as unknown as typeof bootMachine,
    load: fromPromise(() => missing('load')) as unknown as typeof loadMachine,
    commit: fromPromise(() => missing('commit')) as unknown as typeof commitMachine,
    startWriting: fromPromise<void, { loaded: Loaded | null }>(() => missing('startWriting')),
    prepareWriteBack: fromPromise<WriteBack>(() => missing('prepareWriteBack')),
    flushAndClose: fromPromise<{ unsaved: number }>(() => missing('flushAndClose')),
  },
  guards: {
    isOpened: (_, result: BootResult) => result.kind === 'opened',
    isLoaded: (_, result: LoadResult) => result.kind === 'loaded',
    isDurable: ({ context }) => context.opened?.isDurable === true,
    canStartAgain: ({ context }) => context.starts < 2,
    isPrepared: (_, { kind }: WriteBack) => kind === 'prepared',
    isCommitted: (_, result: CommitResult) => result.kind === 'committed',
  },
  actions: {
    keepOpened: assign((_, result: BootResult) => (result.kind === 'opened' ? { opened: result } : {})),
    keepBootFinding: assign((_, result: BootResult) =>
      result.kind === 'deferred' ? { finding: { code: 'notOpened' as const, boot: result.finding } } : {},
    ),
    // From here on there is data in this browser, whatever its witness says.
    keepLoaded: assign((_, result: LoadResult) =>
      result.kind === 'loaded' ? { loaded: result, finding: null, mayHoldData: true } : {},
    ),
    keepLoadFinding: assign((_, result: LoadResult) =>
      result.kind === 'deferred'
        ? { readable: result.readable, finding: { code: 'notLoaded' as const, load: result.finding } }
        : {},
    ),
    keepPlan: assign((_, back: WriteBack) => (back.kind === 'prepared' ? { plan: back.plan } : {})),
    forgetFinding: assign({ finding: null, readable: [], plan: null, isFolded: false }),
    forgetDamage: assign(({ context: { loaded } }) => ({ loaded: loaded && { ...loaded, damage: [] } })),
    countStart: assign({ starts: ({ context }) => context.starts + 1 }),
    forgetStarts: assign({ starts: 0 }),
    noteHandedOver: assign((_, { unsaved }: { unsaved: number }) => ({
      finding: { code: 'superseded' as const, isAllSaved: unsaved === 0 },
    })),
    noteNotHandedOver: assign({ finding: { code: 'superseded', isAllSaved: false } }),
    noteVanished: assign({ finding: { code: 'vanished' }, isFolded: false }),
    blameWriteBack: assign((_, result: CommitResult) => ({
      finding: {
        code: 'notWrittenBack' as const,
        why: result.kind === 'committed' ? ('unforeseen' as const) : result.kind,
      },
      isFolded: false,
    })),
    noteOccupied: assign({ finding: { code: 'notWrittenBack', why: 'occupied' }, isFolded: false }),
    doubtWriteBack: assign({ finding: { code: 'notWrittenBack', why: 'unforeseen' }, isFolded: false }),
    blame: assign((_, { error }: { error: unknown }) => ({
      finding: { code: 'broken' as const, ...failureOf(error) },
    })),
    blameOpening: assign((_, { error }: { error: unknown }) => ({
      finding: { code: 'notReopened' as const, ...failureOf(error) },
      isFolded: false,
    })),
    fold: assign({ isFolded: true }),
  },
}).createMachine({
  id: 'persistence',
  description:
    'Opens, loads, and knows whether anything can be written. Nothing is written before it was loaded.',
  context: ({ input }) => ({
    mayHoldData: input.mayHoldData,
    canUseLocalStorage: input.canUseLocalStorage,
    opened: null,
    loaded: null,
    readable: [],
    starts: 0,
    plan: null,
    finding: null,
    isFolded: false,
  }),
  initial: 'opening',
  states: {
    opening: {
      tags: ['delegating', 'loading'],
      description: 'Finding a place that keeps what it is given.',
      entry: 'forgetFinding',
      invoke: {
        id: 'boot',
        src: 'boot',
        input: ({ context }) => ({
          mayHoldData: context.mayHoldData,
          canUseLocalStorage: context.canUseLocalStorage,
        }),
        onDone: [
          {
            guard: { type: 'isOpened', params: ({ event }) => event.output },
            target: 'loading',
            actions: { type: 'keepOpened', params: ({ event }) => event.output },
          },
          {
            target: 'readOnly',
            actions: { type: 'keepBootFinding', params: ({ event }) => event.output },
          },
        ],
        onError: { target: 'failed', actions: { type: 'blame', params: ({ event }) => event } },
      },
    },
    loading: {
      tags: ['delegating', 'loading'],
      description: 'What is stored is read and checked; nothing is shown before that.',
      invoke: {
        id: 'load',
        src: 'load',
        input: ({ context }) => ({ isWiped: context.opened?.isWiped === true }),
        onDone: [
          {
            guard: { type: 'isLoaded', params: ({ event }) => event.output },
            target: 'starting',
            actions: { type: 'keepLoaded', params: ({ event }) => event.output },
          },
          {
            target: 'readOnly',
            actions: { type: 'keepLoadFinding', params: ({ event }) => event.output },
          },
        ],
        onError: { target: 'failed', actions: { type: 'blame', params: ({ event }) => event } },
      },
    },
    starting: {
      tags: ['busy', 'loading'],
      description:
        'The one writer begins where the load ended. At a proven first run the examples are planted.',
      invoke: {
        id: 'startWriting',
        src: 'startWriting',
        input: ({ context }) => ({ loaded: context.loaded }),
        onDone: [
          { guard: 'isDurable', target: 'ready.durable', actions: 'forgetStarts' },
          { target: 'ready.temporary', actions: 'forgetStarts' },
        ],
        onError: [
          // Lost since it was read. Reading again ends in words for a person, where this would end in none.
          { guard: 'canStartAgain', target: 'loading', actions: 'countStart' },
          { target: 'failed', actions: { type: 'blame', params: ({ event }) => event } },
        ],
      },
    },
    ready: {
      initial: 'durable',
      on: {
        'storage.superseded': { target: 'handingOver', actions: 'noteNotHandedOver' },
        'damage.decided': { actions: 'forgetDamage' },
        CLOSE: { target: 'closing' },
      },
      states: {
        durable: {
          tags: ['resting', 'saved'],
          description: 'What is saved outlives the session.',
          on: { 'storage.vanished': { target: '#persistence.lost', actions: 'noteVanished' } },
        },
        temporary: {
          tags: ['resting', 'memory-only'],
          description: 'What is saved is gone with this window.',
        },
      },
    },
    readOnly: {
      tags: ['needs-user', 'read-only'],
      description: 'Someone decides later: what can be read is shown, nothing can be changed.',
      meta: { title: 'persistence.readOnly' },
      on: {
        REVIEW: { target: 'opening' },
        CLOSE: { target: 'closing' },
      },
    },
    handingOver: {
      tags: ['busy', 'read-only'],
      description: 'A newer version wants the database: what is edited is saved, then it is let go.',
      invoke: {
        id: 'flushAndClose',
        src: 'flushAndClose',
        input: {},
        onDone: {
          target: 'superseded',
          actions: { type: 'noteHandedOver', params: ({ event }) => event.output },
        },
        onError: { target: 'superseded' },
      },
    },
    superseded: {
      tags: ['needs-user', 'read-only', 'blocking'],
      description: 'This page is the older one. The finding says whether its edits are stored.',
      meta: { title: 'persistence.superseded' },
      on: { DEFER: { target: 'readOnly' } },
    },
    lost: {
      tags: ['needs-user', 'unsaved', 'save-error'],
      description:
        'The storage was emptied underneath. Memory is the only copy, and nothing is made in its place unasked.',
      meta: { title: 'persistence.lost' },
      on: {
        WRITE_BACK: { target: 'preparing' },
        START_EMPTY: { target: 'opening' },
        DEFER: { actions: 'fold' },
      },
    },
    preparing: {
      tags: ['busy', 'unsaved'],
      description: 'The storage is opened again, and must still be empty: nothing is written over.',
      invoke: {
        id: 'prepareWriteBack',
        src: 'prepareWriteBack',
        input: {},
        onDone: [
          {
            guard: { type: 'isPrepared', params: ({ event }) => event.output },
            target: 'writingBack',
            actions: { type: 'keepPlan', params: ({ event }) => event.output },
          },
          { target: 'lost', actions: 'noteOccupied' },
        ],
        onError: { target: 'lost', actions: { type: 'blameOpening', params: ({ event }) => event } },
      },
    },
    writingBack: {
      tags: ['delegating', 'unsaved', 'applying'],
      description: 'One commit with everything that this page holds.',
      invoke: {
        id: 'commit',
        src: 'commit',
        input: ({ context }) => ({ plan: planOf(context) }),
        onDone: [
          {
            guard: { type: 'isCommitted', params: ({ event }) => event.output },
            target: 'ready.durable',
            actions: 'forgetFinding',
          },
          { target: 'lost', actions: { type: 'blameWriteBack', params: ({ event }) => event.output } },
        ],
        onError: { target: 'lost', actions: 'doubtWriteBack' },
      },
    },
    failed: {
      tags: ['needs-user', 'blocking'],
      description: 'Something that nobody foresaw. Safe mode reads the data without the app.',
      meta: { title: 'persistence.failed' },
      on: {
        RETRY: { target: 'opening', actions: 'forgetStarts' },
        DEFER: { target: 'readOnly' },
      },
    },
    closing: {
      tags: ['busy'],
      description: 'What is edited is saved, then everything is let go.',
      invoke: {
        id: 'flushAndClose',
        src: 'flushAndClose',
        input: {},
        onDone: { target: 'closed' },
        onError: { target: 'closed' },
      },
    },
    closed: { type: 'final', output: { kind: 'closed' } },
  },
  output: { kind: 'closed' },
});

function planOf({ plan }: Context): CommitPlan {
  if (!plan) throw new Error('Nothing was prepared that could be written back');
  return plan;
}

function missing(name: string): Promise<never> {
  return Promise.reject(new Error(`\`${name}\` was not provided`));
}

function failureOf(error: unknown): Failure {
  const { class: errorClass = 'programmer', platformName } = error as Partial<Failure>;
  return { class: errorClass, platformName };
}
