import { assign, emit, fromPromise, setup } from 'xstate';
import type {
  BootFinding,
  BootInput,
  BootOpened,
  BootOpening,
  BootResult,
  EngineName,
} from './boot.types.ts';
import type { Failure, Tag } from './types.ts';

interface Context extends BootInput {
  readonly engine: EngineName;
  /** Openings of this engine that did not end, at most three. */
  readonly tries: number;
  readonly opened: BootOpened | null;
  readonly finding: BootFinding | null;
}

/** Finds an engine that really works, proves it by writing, and never lets a fallback hide data. */
export const bootMachine = setup({
  types: {} as {
    context: Context;
    events: { type: 'ASK_OTHER_TABS' } | { type: 'RETRY' } | { type: 'USE_FALLBACK' } | { type: 'DEFER' };
    input: BootInput;
    output: BootResult;
    emitted: { type: 'otherTabs.asked' };
    tags: Tag;
    meta: { title: string };
  },
  actors: {
    openStorage: fromPromise<BootOpening, { engine: EngineName }>(() =>
      Promise.reject(new Error('`openStorage` was not provided')),
    ),
    awaitUnblocked: fromPromise<BootOpened, { engine: EngineName }>(() =>
      Promise.reject(new Error('`awaitUnblocked` was not provided')),
    ),
    probeStorage: fromPromise<void, { engine: EngineName }>(() =>
      Promise.reject(new Error('`probeStorage` was not provided')),
    ),
  },
  guards: {
    isOpen: (_, opening: BootOpening) => opening.kind === 'open',
    isNewer: (_, opening: BootOpening) => opening.kind === 'newer',
    isBlocked: (_, opening: BootOpening) => opening.kind === 'blocked',
    canTryAgain: ({ context }) => context.tries < 2,
    // A full disk stops writing, not reading: what is there can be shown, and freed.
    isOnlyFull: ({ context }, { error }: { error: unknown }) =>
      (error as Failure).class === 'capacity' && context.opened?.isCreated === false,
    mayHoldData: ({ context }) => context.mayHoldData,
    hasNextEngine: ({ context }) => context.engine === 'indexeddb' && context.canUseLocalStorage,
  },
  actions: {
    keepOpened: assign((_, opening: BootOpening) => (opening.kind === 'open' ? { opened: opening } : {})),
    // Whoever holds an older version holds a database: there may be data in it, whatever the witness says.
    noteBlocked: assign({ finding: { code: 'blocked' }, mayHoldData: true }),
    blameOpening: assign(({ context }, { failure }: { failure: unknown }) => ({
      finding: findingOf(context, 'notOpened', failure),
    })),
    blameProbe: assign(({ context }, { failure }: { failure: unknown }) => ({
      finding: findingOf(context, 'notWritable', failure),
    })),
    countTry: assign({ tries: ({ context }) => context.tries + 1 }),
    takeNext: assign({ engine: 'localstorage', tries: 0 }),
    takeMemory: assign({ engine: 'memory', tries: 0 }),
    startOver: assign({ engine: 'indexeddb', tries: 0, opened: null, finding: null }),
    askOtherTabs: emit({ type: 'otherTabs.asked' }),
  },
  delays: {
    openBackoff: ({ context }) => 500 * 2 ** context.tries,
  },
}).createMachine({
  id: 'boot',
  description:
    'Finds an engine that really works, and asks before anything stands in for data that may be there.',
  context: ({ input }) => ({
    mayHoldData: input.mayHoldData,
    canUseLocalStorage: input.canUseLocalStorage,
    engine: 'indexeddb',
    tries: 0,
    opened: null,
    finding: null,
  }),
  initial: 'opening',
  states: {
    opening: {
      tags: ['busy', 'loading'],
      description: 'The storage is opened, within a deadline. Nothing is created but empty places.',
      invoke: {
        id: 'openStorage',
        src: 'openStorage',
        input: ({ context }) => ({ engine: context.engine }),
        onDone: [
          {
            guard: { type: 'isOpen', params: ({ event }) => event.output },
            target: 'probing',
            actions: { type: 'keepOpened', params: ({ event }) => event.output },
          },
          { guard: { type: 'isNewer', params: ({ event }) => event.output }, target: 'opened' },
          {
            guard: { type: 'isBlocked', params: ({ event }) => event.output },
            target: 'blocked',
            actions: 'noteBlocked',
          },
          {
            target: 'deciding',
            actions: [
              'countTry',
              { type: 'blameOpening', params: ({ event }) => ({ failure: event.output }) },
            ],
          },
        ],
        onError: [
          { guard: 'canTryAgain', target: 'backingOff', actions: 'countTry' },
          {
            target: 'deciding',
            actions: [
              'countTry',
              { type: 'blameOpening', params: ({ event }) => ({ failure: event.error }) },
            ],
          },
        ],
      },
    },
    backingOff: {
      tags: ['busy', 'loading'],
      description: 'A short pause before opening again.',
      after: { openBackoff: { target: 'opening' } },
    },
    blocked: {
      tags: ['needs-user', 'blocking', 'nothing-changed'],
      description:
        'Another tab uses an older version. Once it is closed or reloaded, this goes on by itself.',
      meta: { title: 'boot.blocked' },
      invoke: {
        id: 'awaitUnblocked',
        src: 'awaitUnblocked',
        input: ({ context }) => ({ engine: context.engine }),
        onDone: {
          target: 'probing',
          actions: { type: 'keepOpened', params: ({ event }) => event.output },
        },
        onError: {
          target: 'deciding',
          actions: ['countTry', { type: 'blameOpening', params: ({ event }) => ({ failure: event.error }) }],
        },
      },
      on: {
        ASK_OTHER_TABS: { actions: 'askOtherTabs' },
        DEFER: { target: 'deferred' },
      },
    },
    probing: {
      tags: ['busy', 'loading'],
      description:
        'Something is written, committed and read back, in a place of its own: only that proves storage.',
      invoke: {
        id: 'probeStorage',
        src: 'probeStorage',
        input: ({ context }) => ({ engine: context.engine }),
        onDone: { target: 'opened' },
        onError: [
          { guard: { type: 'isOnlyFull', params: ({ event }) => event }, target: 'opened' },
          {
            target: 'deciding',
            actions: { type: 'blameProbe', params: ({ event }) => ({ failure: event.error }) },
          },
        ],
      },
    },
    deciding: {
      description: 'Is there another engine, and may it be used unasked? Takes no time.',
      always: [
        { guard: 'mayHoldData', target: 'unavailable' },
        { guard: 'hasNextEngine', target: 'opening', actions: 'takeNext' },
        { target: 'unavailable' },
      ],
    },
    unavailable: {
      tags: ['needs-user', 'blocking', 'nothing-changed'],
      description:
        'The storage cannot be used, and there may be data in it. Nothing stands in for it unasked.',
      meta: { title: 'boot.unavailable' },
      on: {
        RETRY: { target: 'opening', actions: 'startOver' },
        USE_FALLBACK: { target: 'opening', actions: 'takeMemory' },
        DEFER: { target: 'deferred' },
      },
    },
    opened: {
      type: 'final',
      output: ({ context: { opened } }) => ({
        kind: 'opened',
        engine: opened?.engine ?? 'indexeddb',
        access: opened ? 'write' : 'read',
        isDurable: opened?.isDurable ?? true,
        isWiped: opened?.isWiped ?? false,
      }),
    },
    deferred: {
      type: 'final',
      output: ({ context }) => ({ kind: 'deferred', finding: context.finding }),
    },
  },
  output: ({ event }) => event.output as BootResult,
});

/** What a person is told is why the database cannot be used, not why its stand-in cannot. */
function findingOf(
  { engine, tries, mayHoldData, finding }: Context,
  code: 'notOpened' | 'notWritable',
  failure: unknown,
): BootFinding {
  if (engine !== 'indexeddb' && finding) return finding;
  const { class: errorClass = 'programmer', platformName } = failure as Partial<Failure>;
  return { code, tries, mayHoldData, class: errorClass, platformName };
}
