import { assign, fromPromise, setup } from 'xstate';
import type { Side } from '../src/bundle/fields.ts';
import type { Json } from '../src/vault/types.ts';
import type {
  Comparison,
  Conflict,
  ConflictDraft,
  ConflictSides,
  ConflictsFinding,
  ConflictsInput,
  ConflictsResult,
  Decision,
  MergeCheck,
} from './conflicts.types.ts';
import type { Failure, Tag } from './types.ts';

interface Context {
  readonly sides: readonly ConflictSides[];
  readonly conflicts: readonly Conflict[];
  readonly decisions: ConflictDraft['decisions'];
  readonly picks: ConflictDraft['picks'];
  readonly merged: ReadonlyMap<string, Json>;
  /** The one that is looked at. */
  readonly at: number;
  readonly finding: ConflictsFinding | null;
}

type Choose = { key: string; decision: Decision };
type Pick = { key: string; path: string; side: Side };

/** Decides a set of records that two sides have changed. Where both did, a person says which; it writes nothing. */
export const conflictsMachine = setup({
  types: {} as {
    context: Context;
    events:
      | ({ type: 'CHOOSE' } & Choose)
      | ({ type: 'PICK' } & Pick)
      | { type: 'CHOOSE_FOR_REST'; decision: Decision }
      | { type: 'NEXT' }
      | { type: 'PREVIOUS' }
      | { type: 'APPLY' }
      | { type: 'BACK' };
    input: ConflictsInput;
    output: ConflictsResult;
    tags: Tag;
    meta: { title: string };
  },
  actors: {
    compareRecords: fromPromise<Comparison, { sides: readonly ConflictSides[] }>(() =>
      Promise.reject(new Error('`compareRecords` was not provided')),
    ),
    checkMerged: fromPromise<MergeCheck, { sides: readonly ConflictSides[] } & ConflictDraft>(() =>
      Promise.reject(new Error('`checkMerged` was not provided')),
    ),
  },
  guards: {
    isAllClear: (_, { conflicts }: Comparison) => conflicts.length === 0,
    isSound: (_, check: MergeCheck) => check.kind === 'sound',
    isPossible: ({ context }, { key, decision }: Choose) => {
      const conflict = context.conflicts.find((one) => one.key === key);
      return conflict !== undefined && isPossible(conflict, decision);
    },
    isRow: ({ context }, { key, path }: Pick) =>
      context.conflicts.some((one) => one.key === key && one.rows.some((row) => row.path === path)),
    isAllDecidedOrLater: ({ context }) => context.conflicts.every((conflict) => isDecided(context, conflict)),
    hasNext: ({ context }) => context.at < context.conflicts.length - 1,
    hasPrevious: ({ context }) => context.at > 0,
  },
  actions: {
    // What only one side changed is taken, shown, and can be changed; where both did, nothing is picked beforehand.
    keepConflicts: assign(({ context }, { conflicts }: Comparison) => ({
      conflicts,
      decisions: withOneSided(context, conflicts),
      finding: { code: 'conflicting' as const },
    })),
    keepWholes: assign(({ context }, { error }: { error: unknown }) => ({
      conflicts: context.sides.map(asWhole),
      decisions: withPossible(context, context.sides.map(asWhole)),
      finding: { code: 'uncompared' as const, ...failureOf(error) },
    })),
    choose: assign(({ context }, { key, decision }: Choose) => ({
      decisions: new Map(context.decisions).set(key, decision),
      finding: { code: 'conflicting' as const },
    })),
    pick: assign(({ context }, { key, path, side }: Pick) => ({
      decisions: new Map(context.decisions).set(key, 'merge' as const),
      picks: new Map(context.picks).set(key, new Map(context.picks.get(key)).set(path, side)),
      finding: { code: 'conflicting' as const },
    })),
    chooseForRest: assign(({ context }, { decision }: { decision: Decision }) => ({
      decisions: withRest(context, decision),
    })),
    next: assign({ at: ({ context }) => context.at + 1 }),
    previous: assign({ at: ({ context }) => context.at - 1 }),
    keepMerged: assign((_, check: MergeCheck) => (check.kind === 'sound' ? { merged: check.merged } : {})),
    tellFaults: assign((_, check: MergeCheck) =>
      check.kind === 'unsound' ? { finding: { code: 'unsound' as const, faults: check.faults } } : {},
    ),
    tellUnchecked: assign((_, { error }: { error: unknown }) => ({
      finding: { code: 'unchecked' as const, ...failureOf(error) },
    })),
  },
}).createMachine({
  id: 'conflicts',
  description: 'Two sides have changed the same records. A person decides; nothing is written here.',
  context: ({ input }) => ({
    sides: input.sides,
    conflicts: [],
    decisions: input.draft?.decisions ?? new Map(),
    picks: input.draft?.picks ?? new Map(),
    merged: new Map(),
    at: 0,
    finding: null,
  }),
  initial: 'comparing',
  output: ({ event }) => event.output as ConflictsResult,
  states: {
    comparing: {
      tags: ['busy', 'nothing-changed', 'conflict'],
      description: 'Looks field by field at what differs, and at what both came from.',
      invoke: {
        id: 'compareRecords',
        src: 'compareRecords',
        input: ({ context }) => ({ sides: context.sides }),
        onDone: [
          { guard: { type: 'isAllClear', params: ({ event }) => event.output }, target: 'decided' },
          {
            target: 'choosing',
            actions: { type: 'keepConflicts', params: ({ event }) => event.output },
          },
        ],
        onError: {
          target: 'choosing',
          actions: { type: 'keepWholes', params: ({ event }) => event },
        },
      },
    },
    choosing: {
      tags: ['needs-user', 'nothing-changed', 'conflict'],
      description: 'A person says, record by record or field by field, which side is taken.',
      meta: { title: 'conflicts.choosing' },
      on: {
        CHOOSE: {
          guard: { type: 'isPossible', params: ({ event }) => event },
          actions: { type: 'choose', params: ({ event }) => event },
        },
        PICK: {
          guard: { type: 'isRow', params: ({ event }) => event },
          actions: { type: 'pick', params: ({ event }) => event },
        },
        CHOOSE_FOR_REST: { actions: { type: 'chooseForRest', params: ({ event }) => event } },
        NEXT: { guard: 'hasNext', actions: 'next' },
        PREVIOUS: { guard: 'hasPrevious', actions: 'previous' },
        APPLY: { guard: 'isAllDecidedOrLater', target: 'checking' },
        BACK: { target: 'left' },
      },
    },
    checking: {
      tags: ['busy', 'nothing-changed', 'conflict'],
      description: 'Every merged record is made, and held against its schema and what its content must have.',
      invoke: {
        id: 'checkMerged',
        src: 'checkMerged',
        input: ({ context: { sides, decisions, picks } }) => ({ sides, decisions, picks }),
        onDone: [
          {
            guard: { type: 'isSound', params: ({ event }) => event.output },
            target: 'decided',
            actions: { type: 'keepMerged', params: ({ event }) => event.output },
          },
          {
            target: 'choosing',
            actions: { type: 'tellFaults', params: ({ event }) => event.output },
          },
        ],
        onError: {
          target: 'choosing',
          actions: { type: 'tellUnchecked', params: ({ event }) => event },
        },
      },
    },
    decided: {
      type: 'final',
      output: ({ context }): ConflictsResult => ({
        kind: 'decided',
        resolutions: resolutionsOf(context),
        draft: draftOf(context),
      }),
    },
    left: {
      type: 'final',
      output: ({ context }): ConflictsResult => ({ kind: 'left', draft: draftOf(context) }),
    },
  },
});

function isPossible({ canMerge, canKeepBoth }: Conflict, decision: Decision): boolean {
  if (decision === 'merge') return canMerge;
  return decision !== 'keep-both' || canKeepBoth;
}

function isDecided({ decisions, picks }: Context, { key, rows }: Conflict): boolean {
  const decision = decisions.get(key);
  if (decision !== 'merge') return decision !== undefined;
  return rows.every(({ path, changed }) => changed !== 'both' || picks.get(key)?.has(path));
}

/** What was decided before and can still be done. */
function withPossible({ decisions }: Context, conflicts: readonly Conflict[]): Context['decisions'] {
  return new Map(
    conflicts.flatMap((conflict) => {
      const decision = decisions.get(conflict.key);
      return decision && isPossible(conflict, decision) ? [[conflict.key, decision] as const] : [];
    }),
  );
}

function withOneSided(context: Context, conflicts: readonly Conflict[]): Context['decisions'] {
  const before = withPossible(context, conflicts);
  const clear = conflicts.filter(
    ({ key, canMerge, rows }) =>
      canMerge && !before.has(key) && rows.every(({ changed }) => changed !== 'both'),
  );
  return new Map([...before, ...clear.map(({ key }) => [key, 'merge'] as const)]);
}

function withRest({ conflicts, decisions }: Context, decision: Decision): Context['decisions'] {
  const rest = conflicts.filter((one) => !decisions.has(one.key) && isPossible(one, decision));
  return new Map([...decisions, ...rest.map(({ key }) => [key, decision] as const)]);
}

/** A record of which nothing is known but its two sides. */
function asWhole({ key, store, id, canKeepBoth, first, second }: ConflictSides): Conflict {
  const gone = first === undefined ? 'first' : second === undefined ? 'second' : null;
  return { key, store, id, rows: [], same: 0, canMerge: false, canKeepBoth, gone };
}

function resolutionsOf({ conflicts, decisions, merged }: Context) {
  return new Map(
    conflicts.map(({ key }) => {
      const decision = decisions.get(key) ?? 'later';
      return [key, { decision, merged: decision === 'merge' ? merged.get(key) : undefined }] as const;
    }),
  );
}

function draftOf({ decisions, picks }: Context): ConflictDraft {
  return { decisions, picks };
}

function failureOf(error: unknown): Failure {
  const { class: errorClass = 'programmer', platformName } = error as Partial<Failure>;
  return { class: errorClass, platformName };
}
