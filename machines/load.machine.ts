import { assign, fromPromise, setup } from 'xstate';
import type { Stored, VaultState } from '../src/vault/contract.ts';
import type { Envelope } from '../src/vault/types.ts';
import type { Failure, FailureClass, Judgement, LoadFinding, LoadReading, LoadResult, Tag } from './types.ts';

/** After these no connection lives, so opening another costs nothing. */
const WITHOUT_CONNECTION: readonly FailureClass[] = ['connection', 'blocked', 'denied', 'newer', 'vanished'];

/** These may pass by themselves. */
const PASSING: readonly FailureClass[] = ['transient', 'timeout', 'connection', 'blocked'];

/** Reads what is stored, judges every record, and hands up only what can be trusted. It writes nothing. */
export const loadMachine = setup({
  types: {} as {
    context: {
      /** Readings of this flow that failed, at most three. */
      tries: number;
      stored: Stored | null;
      /** Verified, and handed up on `loaded`. */
      state: VaultState | null;
      isFirstRun: boolean;
      finding: LoadFinding | null;
      /** Records that passed their checks: all that a read-only session may show. */
      readable: readonly Envelope[];
      /** False while a living connection still reads what the next opening might cost (durability 3.11). */
      mayReopen: boolean;
    };
    events: { type: 'DOWNLOAD' } | { type: 'RETRY' } | { type: 'DEFER' };
    output: LoadResult;
    tags: Tag;
    meta: { title: string };
  },
  actors: {
    readStores: fromPromise<LoadReading>(() => Promise.reject(new Error('`readStores` was not provided'))),
    verifyRecords: fromPromise<Judgement, { stored: Stored | null }>(() =>
      Promise.reject(new Error('`verifyRecords` was not provided')),
    ),
  },
  guards: {
    isFound: (_, reading: LoadReading) => reading.kind === 'found',
    isFirstRun: (_, reading: LoadReading) => reading.kind === 'firstRun',
    isNewer: (_, verdict: Judgement) => verdict.kind === 'newer',
    // Contained damage is usable: the rest is proven, and what was set aside stays where it lies.
    isUsable: (_, verdict: Judgement) =>
      verdict.kind === 'intact' || (verdict.kind === 'damaged' && verdict.state !== null),
    canReadAgain: ({ context }, { error }: { error: unknown }) =>
      context.tries < 2 && PASSING.includes((error as Failure).class),
    mayReopen: ({ context }) => context.mayReopen,
  },
  actions: {
    beginFlow: assign({
      stored: null,
      state: null,
      isFirstRun: false,
      finding: null,
      readable: [],
      mayReopen: false,
    }),
    countTry: assign({ tries: ({ context }) => context.tries + 1 }),
    forgetTries: assign({ tries: 0 }),
    keepReading: assign((_, reading: LoadReading) => {
      switch (reading.kind) {
        case 'found':
          return { stored: reading.stored };
        case 'firstRun':
          return { state: reading.state, isFirstRun: reading.isProven };
        case 'vanished':
          // An empty database holds nothing that opening it again could cost.
          return { finding: { code: 'vanished' as const, witness: reading.witness }, mayReopen: true };
      }
    }),
    keepVerdict: assign((_, verdict: Judgement) => {
      switch (verdict.kind) {
        case 'intact':
          return { state: verdict.state };
        case 'newer':
          return { finding: { code: 'newer' as const, found: verdict.found }, readable: verdict.readable };
        case 'damaged':
          return {
            state: verdict.state,
            finding: {
              code: 'damaged' as const,
              damage: verdict.damage,
              readable: verdict.readable.length,
            },
            readable: verdict.readable,
          };
      }
    }),
    blameReading: assign((_, { error }: { error: unknown }) => ({
      finding: {
        code: 'unreadable' as const,
        class: (error as Partial<Failure>).class ?? 'programmer',
        platformName: (error as Partial<Failure>).platformName,
      },
      mayReopen: WITHOUT_CONNECTION.includes((error as Failure).class),
    })),
    blameChecking: assign((_, { error }: { error: unknown }) => ({
      finding: {
        code: 'uncheckable' as const,
        class: (error as Partial<Failure>).class ?? 'programmer',
        platformName: (error as Partial<Failure>).platformName,
      },
    })),
    allowReopening: assign({ mayReopen: true }),
  },
  delays: {
    readBackoff: ({ context }) => 250 * 2 ** context.tries,
  },
}).createMachine({
  id: 'load',
  description:
    'Reads head, newest snapshot and the commits after it, checks all of it, and hands up what is sound.',
  context: {
    tries: 0,
    stored: null,
    state: null,
    isFirstRun: false,
    finding: null,
    readable: [],
    mayReopen: false,
  },
  initial: 'reading',
  states: {
    reading: {
      tags: ['busy', 'loading'],
      description: 'Everything stored is read in one go; nothing of it is believed yet.',
      entry: 'beginFlow',
      invoke: {
        id: 'readStores',
        src: 'readStores',
        input: {},
        onDone: [
          {
            guard: { type: 'isFound', params: ({ event }) => event.output },
            target: 'verifying',
            actions: { type: 'keepReading', params: ({ event }) => event.output },
          },
          {
            guard: { type: 'isFirstRun', params: ({ event }) => event.output },
            target: 'loaded',
            actions: { type: 'keepReading', params: ({ event }) => event.output },
          },
          {
            target: 'unavailable',
            actions: { type: 'keepReading', params: ({ event }) => event.output },
          },
        ],
        onError: [
          {
            guard: { type: 'canReadAgain', params: ({ event }) => event },
            target: 'backingOff',
            actions: 'countTry',
          },
          { target: 'unavailable', actions: { type: 'blameReading', params: ({ event }) => event } },
        ],
      },
    },
    backingOff: {
      tags: ['busy', 'loading'],
      description: 'A short pause before reading again.',
      after: { readBackoff: { target: 'reading' } },
    },
    verifying: {
      tags: ['busy', 'loading'],
      description: 'Seals, digests and records are checked. Nothing is handed up before they agree.',
      invoke: {
        id: 'verifyRecords',
        src: 'verifyRecords',
        input: ({ context }) => ({ stored: context.stored }),
        onDone: [
          {
            guard: { type: 'isNewer', params: ({ event }) => event.output },
            target: 'tooNew',
            actions: { type: 'keepVerdict', params: ({ event }) => event.output },
          },
          {
            guard: { type: 'isUsable', params: ({ event }) => event.output },
            target: 'loaded',
            actions: { type: 'keepVerdict', params: ({ event }) => event.output },
          },
          {
            target: 'unavailable',
            actions: { type: 'keepVerdict', params: ({ event }) => event.output },
          },
        ],
        onError: { target: 'unavailable', actions: { type: 'blameChecking', params: ({ event }) => event } },
      },
    },
    tooNew: {
      tags: ['needs-user', 'blocking', 'nothing-changed'],
      description: 'A newer version of the app wrote this. It can be looked at and downloaded, not changed.',
      meta: { title: 'load.tooNew' },
      on: { DEFER: { target: 'deferred' } },
    },
    unavailable: {
      tags: ['needs-user', 'blocking'],
      description:
        'The data could not be read, or could not be proven sound. It stays where it is until someone decides.',
      meta: { title: 'load.unavailable' },
      on: {
        DOWNLOAD: { actions: 'allowReopening' },
        RETRY: { guard: 'mayReopen', target: 'reading', actions: 'forgetTries' },
        DEFER: { target: 'deferred' },
      },
    },
    loaded: {
      type: 'final',
      output: ({ context }) => ({
        kind: 'loaded',
        state: context.state,
        isFirstRun: context.isFirstRun,
        damage: context.finding?.code === 'damaged' ? context.finding.damage : [],
      }),
    },
    deferred: {
      type: 'final',
      output: ({ context }) => ({
        kind: 'deferred',
        finding: context.finding,
        readable: context.readable,
      }),
    },
  },
  output: ({ event }) => event.output as LoadResult,
});
