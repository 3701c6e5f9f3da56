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
    cannotGoOn: ({ context }, planning: ImportPlanning) =>
      planning.kind === 'noRoom' ||
      planning.kind === 'nothing' ||
      (planning.kind === 'planned' && context.isGoing && planning.preview.commit === null),
    mayGoOn: ({ context }, planning: ImportPlanning) =>
      context.isGoing && planning.kind === 'planned' && isReady(planning.preview, context.selection),
    hasBundle: ({ context }) => context.taken !== null,
    hasConflicts: ({ context: { preview, selection } }) =>
      preview !== null && preview.plan.undecided > 0 && isAgreed(preview, selection),
    hasSelection: ({ context: { preview, selection } }) => preview !== null && isReady(preview, selection),
    isDecided: (_, result: ConflictsResult) => result.kind === 'decided',
    isCommitted: (_, result: CommitResult) => result.kind === 'committed',
    isUnsure: (_, result: CommitResult) => result.kind === 'unsure',
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
        selection: memory?.selection ?? USUAL,
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
      // What was decided a moment ago does not do any more: another tab was there in between.
      const hasMoved = isGoing || (finding?.code === 'previewed' && finding.hasMoved);
      const told = { code: 'previewed' as const, hasMoved };
      return { preview, provenState: preview.provenState, finding: told };
    }),
    keepRefusal: assign((_, planning: ImportPlanning) => {
      if (planning.kind === 'noRoom') {
        const { neededBytes, freeBytes } = planning;
        return { finding: { code: 'noRoom' as const, neededBytes, freeBytes } };
      }
      const code = planning.kind === 'nothing' ? ('nothing' as const) : ('nothingChosen' as const);
      return { finding: { code } };
    }),
    keepLanded: assign((_, planning: ImportPlanning) =>
      planning.kind === 'landed'
        ? { unproven: null, finding: { code: 'applied' as const, id: planning.id, seq: planning.seq } }
        : {},
    ),
    keepDecisions: assign((_, result: ConflictsResult) => ({
      draft: result.draft,
      ...(result.kind === 'decided' && { resolutions: result.resolutions }),
    })),
    goOn: assign({ isGoing: true }),
    look: assign({ isGoing: false, resolutions: new Map() }),
    noteMove: assign({ finding: { code: 'previewed', hasMoved: true } }),
    tell: assign((_, { code, error }: { code: 'undecided' | 'notTaken' | 'unplanned'; error: unknown }) => ({
      finding: { code, ...failureOf(error) },
    })),
    keepApplied: assign((_, result: CommitResult) =>
      result.kind === 'committed'
        ? { unproven: null, finding: { code: 'applied' as const, id: result.id, seq: result.seq } }
        : {},
    ),
    tellNotWritten: assign((_, result: CommitResult) =>
      result.kind === 'committed' || result.kind === 'unsure'
        ? {}
        : { finding: { code: 'notWritten' as const, why: result.kind } },
    ),
    tellUnsure: assign(({ context }) => ({
      unproven: context.preview?.commit?.id ?? null,
      finding: { code: 'unsure' as const },
    })),
    forget: assign({ source: null, taken: null, hash: '', preview: null, selection: USUAL, draft: null }),
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
          actions: { type: 'tell', params: ({ event }) => ({ code: 'notTaken', error: event.error }) },
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
            actions: { type: 'keepLanded', params: ({ event }) => event.output },
          },
          {
            guard: { type: 'cannotGoOn', params: ({ event }) => event.output },
            target: 'refused',
            actions: [{ type: 'keepRefusal', params: ({ event }) => event.output }, 'look'],
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
          actions: [
            { type: 'tell', params: ({ event }) => ({ code: 'unplanned', error: event.error }) },
            'look',
          ],
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
          guard: 'hasBundle',
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
          actions: { type: 'tell', params: ({ event }) => ({ code: 'undecided', error: event.error }) },
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
            actions: { type: 'keepApplied', params: ({ event }) => event.output },
          },
          {
            guard: { type: 'mustMerge', params: ({ event }) => event.output },
            target: 'planning',
            actions: ['look', 'noteMove'],
          },
          {
            guard: { type: 'isUnsure', params: ({ event }) => event.output },
            target: 'refused',
            actions: ['look', 'tellUnsure'],
          },
          {
            target: 'refused',
            actions: ['look', { type: 'tellNotWritten', params: ({ event }) => event.output }],
          },
        ],
        // Whoever breaks while writing may have written.
        onError: { target: 'refused', actions: ['look', 'tellUnsure'] },
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
      output: ({ context: { hash, taken, selection, draft } }): ImportResult => ({
        kind: 'left',
        hash,
        memory: taken ? { selection, draft } : null,
      }),
    },
  },
});

function isAgreed({ plan }: ImportPreview, selection: ImportSelection): boolean {
  return plan.shrinking.length === 0 || selection.isAgreed;
}

/** There is something to write, and nothing left to ask. */
function isReady(preview: ImportPreview, selection: ImportSelection): boolean {
  return preview.commit !== null && preview.plan.undecided === 0 && isAgreed(preview, selection);
}

function wishOf({
  taken,
  selection,
  resolutions,
  label,
  pinName,
  provenState,
  unproven,
}: Context): ImportWish {
  const bundle = taken?.bundle ?? null;
  return { bundle, selection, resolutions, label, pinName, provenState, unproven };
}

function commitOf({ preview }: Context): CommitPlan {
  if (!preview?.commit) throw new Error('Nothing was planned that could be written');
  return preview.commit;
}

function failureOf(error: unknown): Failure {
  const { class: errorClass = 'programmer', platformName } = error as Partial<Failure>;
  return { class: errorClass, platformName };
}
