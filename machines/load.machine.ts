import { assign, fromPromise, setup } from 'xstate';
import type { Stored, VaultState } from '../src/vault/contract.ts';
import type { Envelope } from '../src/vault/types.ts';
import type {
  FlowContext,
  Judgement,
  LoadContext,
  LoadInput,
  LoadReading,
  LoadResult,
} from './load.types.ts';
import type { migrationMachine } from './migration.machine.ts';
import type { MigrationResult } from './migration.types.ts';
import type { recoveryMachine } from './recovery.machine.ts';
import type { RecoveryFinding, RecoveryResult } from './recovery.types.ts';
import type { Failure, FailureClass, Tag } from './types.ts';

/** After these no connection lives, so opening another costs nothing. */
const WITHOUT_CONNECTION: readonly FailureClass[] = ['connection', 'blocked', 'denied', 'vanished'];

/** These may pass by themselves. */
const PASSING: readonly FailureClass[] = ['transient', 'timeout', 'connection', 'blocked'];

/** Each reading begins so. */
const NOTHING_READ: FlowContext = {
  stored: null,
  hasPending: false,
  state: null,
  isFirstRun: false,
  finding: null,
  halted: null,
  readable: [],
  mayReopen: false,
  policy: 'prompt',
};

/** Reads what is stored, judges every record, and hands up only what can be trusted. It writes nothing itself. */
export const loadMachine = setup({
  types: {} as {
    context: LoadContext;
    events: { type: 'DOWNLOAD' } | { type: 'RETRY' } | { type: 'DEFER' };
    input: LoadInput;
    output: LoadResult;
    tags: Tag;
    meta: { title: string };
  },
  actors: {
    readStores: fromPromise<LoadReading, LoadInput>(() => missing('readStores')),
    verifyRecords: fromPromise<Judgement, { stored: Stored | null }>(() => missing('verifyRecords')),
    migration: fromPromise(() => missing('migration')) as unknown as typeof migrationMachine,
    recovery: fromPromise(() => missing('recovery')) as unknown as typeof recoveryMachine,
  },
  guards: {
    isFound: (_, { kind }: LoadReading) => kind === 'found',
    isFirstRun: (_, { kind }: LoadReading) => kind === 'firstRun',
    holdsOnlyLegacy: ({ context }, reading: LoadReading) =>
      !context.migrated && reading.kind === 'firstRun' && reading.hasPending,
    isNewer: (_, { kind }: Judgement) => kind === 'newer',
    // Contained damage is usable: the rest is proven, and what was set aside stays where it lies.
    isUsable: (_, verdict: Judgement) => isUsable(verdict),
    isOutdated: ({ context }, verdict: Judgement) =>
      !context.migrated && (verdict.kind === 'outdated' || (context.hasPending && isUsable(verdict))),
    isDamaged: (_, { kind }: Judgement) => kind === 'damaged',
    isMigrated: (_, { kind }: MigrationResult) => kind === 'migrated',
    isDeferred: (_, { kind }: RecoveryResult) => kind === 'deferred',
    isNewerApp: (_, { error }: { error: unknown }) => (error as Failure).class === 'newer',
    canReadAgain: ({ context }, { error }: { error: unknown }) =>
      context.tries < 2 && PASSING.includes((error as Failure).class),
    mayReopen: ({ context }) => context.mayReopen,
  },
  actions: {
    beginFlow: assign(NOTHING_READ),
    countTry: assign({ tries: ({ context }) => context.tries + 1 }),
    forgetTries: assign({ tries: 0 }),
    keepReading: assign((_, reading: LoadReading) => {
      switch (reading.kind) {
        case 'found':
          return { stored: reading.stored, hasPending: reading.hasPending };
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
        case 'outdated':
          return {};
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
            policy: verdict.policy,
          };
      }
    }),
    blameReading: assign((_, { error }: { error: unknown }) => ({
      finding: { code: 'unreadable' as const, ...failureOf(error) },
      mayReopen: WITHOUT_CONNECTION.includes((error as Failure).class),
    })),
    // The database itself has another shape: nothing of it can be shown here.
    blameNewerApp: assign({ finding: { code: 'newer', found: {} } }),
    // Where it was checked, and then could not be migrated, it may be shown all the same.
    blameChecking: assign(({ context: { state } }, { error }: { error: unknown }) => ({
      finding: { code: 'uncheckable' as const, ...failureOf(error) },
      readable: state ? recordsOf(state) : [],
    })),
    // Sound, and of an older build: one that is still at work beside this one.
    blameOtherTab: assign({
      finding: { code: 'uncheckable', class: 'transient', platformName: undefined },
    }),
    keepMigration: assign((_, result: MigrationResult) =>
      result.kind === 'migrated'
        ? { migrated: { steps: result.steps, sources: result.sources, id: result.id } }
        : { halted: result.finding, readable: result.readable },
    ),
    forgetMigration: assign({ migrated: null }),
    notePolicy: assign({ hasActed: true }),
    keepRecovered: assign((_, result: RecoveryResult) =>
      result.kind === 'recovered' ? { recovered: { id: result.id, count: result.count } } : {},
    ),
    allowReopening: assign({ mayReopen: true }),
  },
  delays: {
    readBackoff: ({ context }) => 250 * 2 ** context.tries,
  },
}).createMachine({
  id: 'load',
  description:
    'Reads head, newest snapshot and the commits after it, checks all of it, and hands up what is sound.',
  context: ({ input }) => startOf(input),
  initial: 'reading',
  states: {
    reading: {
      tags: ['busy', 'loading'],
      description: 'Everything stored is read in one go; nothing of it is believed yet.',
      entry: 'beginFlow',
      invoke: {
        id: 'readStores',
        src: 'readStores',
        input: ({ context }) => ({ isWiped: context.isWiped }),
        onDone: [
          {
            guard: { type: 'isFound', params: ({ event }) => event.output },
            target: 'verifying',
            actions: { type: 'keepReading', params: ({ event }) => event.output },
          },
          { guard: { type: 'holdsOnlyLegacy', params: ({ event }) => event.output }, target: 'migrating' },
          {
            guard: { type: 'isFirstRun', params: ({ event }) => event.output },
            target: 'loaded',
            actions: { type: 'keepReading', params: ({ event }) => event.output },
          },
          {
            target: 'recovering',
            actions: { type: 'keepReading', params: ({ event }) => event.output },
          },
        ],
        onError: [
          {
            guard: { type: 'isNewerApp', params: ({ event }) => event },
            target: 'tooNew',
            actions: 'blameNewerApp',
          },
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
            guard: { type: 'isOutdated', params: ({ event }) => event.output },
            target: 'migrating',
            actions: { type: 'keepVerdict', params: ({ event }) => event.output },
          },
          {
            guard: { type: 'isUsable', params: ({ event }) => event.output },
            target: 'loaded',
            actions: { type: 'keepVerdict', params: ({ event }) => event.output },
          },
          {
            guard: { type: 'isDamaged', params: ({ event }) => event.output },
            target: 'recovering',
            actions: { type: 'keepVerdict', params: ({ event }) => event.output },
          },
          { target: 'unavailable', actions: 'blameOtherTab' },
        ],
        onError: { target: 'unavailable', actions: { type: 'blameChecking', params: ({ event }) => event } },
      },
    },
    migrating: {
      tags: ['delegating', 'migrating'],
      description: 'What older builds and earlier versions left is brought into the shape of this one.',
      invoke: {
        id: 'migration',
        src: 'migration',
        input: {},
        onDone: [
          {
            guard: { type: 'isMigrated', params: ({ event }) => event.output },
            target: 'reading',
            actions: ['forgetTries', { type: 'keepMigration', params: ({ event }) => event.output }],
          },
          { target: 'deferred', actions: { type: 'keepMigration', params: ({ event }) => event.output } },
        ],
        onError: { target: 'unavailable', actions: { type: 'blameChecking', params: ({ event }) => event } },
      },
    },
    recovering: {
      tags: ['delegating', 'blocking'],
      description:
        'Too much is damaged, or all of it is gone: someone, or their policy, decides what is done.',
      invoke: {
        id: 'recovery',
        src: 'recovery',
        input: ({ context }) => ({
          // Nothing else leads here.
          finding: context.finding as RecoveryFinding,
          policy: context.hasActed ? 'prompt' : context.policy,
          point: null,
        }),
        onDone: [
          { guard: { type: 'isDeferred', params: ({ event }) => event.output }, target: 'deferred' },
          {
            target: 'reading',
            actions: ['forgetTries', { type: 'keepRecovered', params: ({ event }) => event.output }],
          },
        ],
        // The finding stays: it is still what is wrong.
        onError: { target: 'unavailable' },
      },
      exit: 'notePolicy',
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
        RETRY: { guard: 'mayReopen', target: 'reading', actions: ['forgetTries', 'forgetMigration'] },
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
        recovered: context.recovered,
        migrated: context.migrated,
      }),
    },
    deferred: {
      type: 'final',
      output: ({ context }) => ({
        kind: 'deferred',
        finding: context.halted ?? context.finding,
        readable: context.readable,
      }),
    },
  },
  output: ({ event }) => event.output as LoadResult,
});

function startOf({ isWiped }: LoadInput): LoadContext {
  return { ...NOTHING_READ, isWiped, tries: 0, hasActed: false, migrated: null, recovered: null };
}

function missing(name: string): Promise<never> {
  return Promise.reject(new Error(`\`${name}\` was not provided`));
}

function failureOf(error: unknown): Failure {
  const { class: errorClass = 'programmer', platformName } = error as Partial<Failure>;
  return { class: errorClass, platformName };
}

function isUsable(verdict: Judgement): boolean {
  return verdict.kind === 'intact' || (verdict.kind === 'damaged' && verdict.state !== null);
}

function recordsOf({ records }: VaultState): Envelope[] {
  return [...records.values()].flatMap((store) => [...store.values()]);
}
