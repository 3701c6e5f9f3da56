import { assign, fromPromise, setup } from 'xstate';
import type { VaultState } from '../src/vault/contract.ts';
import type { Change, CommitPlan, Envelope } from '../src/vault/types.ts';
import type { commitMachine } from './commit.machine.ts';
import type {
  Converted,
  Faithful,
  FoundSource,
  MigrationFinding,
  MigrationPlan,
  MigrationResult,
  MigrationStep,
  SourceReport,
  Taken,
} from './migration.types.ts';
import type { CommitResult, Failure, Tag } from './types.ts';

interface Context {
  /** Times that it was planned, because another tab wrote meanwhile. */
  readonly plans: number;
  readonly state: VaultState | null;
  readonly steps: readonly MigrationStep[];
  readonly sources: readonly FoundSource[];
  readonly changes: readonly Change[];
  readonly taken: Taken;
  readonly plan: CommitPlan | null;
  readonly reports: readonly SourceReport[];
  readonly isCommitted: boolean;
  readonly finding: MigrationFinding | null;
}

const NOTHING_TAKEN: Taken = { changes: [], quarantine: [], marks: {}, reports: [] };

/** Brings older records into this build's shape: on copies, checked, then one commit that keeps what it replaces. */
export const migrationMachine = setup({
  types: {} as {
    context: Context;
    events: { type: 'RETRY' } | { type: 'DEFER' };
    output: MigrationResult;
    tags: Tag;
    meta: { title: string };
  },
  actors: {
    planMigration: fromPromise<MigrationPlan>(() =>
      Promise.reject(new Error('`planMigration` was not provided')),
    ),
    convertStores: fromPromise<Converted, Pick<Context, 'state' | 'sources'>>(() =>
      Promise.reject(new Error('`convertStores` was not provided')),
    ),
    checkConverted: fromPromise<Faithful, Pick<Context, 'state' | 'sources' | 'changes' | 'taken'>>(() =>
      Promise.reject(new Error('`checkConverted` was not provided')),
    ),
    commit: fromPromise(() =>
      Promise.reject(new Error('`commit` was not provided')),
    ) as unknown as typeof commitMachine,
  },
  guards: {
    hasNothingToDo: (_, plan: MigrationPlan) => plan.kind === 'nothing',
    isConverted: (_, converted: Converted) => converted.kind === 'converted',
    isFaithful: (_, checked: Faithful) => checked.kind === 'faithful',
    isCommitted: (_, result: CommitResult) => result.kind === 'committed',
    // Where another tab was first, what it wrote is migrated as well: from the start.
    canPlanAgain: ({ context }, result: CommitResult) =>
      context.plans < 3 &&
      (result.kind === 'conflicted' || (result.kind === 'refused' && result.why === 'behind')),
  },
  actions: {
    beginPlan: assign(({ context }) => ({
      plans: context.plans + 1,
      state: null,
      steps: [],
      sources: [],
      changes: [],
      taken: NOTHING_TAKEN,
      reports: [],
      plan: null,
      finding: null,
    })),
    forgetPlans: assign({ plans: 0 }),
    keepPlan: assign((_, plan: MigrationPlan) =>
      plan.kind === 'planned'
        ? { state: plan.state, steps: plan.steps, sources: plan.sources }
        : { reports: plan.reports },
    ),
    keepConverted: assign((_, converted: Converted) =>
      converted.kind === 'converted'
        ? { changes: converted.changes, taken: converted.taken, reports: converted.taken.reports }
        : {},
    ),
    keepChecked: assign((_, checked: Faithful) =>
      checked.kind === 'faithful' ? { plan: checked.plan } : {},
    ),
    noteCommitted: assign({ isCommitted: true }),
    blamePlanning: assign((_, { error }: { error: unknown }) => ({
      finding: findingOf('notPlanned', error),
    })),
    blameConverting: assign((_, { error }: { error: unknown }) => ({
      finding: findingOf('notConverted', error),
    })),
    blameChecking: assign((_, { error }: { error: unknown }) => ({
      finding: findingOf('notChecked', error),
    })),
    blameStep: assign((_, converted: Converted) =>
      converted.kind === 'stuck'
        ? {
            finding: {
              code: 'stuck' as const,
              store: converted.store,
              id: converted.id,
              version: converted.version,
            },
          }
        : {},
    ),
    // Copies that are not faithful are not shown either.
    blameCopies: assign((_, checked: Faithful) =>
      checked.kind === 'unfaithful'
        ? {
            changes: [],
            taken: NOTHING_TAKEN,
            finding: {
              code: 'unfaithful' as const,
              why: checked.why,
              store: checked.store,
              id: checked.id,
            },
          }
        : {},
    ),
    blameWriting: assign((_, { kind }: CommitResult) => ({
      finding:
        kind === 'committed' || kind === 'unsure'
          ? { code: 'unsure' as const }
          : { code: 'notWritten' as const, why: kind },
    })),
    doubt: assign({ finding: { code: 'unsure' } }),
  },
}).createMachine({
  id: 'migration',
  description: 'Brings older records into the shape of this build: all of them by one commit, or none.',
  context: {
    plans: 0,
    state: null,
    steps: [],
    sources: [],
    changes: [],
    taken: NOTHING_TAKEN,
    reports: [],
    plan: null,
    isCommitted: false,
    finding: null,
  },
  initial: 'planning',
  states: {
    planning: {
      tags: ['busy', 'migrating', 'nothing-changed'],
      description: 'What is older than this build, and can it be rebuilt as it is now?',
      entry: 'beginPlan',
      invoke: {
        id: 'planMigration',
        src: 'planMigration',
        input: {},
        onDone: [
          {
            guard: { type: 'hasNothingToDo', params: ({ event }) => event.output },
            target: 'migrated',
            actions: { type: 'keepPlan', params: ({ event }) => event.output },
          },
          { target: 'converting', actions: { type: 'keepPlan', params: ({ event }) => event.output } },
        ],
        onError: { target: 'halted', actions: { type: 'blamePlanning', params: ({ event }) => event } },
      },
    },
    converting: {
      tags: ['busy', 'migrating', 'nothing-changed'],
      description: 'Every older record is copied into the new shape. What is stored stays in the old one.',
      invoke: {
        id: 'convertStores',
        src: 'convertStores',
        input: ({ context }) => ({ state: context.state, sources: context.sources }),
        onDone: [
          {
            guard: { type: 'isConverted', params: ({ event }) => event.output },
            target: 'checking',
            actions: { type: 'keepConverted', params: ({ event }) => event.output },
          },
          { target: 'halted', actions: { type: 'blameStep', params: ({ event }) => event.output } },
        ],
        onError: { target: 'halted', actions: { type: 'blameConverting', params: ({ event }) => event } },
      },
    },
    checking: {
      tags: ['busy', 'migrating', 'nothing-changed'],
      description: 'The copies are counted, checked against their schema, and made once more to compare.',
      invoke: {
        id: 'checkConverted',
        src: 'checkConverted',
        input: ({ context }) => ({
          state: context.state,
          sources: context.sources,
          changes: context.changes,
          taken: context.taken,
        }),
        onDone: [
          {
            guard: { type: 'isFaithful', params: ({ event }) => event.output },
            target: 'committing',
            actions: { type: 'keepChecked', params: ({ event }) => event.output },
          },
          { target: 'halted', actions: { type: 'blameCopies', params: ({ event }) => event.output } },
        ],
        onError: { target: 'halted', actions: { type: 'blameChecking', params: ({ event }) => event } },
      },
    },
    committing: {
      tags: ['delegating', 'migrating', 'applying'],
      description: 'One commit holds the new records and the old ones, and is kept for thirty days.',
      invoke: {
        id: 'commit',
        src: 'commit',
        input: ({ context }) => ({ plan: planOf(context) }),
        onDone: [
          {
            guard: { type: 'isCommitted', params: ({ event }) => event.output },
            target: 'migrated',
            actions: 'noteCommitted',
          },
          { guard: { type: 'canPlanAgain', params: ({ event }) => event.output }, target: 'planning' },
          { target: 'halted', actions: { type: 'blameWriting', params: ({ event }) => event.output } },
        ],
        onError: { target: 'halted', actions: 'doubt' },
      },
    },
    halted: {
      tags: ['needs-user', 'blocking'],
      description:
        'The update did not finish. The finding says why, and whether nothing was written for sure.',
      meta: { title: 'migration.halted' },
      on: {
        RETRY: { target: 'planning', actions: 'forgetPlans' },
        DEFER: { target: 'deferred' },
      },
    },
    migrated: {
      type: 'final',
      output: ({ context }) => ({
        kind: 'migrated',
        steps: context.steps,
        sources: context.reports,
        id: context.isCommitted ? (context.plan?.id ?? null) : null,
      }),
    },
    deferred: {
      type: 'final',
      output: ({ context }) => ({
        kind: 'deferred',
        finding: context.finding,
        readable: readableIn(context),
      }),
    },
  },
  output: ({ event }) => event.output as MigrationResult,
});

/** All that verified; in the shape of this build, and with what was taken over, where nothing was found wrong with it. */
function readableIn({ state, changes, taken }: Context): Envelope[] {
  const all = [...(state?.records.values() ?? [])].flatMap((store) => [...store.values()]);
  const shown = new Map(all.map((record) => [keyOf(record), record]));
  for (const { store, id, data, createdAt = '', updatedAt = '' } of [...changes, ...taken.changes]) {
    if (data === undefined) continue;
    const record = shown.get(keyOf({ store, id }));
    // Never stored, so there is nothing that it could be checked against.
    const fresh = { store, id, createdAt, updatedAt, checksum: '', rev: 0, version: 0 };
    shown.set(keyOf({ store, id }), { ...(record ?? fresh), data });
  }
  return [...shown.values()];
}

function keyOf({ store, id }: { store: string; id: string }): string {
  return JSON.stringify([store, id]);
}

function planOf({ plan }: Context): CommitPlan {
  if (!plan) throw new Error('Nothing was checked that could be written');
  return plan;
}

function findingOf(code: 'notPlanned' | 'notConverted' | 'notChecked', error: unknown): MigrationFinding {
  const { class: errorClass = 'programmer', platformName } = error as Partial<Failure>;
  return { code, class: errorClass, platformName };
}
