import { assign, emit, fromPromise, setup } from 'xstate';
import type { CommitPlan } from '../src/vault/types.ts';
import type { commitMachine } from './commit.machine.ts';
import type { CommitResult, Failure, Tag } from './types.ts';
import type { UndoCheck, UndoFailure, UndoFinding } from './undo.types.ts';

interface Context {
  /** The latest commits that are known to have landed, newest first. */
  readonly known: readonly string[];
  /** The commit to undo, and the id of the commit that undoes it. */
  readonly wanted: { readonly id: string; readonly commitId: string };
  /** Undoing went out, and nothing proved what became of it: by commit, the id it went out with. */
  readonly unproven: Readonly<Record<string, string>>;
  readonly plan: Omit<CommitPlan, 'id'> | null;
  readonly finding: UndoFinding | null;
}

/** Every commit kept what it replaced, so every commit can be undone. An undo is a commit like any other. */
export const undoMachine = setup({
  types: {} as {
    context: Context;
    events:
      | { type: 'UNDO'; id: string; commitId: string }
      | { type: 'CONFIRM' }
      | { type: 'CANCEL' }
      | { type: 'commit.landed'; id: string };
    input: { commits: readonly string[] };
    emitted:
      | { type: 'undone'; id: string; by: string; seq: number }
      | { type: 'undoFailed'; id: string; failure: UndoFailure };
    tags: Tag;
    meta: { title: string };
  },
  actors: {
    checkUndo: fromPromise<UndoCheck, { id: string; commitId: string }>(() =>
      Promise.reject(new Error('`checkUndo` was not provided')),
    ),
    commit: fromPromise(() =>
      Promise.reject(new Error('`commit` was not provided')),
    ) as unknown as typeof commitMachine,
  },
  guards: {
    isKnown: ({ context }, { id }: { id: string }) => context.known.includes(id),
    isUntouchedSince: (_, check: UndoCheck) => check.kind === 'untouched',
    isUndone: (_, check: UndoCheck) => check.kind === 'undone',
    isImpossible: (_, check: UndoCheck) => check.kind === 'impossible',
    isCommitted: (_, result: CommitResult) => result.kind === 'committed',
    mustMerge: (_, result: CommitResult) =>
      result.kind === 'conflicted' || (result.kind === 'refused' && result.why === 'behind'),
  },
  actions: {
    rememberCommit: assign(({ context }, { id }: { id: string }) => ({ known: withCommit(context, id) })),
    // What may have landed is asked for again under the id it went out with: then twice changes nothing.
    want: assign(({ context }, { id, commitId }: { id: string; commitId: string }) => ({
      wanted: { id, commitId: context.unproven[id] ?? commitId },
    })),
    keepPlan: assign((_, check: UndoCheck) => {
      if (check.kind === 'untouched') return { plan: check.plan };
      if (check.kind !== 'touched') return {};
      const { plan, touched } = check;
      return { plan, finding: { code: 'changedSince' as const, touched, left: plan.changes.length } };
    }),
    forget: assign({ plan: null, finding: null }),
    // Known at once, so that an undo can be undone like anything else.
    settle: assign(({ context }) => {
      const { [context.wanted.id]: _, ...unproven } = context.unproven;
      return { unproven, known: withCommit(context, context.wanted.commitId) };
    }),
    doubt: assign(({ context: { unproven, wanted } }) => ({
      unproven: { ...unproven, [wanted.id]: wanted.commitId },
    })),
    noteResult: assign(({ context: { unproven, wanted } }, result: CommitResult) =>
      result.kind === 'unsure' ? { unproven: { ...unproven, [wanted.id]: wanted.commitId } } : {},
    ),
    tellUndone: emit(({ context: { wanted } }, { seq }: { seq: number }) => ({
      type: 'undone' as const,
      id: wanted.id,
      by: wanted.commitId,
      seq,
    })),
    tellFailed: emit(({ context: { wanted } }, failure: UndoFailure) => ({
      type: 'undoFailed' as const,
      id: wanted.id,
      failure,
    })),
  },
}).createMachine({
  id: 'undo',
  description: 'Takes one named commit back, by a commit that writes what it had replaced.',
  context: ({ input }) => ({
    known: input.commits,
    wanted: { id: '', commitId: '' },
    unproven: {},
    plan: null,
    finding: null,
  }),
  initial: 'listening',
  on: {
    'commit.landed': { actions: { type: 'rememberCommit', params: ({ event }) => event } },
  },
  states: {
    listening: {
      tags: ['resting', 'undoable'],
      description: 'Remembers the latest commits; each of them can be undone.',
      entry: 'forget',
      on: {
        UNDO: {
          guard: { type: 'isKnown', params: ({ event }) => event },
          target: 'checking',
          actions: { type: 'want', params: ({ event }) => event },
        },
      },
    },
    checking: {
      tags: ['busy', 'nothing-changed'],
      description: 'Is the commit still there, and was anything of it edited since?',
      entry: 'forget',
      invoke: {
        id: 'checkUndo',
        src: 'checkUndo',
        input: ({ context }) => context.wanted,
        onDone: [
          {
            guard: { type: 'isUntouchedSince', params: ({ event }) => event.output },
            target: 'reverting',
            actions: { type: 'keepPlan', params: ({ event }) => event.output },
          },
          {
            guard: { type: 'isUndone', params: ({ event }) => event.output },
            target: 'listening',
            actions: [
              { type: 'tellUndone', params: ({ event }) => ({ seq: seqOf(event.output) }) },
              'settle',
            ],
          },
          {
            guard: { type: 'isImpossible', params: ({ event }) => event.output },
            target: 'listening',
            actions: { type: 'tellFailed', params: ({ event }) => impossible(event.output) },
          },
          {
            target: 'asking',
            actions: { type: 'keepPlan', params: ({ event }) => event.output },
          },
        ],
        onError: {
          target: 'listening',
          actions: { type: 'tellFailed', params: ({ event }) => uncheckable(event.error) },
        },
      },
    },
    asking: {
      tags: ['needs-user', 'nothing-changed'],
      description: 'Some of it was edited since. The person decides whether the rest is undone.',
      meta: { title: 'undo.asking' },
      on: {
        CONFIRM: { target: 'reverting' },
        CANCEL: { target: 'listening' },
      },
    },
    reverting: {
      tags: ['delegating', 'rolling-back'],
      description: 'What the commit replaced is written back, by one commit.',
      invoke: {
        id: 'commit',
        src: 'commit',
        input: ({ context }) => ({ plan: planOf(context) }),
        onDone: [
          {
            guard: { type: 'isCommitted', params: ({ event }) => event.output },
            target: 'listening',
            actions: [
              { type: 'tellUndone', params: ({ event }) => ({ seq: seqOf(event.output) }) },
              'settle',
            ],
          },
          {
            guard: { type: 'mustMerge', params: ({ event }) => event.output },
            target: 'checking',
          },
          {
            target: 'listening',
            actions: [
              { type: 'noteResult', params: ({ event }) => event.output },
              { type: 'tellFailed', params: ({ event }) => failureOf(event.output) },
            ],
          },
        ],
        // Whoever breaks while writing may have written.
        onError: {
          target: 'listening',
          actions: ['doubt', { type: 'tellFailed', params: { code: 'unsure' } }],
        },
      },
    },
  },
});

/** So many are remembered: more than the Activity list shows. */
const LATEST = 1_000;

function withCommit({ known }: Context, id: string): readonly string[] {
  return known.includes(id) ? known : [id, ...known].slice(0, LATEST);
}

function planOf({ plan, wanted }: Context): CommitPlan {
  if (!plan) throw new Error('Nothing was checked that could be undone');
  return { ...plan, id: wanted.commitId };
}

function seqOf(outcome: UndoCheck | CommitResult): number {
  return outcome.kind === 'undone' || outcome.kind === 'committed' ? outcome.seq : 0;
}

function impossible(check: UndoCheck): UndoFailure {
  return { code: check.kind === 'impossible' ? check.why : 'unknown' };
}

function uncheckable(error: unknown): UndoFailure {
  const { class: errorClass = 'programmer', platformName } = error as Partial<Failure>;
  return { code: 'uncheckable', class: errorClass, platformName };
}

function failureOf(result: CommitResult): UndoFailure {
  switch (result.kind) {
    case 'full':
    case 'unsure':
      return { code: result.kind };
    case 'refused':
      return { code: 'refused', why: result.why };
    case 'failed':
      return { code: 'failed', class: result.class, platformName: result.platformName };
    default:
      throw new Error(`${result.kind} is no failure`);
  }
}
