import { assign, fromPromise, setup } from 'xstate';
import type { Accepted } from '../src/bundle/verdict.ts';
import type { CommitPlan } from '../src/vault/types.ts';
import type { commitMachine } from './commit.machine.ts';
import type { conflictsMachine } from './conflicts.machine.ts';
import type { ConflictDraft, ConflictsResult, Resolution } from './conflicts.types.ts';
import type {
  ImportFinding,
  ImportInput,
  ImportPlanning,
  ImportPreview,
  ImportResult,
  ImportSelection,
  ImportWish,
} from './import.types.ts';
import type { intakeMachine } from './intake.machine.ts';
import type { IntakeResult, IntakeSource } from './intake.types.ts';
import type { CommitResult, Failure, Tag } from './types.ts';

interface Context extends Omit<ImportInput, 'source'> {
  readonly source: IntakeSource | null;
  readonly hash: string;
  readonly taken: Accepted | null;
  readonly selection: ImportSelection;
  readonly draft: ConflictDraft | null;
  /** What was just decided about conflicts; it goes into one plan, and no other. */
  readonly resolutions: ReadonlyMap<string, Resolution>;
  /** The person pressed the last button, and the plan is made once more with what they decided. */
  readonly isGoing: boolean;
  readonly preview: ImportPreview | null;
  readonly provenState: string | null;
  readonly unproven: string | null;
  readonly finding: ImportFinding | null;
}

/** Adds what is new, takes what only the file changed, and asks about the rest. */
const USUAL: ImportSelection = {
  strategy: 'merge',
  withoutStores: new Set(),
  withoutKinds: new Set(),
  choices: new Map(),
  isAgreed: false,
};

/** Preview, choices, conflicts, then one commit over all stores: a page that dies leaves nothing or everything. */
export const importMachine = setup({
  types: {} as {
    context: Context;
    events:
      | { type: 'SELECT'; selection: Partial<ImportSelection> }
      | { type: 'CONTINUE' }
      | { type: 'CHOOSE_ANOTHER' }
      | { type: 'RETRY' }
      | { type: 'CANCEL' }
      | { type: 'UNDO' }
      | { type: 'CLOSE' };
    input: ImportInput;
    output: ImportResult;
    tags: Tag;
    meta: { title: string };
  },
  actors: {
    planImport: fromPromise<ImportPlanning, ImportWish>(() =>
      Promise.reject(new Error('`planImport` was not provided')),
    ),
    intake: fromPromise(() =>
      Promise.reject(new Error('`intake` was not provided')),
    ) as unknown as typeof intakeMachine,
    conflicts: fromPromise(() =>
      Promise.reject(new Error('`conflicts` was not provided')),
    ) as unknown as typeof conflictsMachine,
    commit: fromPromise(() =>
      Promise.reject(new Error('`commit` was not provided')),
    ) as unknown as typeof commitMachine,
  },
  guards: {
    isAccepted: (_, result: IntakeResult) => result.kind === 'accepted',
    hasLanded: (_, planning: ImportPlanning) => planning.kind === 'landed',
    cannotGoOn: (_, planning: ImportPlanning) => planning.kind === 'refused',
    leavesNothing: ({ context }, planning: ImportPlanning) =>
      context.isGoing && planning.kind === 'planned' && planning.preview.commit === null,
    mayGoOn: ({ context }, planning: ImportPlanning) =>
      context.isGoing && planning.kind === 'planned' && planning.preview.next === 'write',
    hasBundle: ({ context }) => context.taken !== null,
    // While nobody knows whether it was saved, one can only look again.
    maySelect: ({ context: { taken, finding } }) => taken !== null && finding?.code !== 'unsure',
    hasConflicts: ({ context }) => context.preview?.next === 'decide',
    hasSelection: ({ context }) => context.preview?.next === 'write',
    isDecided: (_, result: ConflictsResult) => result.kind === 'decided',
    isCommitted: (_, result: CommitResult) => result.kind === 'committed',
    mustMerge: (_, result: CommitResult) =>
      result.kind === 'conflicted' || (result.kind === 'refused' && result.why === 'behind'),
  },
  actions: {
    keepTaken: assign(({ context: { memories } }, result: IntakeResult) => {
      if (result.kind !== 'accepted') return {};
      const { accepted, hash } = result;
      const memory = memories.get(hash);
      return {
        source: null,
        taken: accepted,
        hash,
        // Consent is not remembered: what would go may be other records by now.
        selection: { ...(memory?.selection ?? USUAL), isAgreed: false },
        draft: memory?.draft ?? null,
      };
    }),
    // Whoever changes what would happen has not agreed to it yet.
    select: assign(({ context }, { selection }: { selection: Partial<ImportSelection> }) => ({
      selection: { ...context.selection, isAgreed: false, ...selection },
      finding: { code: 'previewed' as const, hasMoved: false },
    })),
    keepPreview: assign(({ context: { finding, isGoing } }, planning: ImportPlanning) => {
      if (planning.kind !== 'planned') return {};
      const { preview } = planning;
      // What was decided does not do any more: another tab was there in between.
      const hasMoved = isGoing || (finding?.code === 'previewed' && finding.hasMoved);
      return { preview, provenState: preview.provenState, finding: { code: 'previewed' as const, hasMoved } };
    }),
    keepDecisions: assign((_, result: ConflictsResult) => ({
      draft: result.draft,
      ...(result.kind === 'decided' && { resolutions: result.resolutions }),
    })),
    goOn: assign({ isGoing: true }),
    look: assign({ isGoing: false, resolutions: new Map() }),
    askAgain: assign(({ context }) => ({
      selection: { ...context.selection, isAgreed: false },
      finding: { code: 'previewed' as const, hasMoved: true },
    })),
    tell: assign((_, finding: ImportFinding) => ({ finding })),
    tellPlanning: assign((_, planning: ImportPlanning) =>
      planning.kind === 'planned' ? {} : { finding: planning.finding },
    ),
    tellResult: assign(({ context }, result: CommitResult | { readonly kind: 'unsure' }) => ({
      unproven: result.kind === 'unsure' ? (context.preview?.commit?.id ?? null) : null,
      finding: findingOf(result),
    })),
    forget: assign(({ context }) => ({
      memories: remembered(context),
      source: null,
      taken: null,
      hash: '',
      preview: null,
      selection: USUAL,
      draft: null,
    })),
  },
}).createMachine({
  id: 'import',
  description: 'Takes a file in, shows what it would do, and does it as one commit that can be undone.',
  context: ({ input: { source, memories, label, pinName } }) => ({
    source,
    memories,
    label,
    pinName,
    hash: '',
    taken: null,
    selection: USUAL,
    draft: null,
    resolutions: new Map(),
    isGoing: false,
    preview: null,
    provenState: null,
    unproven: null,
    finding: null,
  }),
  initial: 'taking',
  output: ({ event }) => event.output as ImportResult,
  states: {
    taking: {
      tags: ['delegating', 'nothing-changed'],
      description: 'A file is chosen and checked.',
      invoke: {
        id: 'intake',
        src: 'intake',
        input: ({ context }) => ({ source: context.source }),
        onDone: [
          {
            guard: { type: 'isAccepted', params: ({ event }) => event.output },
            target: 'planning',
            actions: { type: 'keepTaken', params: ({ event }) => event.output },
          },
          { target: 'left' },
        ],
        onError: {
          target: 'refused',
          actions: { type: 'tell', params: ({ event }) => failed('notTaken', event.error) },
        },
      },
    },
    planning: {
      tags: ['busy', 'nothing-changed'],
      description:
        'What the file has is held against what is stored now; the way back is proven to be there.',
      invoke: {
        id: 'planImport',
        src: 'planImport',
        input: ({ context }) => wishOf(context),
        onDone: [
          {
            guard: { type: 'hasLanded', params: ({ event }) => event.output },
            target: 'applied',
            actions: { type: 'tellPlanning', params: ({ event }) => event.output },
          },
          {
            guard: { type: 'cannotGoOn', params: ({ event }) => event.output },
            target: 'refused',
            actions: [{ type: 'tellPlanning', params: ({ event }) => event.output }, 'look'],
          },
          {
            guard: { type: 'leavesNothing', params: ({ event }) => event.output },
            target: 'refused',
            actions: [{ type: 'tell', params: { code: 'nothingChosen' } }, 'look'],
          },
          {
            guard: { type: 'mayGoOn', params: ({ event }) => event.output },
            target: 'committing',
            actions: { type: 'keepPreview', params: ({ event }) => event.output },
          },
          {
            target: 'previewing',
            actions: [{ type: 'keepPreview', params: ({ event }) => event.output }, 'look'],
          },
        ],
        onError: {
          target: 'refused',
          actions: [{ type: 'tell', params: ({ event }) => failed('unplanned', event.error) }, 'look'],
        },
      },
      on: {
        SELECT: {
          target: 'planning',
          reenter: true,
          actions: ['look', { type: 'select', params: ({ event }) => event }],
        },
        CANCEL: { target: 'left' },
      },
    },
    refused: {
      tags: 'needs-user',
      description:
        'Nothing to do, no room, or the writing did not come through: the finding says what is known.',
      meta: { title: 'import.refused' },
      on: {
        RETRY: { guard: 'hasBundle', target: 'planning' },
        SELECT: {
          guard: 'maySelect',
          target: 'planning',
          actions: { type: 'select', params: ({ event }) => event },
        },
        CHOOSE_ANOTHER: { target: 'taking', actions: 'forget' },
        CLOSE: { target: 'left' },
      },
    },
    previewing: {
      tags: ['needs-user', 'nothing-changed'],
      description: 'A person sees what would happen, and chooses.',
      meta: { title: 'import.previewing' },
      on: {
        SELECT: { target: 'planning', actions: { type: 'select', params: ({ event }) => event } },
        CONTINUE: [
          { guard: 'hasConflicts', target: 'resolving' },
          { guard: 'hasSelection', target: 'committing' },
        ],
        CANCEL: { target: 'left' },
      },
    },
    resolving: {
      tags: ['delegating', 'nothing-changed', 'conflict'],
      description: 'Records that both sides changed are decided one by one.',
      invoke: {
        id: 'conflicts',
        src: 'conflicts',
        input: ({ context: { preview, draft } }) => ({ sides: preview?.sides ?? [], draft }),
        onDone: [
          {
            guard: { type: 'isDecided', params: ({ event }) => event.output },
            target: 'planning',
            actions: [{ type: 'keepDecisions', params: ({ event }) => event.output }, 'goOn'],
          },
          {
            target: 'previewing',
            actions: { type: 'keepDecisions', params: ({ event }) => event.output },
          },
        ],
        onError: {
          target: 'previewing',
          actions: { type: 'tell', params: ({ event }) => failed('undecided', event.error) },
        },
      },
    },
    committing: {
      tags: ['delegating', 'applying'],
      description: 'One commit over all stores, all or nothing. It cannot be cancelled any more.',
      invoke: {
        id: 'commit',
        src: 'commit',
        input: ({ context }) => ({ plan: commitOf(context) }),
        onDone: [
          {
            guard: { type: 'isCommitted', params: ({ event }) => event.output },
            target: 'applied',
            actions: { type: 'tellResult', params: ({ event }) => event.output },
          },
          {
            guard: { type: 'mustMerge', params: ({ event }) => event.output },
            target: 'planning',
            actions: ['look', 'askAgain'],
          },
          {
            target: 'refused',
            actions: ['look', { type: 'tellResult', params: ({ event }) => event.output }],
          },
        ],
        // Whoever breaks while writing may have written.
        onError: {
          target: 'refused',
          actions: ['look', { type: 'tellResult', params: { kind: 'unsure' } }],
        },
      },
    },
    applied: {
      tags: ['needs-user', 'undoable'],
      description: 'It is stored, and can be undone as a whole.',
      meta: { title: 'import.applied' },
      on: {
        UNDO: { target: 'imported' },
        CLOSE: { target: 'imported' },
      },
    },
    imported: {
      type: 'final',
      output: ({ context: { finding }, event }): ImportResult => {
        const { id, seq } = finding?.code === 'applied' ? finding : { id: '', seq: 0 };
        return { kind: 'imported', id, seq, isUndoAsked: event.type === 'UNDO' };
      },
    },
    left: {
      type: 'final',
      output: ({ context }): ImportResult => ({ kind: 'left', memories: remembered(context) }),
    },
  },
});

function remembered({ memories, hash, taken, selection, draft }: Context): Context['memories'] {
  return taken ? new Map([...memories, [hash, { selection, draft }]]) : memories;
}

function wishOf({ taken, ...rest }: Context): ImportWish {
  return { ...rest, bundle: taken?.bundle ?? null };
}

function commitOf({ preview }: Context): CommitPlan {
  if (!preview?.commit) throw new Error('Nothing was planned that could be written');
  return preview.commit;
}

function findingOf(result: CommitResult | { readonly kind: 'unsure' }): ImportFinding {
  if (result.kind === 'unsure') return { code: 'unsure' };
  if (result.kind !== 'committed') return { code: 'notWritten', why: result.kind };
  return { code: 'applied', id: result.id, seq: result.seq };
}

function failed(code: 'undecided' | 'notTaken' | 'unplanned', error: unknown): ImportFinding {
  const { class: errorClass = 'programmer', platformName } = error as Partial<Failure>;
  return { code, class: errorClass, platformName };
}
