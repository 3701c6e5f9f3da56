import { assign, fromPromise, setup } from 'xstate';
import type { Change, CommitPlan, Json } from '../src/vault/types.ts';
import type { commitMachine } from './commit.machine.ts';
import type {
  CommitResult,
  DocumentInput,
  DocumentSides,
  Failure,
  SaveFinding,
  StoredSide,
  Tag,
} from './types.ts';

interface Context extends DocumentInput {
  /** Saves in a row that failed, at most three. */
  readonly tries: number;
  readonly finding: SaveFinding | null;
}

/** One document under edit. The first edit starts the timer and later ones do not, so typing cannot starve the save. */
export const saveMachine = setup({
  types: {} as {
    context: Context;
    events:
      | { type: 'EDIT'; data: Json; commitId: string }
      | { type: 'SAVE'; commitId: string }
      | { type: 'DISCARD'; commitId: string }
      | { type: 'CLOSE' }
      | { type: 'tab.changed'; store: string; id: string; rev: number }
      | { type: 'page.hidden' }
      | { type: 'storage.healed' };
    input: DocumentInput;
    output: { kind: 'closed' };
    tags: Tag;
    meta: { title: string };
  },
  actors: {
    commit: fromPromise(() =>
      Promise.reject(new Error('`commit` was not provided')),
    ) as unknown as typeof commitMachine,
    readRecord: fromPromise<DocumentSides, { store: string; id: string }>(() =>
      Promise.reject(new Error('`readRecord` was not provided')),
    ),
  },
  guards: {
    hasMore: ({ context }) => hasMore(context),
    isUnchanged: ({ context }) => !hasMore(context),
    // The edits were taken back, and the other version is the one that counts now.
    isOvertaken: ({ context }) => !hasMore(context) && context.finding?.code === 'conflicted',
    isDraft: ({ context }) => context.place === 'draft' && context.data !== undefined,
    isDiscarded: ({ context }) => context.place === 'nowhere',
    isThisRecord: ({ context }, changed: { store: string; id: string; rev: number }) =>
      (changed.store === context.store && changed.id === context.id && changed.rev !== context.record.rev) ||
      (changed.store === 'drafts' && changed.id === draftId(context) && changed.rev !== context.draft.rev),
    isCommitted: (_, result: CommitResult) => result.kind === 'committed',
    mustMerge: (_, result: CommitResult) =>
      result.kind === 'conflicted' || (result.kind === 'refused' && result.why === 'behind'),
    isFull: (_, result: CommitResult) => result.kind === 'full',
    canSaveAgain: ({ context }, result: CommitResult) =>
      context.tries < 3 && (result.kind === 'failed' || result.kind === 'unsure'),
  },
  actions: {
    keepEdit: assign(({ context }, edit: { data: Json; commitId: string }) => ({
      data: edit.data,
      commitId: edit.commitId,
      place: context.place === 'nowhere' ? ('draft' as const) : context.place,
    })),
    wantRecord: assign((_, { commitId }: { commitId: string }) => ({ place: 'record' as const, commitId })),
    wantNothing: assign((_, { commitId }: { commitId: string }) => ({ place: 'nowhere' as const, commitId })),
    preparePlan: assign(({ context }) => ({
      plan: planOf(context),
      tries: Math.min(context.tries + 1, 3),
    })),
    noteCommitted: assign(({ context }) => ({ ...sidesAfter(context), plan: null, tries: 0, finding: null })),
    // What may have landed keeps its plan; what is proven not to have landed is planned anew with the newest text.
    noteFailed: assign(({ context }, result: CommitResult) => ({
      plan: result.kind === 'unsure' ? context.plan : null,
      finding: findingOf(result),
    })),
    noteBroken: assign((_, { error }: { error: unknown }) => ({
      finding: {
        code: 'failed' as const,
        class: (error as Partial<Failure>).class ?? 'programmer',
        platformName: (error as Partial<Failure>).platformName,
      },
    })),
    takeOver: assign(({ context }, { record, draft }: DocumentSides) => ({
      record,
      draft,
      data: draft.rev > 0 ? draft.data : record.data,
      tries: 0,
      finding: null,
      place: draft.rev > 0 ? ('draft' as const) : record.rev > 0 ? ('record' as const) : context.place,
    })),
    // From here on it is tried slowly, and each failure leads back at once.
    endTries: assign({ tries: 3 }),
    // What another tab did still holds when the edits are taken back; what failed here does not.
    forgetFailures: assign({
      tries: 0,
      finding: ({ context: { finding } }) => (finding?.code === 'refused' ? finding : null),
    }),
  },
  delays: {
    autosaveDelay: 500,
    saveBackoff: ({ context }) => 1000 * 2 ** (context.tries - 1),
    slowRetry: 30_000,
  },
}).createMachine({
  id: 'save',
  description: 'Keeps the text of one document safe while someone types, and says how far it has got.',
  context: ({ input }) => ({
    store: input.store,
    id: input.id,
    label: input.label,
    place: input.place,
    data: input.data,
    record: input.record,
    draft: input.draft,
    commitId: input.commitId,
    plan: input.plan,
    tries: 0,
    finding: null,
  }),
  initial: 'clean',
  on: {
    EDIT: { actions: { type: 'keepEdit', params: ({ event }) => event } },
    SAVE: { actions: { type: 'wantRecord', params: ({ event }) => event } },
    DISCARD: { guard: 'isDraft', actions: { type: 'wantNothing', params: ({ event }) => event } },
  },
  states: {
    clean: {
      tags: ['resting', 'saved', 'safe-to-close'],
      description: 'What is in memory is what is stored.',
      always: [
        { guard: 'hasMore', target: 'edited' },
        { guard: 'isDiscarded', target: 'closed' },
      ],
      on: {
        EDIT: { target: 'edited', actions: { type: 'keepEdit', params: ({ event }) => event } },
        SAVE: {
          guard: 'isDraft',
          target: 'saving',
          actions: { type: 'wantRecord', params: ({ event }) => event },
        },
        'tab.changed': {
          guard: { type: 'isThisRecord', params: ({ event }) => event },
          target: 'refreshing',
        },
        CLOSE: { target: 'closed' },
      },
    },
    refreshing: {
      tags: ['busy', 'saved', 'safe-to-close'],
      description:
        'The record was changed elsewhere and nothing was edited here: the new text is taken over quietly.',
      invoke: {
        id: 'readRecord',
        src: 'readRecord',
        input: ({ context }) => ({ store: context.store, id: context.id }),
        onDone: {
          target: 'clean',
          actions: { type: 'takeOver', params: ({ event }) => event.output },
        },
        // The old text is safe: the next save is checked against the stored revision.
        onError: { target: 'clean' },
      },
      on: {
        EDIT: { target: 'edited', actions: { type: 'keepEdit', params: ({ event }) => event } },
      },
    },
    edited: {
      tags: ['busy', 'unsaved'],
      description:
        'There are edits that are not stored yet; they are saved half a second after the first one.',
      after: {
        autosaveDelay: [{ guard: 'isUnchanged', target: 'clean' }, { target: 'saving' }],
      },
      on: {
        SAVE: [
          {
            guard: 'isUnchanged',
            target: 'clean',
            actions: { type: 'wantRecord', params: ({ event }) => event },
          },
          { target: 'saving', actions: { type: 'wantRecord', params: ({ event }) => event } },
        ],
        'page.hidden': { guard: 'hasMore', target: 'saving' },
      },
    },
    saving: {
      tags: ['delegating', 'saving', 'unsaved'],
      description: 'One commit is on its way to the storage. Typing goes on; what comes now is saved next.',
      entry: 'preparePlan',
      invoke: {
        id: 'commit',
        src: 'commit',
        input: ({ context }) => ({ plan: planOf(context) }),
        onDone: [
          {
            guard: { type: 'isCommitted', params: ({ event }) => event.output },
            target: 'clean',
            actions: 'noteCommitted',
          },
          {
            guard: { type: 'mustMerge', params: ({ event }) => event.output },
            target: 'gaveUp',
            actions: { type: 'noteFailed', params: ({ event }) => event.output },
          },
          {
            guard: { type: 'isFull', params: ({ event }) => event.output },
            target: 'gaveUp',
            actions: { type: 'noteFailed', params: ({ event }) => event.output },
          },
          {
            guard: { type: 'canSaveAgain', params: ({ event }) => event.output },
            target: 'backingOff',
            actions: { type: 'noteFailed', params: ({ event }) => event.output },
          },
          {
            target: 'gaveUp',
            actions: { type: 'noteFailed', params: ({ event }) => event.output },
          },
        ],
        onError: { target: 'gaveUp', actions: { type: 'noteBroken', params: ({ event }) => event } },
      },
    },
    backingOff: {
      tags: ['busy', 'save-error', 'unsaved'],
      description: 'Saving failed; it is tried again in a moment. The edits are in memory.',
      always: { guard: 'isUnchanged', target: 'clean', actions: 'forgetFailures' },
      after: { saveBackoff: { target: 'saving' } },
      on: {
        SAVE: { target: 'saving', actions: { type: 'wantRecord', params: ({ event }) => event } },
      },
    },
    gaveUp: {
      tags: ['needs-user', 'save-error', 'unsaved'],
      description:
        'Saving does not work now. The edits stay in memory and can be downloaded; it is still tried slowly.',
      meta: { title: 'save.gaveUp' },
      entry: 'endTries',
      always: [
        { guard: 'isOvertaken', target: 'refreshing' },
        { guard: 'isUnchanged', target: 'clean', actions: 'forgetFailures' },
      ],
      after: { slowRetry: { target: 'saving' } },
      on: {
        SAVE: { target: 'saving', actions: { type: 'wantRecord', params: ({ event }) => event } },
        'storage.healed': { target: 'saving' },
      },
    },
    closed: { type: 'final', output: { kind: 'closed' } },
  },
  output: { kind: 'closed' },
});

function draftId({ store, id }: { store: string; id: string }): string {
  return `${store}/${id}`;
}

/** The plan under way, or the one that would bring storage to what is wanted: the text, at the wanted place. */
function planOf(context: Context): CommitPlan {
  if (context.plan) return context.plan;
  const changes = changesOf(context);
  const kind = changes.every((change) => change.data === undefined) ? 'delete' : 'save';
  // Saving or discarding a draft is a person's wish, though `drafts` may then be empty.
  const agreed = changes.some((change) => change.data === undefined);
  return { id: context.commitId, kind, label: context.label, changes, agreed };
}

function changesOf({ store, id, data, place, record, draft }: Context): Change[] {
  const changes: Change[] = [];
  const inDrafts = {
    store: 'drafts',
    id: draftId({ store, id }),
    baseRev: draft.rev,
    lastRev: draft.lastRev,
  };
  if (place === 'record' && data !== undefined && !isSame(data, record.data)) {
    changes.push({ store, id, data, baseRev: record.rev, lastRev: record.lastRev });
  }
  if (place === 'draft' && data !== undefined && !isSame(data, draft.data)) {
    changes.push({ ...inDrafts, data: { store, id, data } });
  }
  if (place !== 'draft' && draft.rev > 0) changes.push({ ...inDrafts, data: undefined });
  return changes;
}

/** Is anything wanted that is not stored, or on its way without a proof? */
function hasMore(context: Context): boolean {
  return context.plan !== null || changesOf(context).length > 0;
}

/** Both sides of the document once the plan has landed. */
function sidesAfter({ plan, store, record, draft }: Context): DocumentSides {
  const sides = { record, draft };
  for (const { store: changed, data } of plan?.changes ?? []) {
    if (changed === store) sides.record = sideAfter(record, data);
    else sides.draft = sideAfter(draft, data === undefined ? data : (data as { data: Json }).data);
  }
  return sides;
}

function sideAfter({ lastRev }: StoredSide, data: Json | undefined): StoredSide {
  return data === undefined ? { rev: 0, data, lastRev } : { rev: lastRev + 1, data, lastRev: lastRev + 1 };
}

function findingOf(result: CommitResult): SaveFinding {
  switch (result.kind) {
    case 'conflicted':
    case 'full':
    case 'unsure':
      return { code: result.kind };
    case 'refused':
      return { code: 'refused', why: result.why };
    case 'failed':
      return { code: 'failed', class: result.class, platformName: result.platformName };
    case 'committed':
      throw new Error('A commit that landed is no finding');
  }
}

/** Equal as JSON: the order of members does not count. */
function isSame(first: Json | undefined, second: Json | undefined): boolean {
  if (first === second) return true;
  if (typeof first !== 'object' || typeof second !== 'object' || !first || !second) return false;
  if (Array.isArray(first) !== Array.isArray(second)) return false;
  const [left, right] = [first, second] as [Record<string, Json>, Record<string, Json>];
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && isSame(left[name], right[name]))
  );
}
