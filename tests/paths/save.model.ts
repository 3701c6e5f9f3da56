import { expect } from 'vitest';
import { type AnyMachineSnapshot, createActor, fromPromise, toPromise } from 'xstate';
import { commitMachine } from '../../machines/commit.machine.ts';
import { saveMachine } from '../../machines/save.machine.ts';
import type { DocumentSides, StoredSide } from '../../machines/types.ts';
import { StorageError } from '../../src/engines/errors.ts';
import { boundServices } from '../../src/services/bound.ts';
import { DRAFTS, draftIdOf, sidesOf } from '../../src/services/sides.ts';
import type { Change, CommitPlan, Json } from '../../src/vault/types.ts';
import { diskFull } from '../simulation/faults/rules.ts';
import type { Rule } from '../simulation/faults/step.ts';
import { testOrigin } from '../support/environment.ts';
import { done, failed, type Model, type Outcome, type Start } from './kit/model.ts';
import { savePromises } from './save.promises.ts';
import { dumpAfter, inOtherTab } from './world/scene.ts';
import { StorageWorld } from './world/world.ts';

type Context = ReturnType<typeof saveMachine.getInitialSnapshot>['context'];

const NOTHING: StoredSide = { rev: 0, data: undefined, lastRev: 0 };
const stored = (text: string): StoredSide => ({ rev: 1, data: { text }, lastRev: 1 });

const SETTING: CommitPlan = {
  id: 'setting',
  kind: 'save',
  label: 'notes',
  changes: [
    { store: 'notes', id: 'existing', data: { text: 'as stored' }, baseRev: 0 },
    { store: 'notes', id: 'bystander', data: { text: 'never touched' }, baseRev: 0 },
  ],
};
const setting = await dumpAfter([SETTING]);
const { indexedDB: template } = testOrigin();
const settled = await inOtherTab({ factory: template }, async (vault) => {
  await vault.append(SETTING).outcome;
  return vault.state();
});

/** The world with the one thing besides storage that may break under a document: its child machine. */
class DocumentWorld extends StorageWorld {
  isChildBroken = false;

  override heal(): void {
    this.isChildBroken = false;
    super.heal();
  }
}

function start(label: string, input: Partial<Context>): Start<DocumentWorld> {
  const sides = { record: NOTHING, draft: NOTHING };
  return {
    label,
    input: { store: 'notes', label: 'notes', commitId: `start ${label}`, plan: null, ...sides, ...input },
    arrange: async (world) => {
      await world.set(setting);
      await world.load(settled);
    },
  };
}

const starts = [
  start('a record', {
    id: 'existing',
    place: 'record',
    data: { text: 'as stored' },
    record: stored('as stored'),
  }),
  start('a new draft', { id: 'new', place: 'draft', data: { text: 'new' } }),
];

const contextOf = ({ context }: AnyMachineSnapshot): Context => context;

/** Every text is new, and so is every commit id: a plan of an earlier step is never taken for this one. */
function newText({ data }: Context): string {
  return `${(data as { text?: string } | undefined)?.text ?? ''}!`;
}

function idOf(verb: string, { data, record, draft }: Context): string {
  return `${verb} ${JSON.stringify(data)} ${record.rev} ${draft.rev}`;
}

/** What is stored at the place where the text belongs. */
function storedAt({ place, record, draft }: Context): StoredSide {
  return place === 'record' ? record : draft;
}

/** Another tab changed it, and that cannot be undone by saving again. */
function isStuck(context: Context): boolean {
  return context.finding?.code === 'conflicted' || context.finding?.code === 'refused';
}

/** Failing is the same for every document: one kind is enough to walk each way that it can fail. */
function isRecord({ id }: Context): boolean {
  return id === 'existing';
}

/** While theirs is read after a conflict, which side they changed is known by the place of the text: it stays. */
function keepsPlace(snapshot: AnyMachineSnapshot): boolean {
  return !(snapshot.matches('refreshing') && isStuck(contextOf(snapshot)));
}

const theirText = (rev: number): Json => ({ text: `theirs ${rev}` });

function theirSide({ lastRev }: StoredSide): StoredSide {
  return { rev: lastRev + 1, data: theirText(lastRev + 1), lastRev: lastRev + 1 };
}

/** Both sides, once another tab has changed the one that counts. */
function sidesOfTheirs(context: Context): DocumentSides {
  const { record, draft, place } = context;
  return place === 'record' ? { record: theirSide(record), draft } : { record, draft: theirSide(draft) };
}

function sidesWhenGone({ record, draft, place }: Context): DocumentSides {
  const gone = ({ lastRev }: StoredSide): StoredSide => ({ rev: 0, data: undefined, lastRev });
  return place === 'record' ? { record: gone(record), draft } : { record, draft: gone(draft) };
}

function sidesWhenSaved({ record, draft }: Context): DocumentSides {
  const lastRev = record.lastRev + 1;
  return {
    record: { rev: lastRev, data: draft.data, lastRev },
    draft: { rev: 0, data: undefined, lastRev: draft.lastRev },
  };
}

/** Another tab brings storage from what this document knows to these sides. */
async function theyMake(world: DocumentWorld, context: Context, sides: DocumentSides): Promise<void> {
  const { store, id } = context;
  const draftId = draftIdOf(store, id);
  const inDrafts = (data: Json | undefined) => data && { store, id, data };
  const changes: Change[] = [];
  if (sides.record !== context.record) {
    const { rev: baseRev, lastRev } = context.record;
    changes.push({ store, id, data: sides.record.data, baseRev, lastRev });
  }
  if (sides.draft !== context.draft) {
    const { rev: baseRev, lastRev } = context.draft;
    changes.push({ store: DRAFTS, id: draftId, data: inDrafts(sides.draft.data), baseRev, lastRev });
  }
  const plan: CommitPlan = {
    id: idOf('theirs', context),
    kind: 'save',
    label: 'notes',
    agreed: true,
    changes,
  };
  const outcome = await inOtherTab({ factory: world.factory }, (vault) => vault.append(plan).outcome);
  expect(outcome.kind, 'what the other tab wrote').toBe('committed');
}

const kindOnly = ({ kind }: { kind: string }) => kind;
const writesAbort: Rule = ({ kind, method }) =>
  kind === 'issue' && method === 'add' ? { kind: 'error', name: 'AbortError' } : undefined;
const storageGone: Rule = ({ kind }) => {
  if (kind === 'transaction') return { kind: 'error', name: 'InvalidStateError' };
  return kind === 'open' ? { kind: 'error', name: 'UnknownError' } : undefined;
};
const connectionDead: Rule = ({ kind }) =>
  kind === 'transaction' ? { kind: 'error', name: 'InvalidStateError' } : undefined;
const broken = new Error('The child machine broke');
const lost = new StorageError('connection', 'lost', { platformName: 'InvalidStateError' });

const commits: Outcome<DocumentWorld>[] = [
  {
    label: 'saved',
    event: (snapshot) =>
      done('commit', { kind: 'committed', id: contextOf(snapshot).plan?.id ?? '', seq: 0 }),
    trait: ({ kind, id }: { kind: string; id: string }) => ({ kind, id }),
    when: (snapshot) => !isStuck(contextOf(snapshot)),
    arrange: (world) => world.heal(),
  },
  {
    label: 'another tab was first',
    event: done('commit', { kind: 'conflicted', winners: [] }),
    trait: kindOnly,
    when: (snapshot) => contextOf(snapshot).finding?.code !== 'refused',
    arrange: async (world, snapshot) => {
      world.heal();
      const context = contextOf(snapshot);
      if (!isStuck(context)) await theyMake(world, context, sidesOfTheirs(context));
    },
  },
  {
    label: 'another tab is newer',
    event: done('commit', { kind: 'refused', why: 'newer' }),
    when: (snapshot) => isRecord(contextOf(snapshot)) && contextOf(snapshot).finding?.code !== 'conflicted',
    arrange: async (world, snapshot) => {
      world.heal();
      if (isStuck(contextOf(snapshot))) return;
      const changes = [{ store: 'notes', id: 'newer', data: { text: 'of a newer build' }, baseRev: 0 }];
      const plan: CommitPlan = { id: 'newer', kind: 'save', label: 'notes', changes };
      await inOtherTab({ factory: world.factory, version: 2 }, (vault) => vault.append(plan).outcome);
    },
  },
  {
    label: 'storage is full',
    event: done('commit', { kind: 'full' }),
    when: (snapshot) => !isStuck(contextOf(snapshot)),
    arrange: (world) => world.arm(diskFull('request')),
    elapses: true,
  },
  {
    label: 'it fails',
    event: done('commit', { kind: 'failed', class: 'transient', platformName: 'AbortError' }),
    when: (snapshot) => isRecord(contextOf(snapshot)) && !isStuck(contextOf(snapshot)),
    arrange: (world) => world.arm(writesAbort),
    elapses: true,
  },
  {
    label: 'nobody knows',
    event: done('commit', { kind: 'unsure', class: 'connection', platformName: 'InvalidStateError' }),
    trait: kindOnly,
    when: (snapshot) => isRecord(contextOf(snapshot)) && !isStuck(contextOf(snapshot)),
    arrange: (world) => world.arm(storageGone),
    elapses: true,
  },
  {
    label: 'the child breaks',
    event: failed('commit', broken),
    when: (snapshot) => isRecord(contextOf(snapshot)) && !isStuck(contextOf(snapshot)),
    arrange: (world) => {
      world.heal();
      world.isChildBroken = true;
    },
  },
];

const readings: Outcome<DocumentWorld>[] = [
  {
    label: 'theirs is taken over',
    event: (snapshot) => done('readRecord', sidesOfTheirs(contextOf(snapshot))),
    when: (snapshot) => contextOf(snapshot).finding?.code !== 'refused',
    arrange: async (world, snapshot) => {
      world.heal();
      const context = contextOf(snapshot);
      if (!isStuck(context)) await theyMake(world, context, sidesOfTheirs(context));
    },
  },
  {
    label: 'it was removed elsewhere',
    event: (snapshot) => done('readRecord', sidesWhenGone(contextOf(snapshot))),
    when: (snapshot) => !isStuck(contextOf(snapshot)) && storedAt(contextOf(snapshot)).rev > 0,
    arrange: async (world, snapshot) => {
      world.heal();
      await theyMake(world, contextOf(snapshot), sidesWhenGone(contextOf(snapshot)));
    },
  },
  {
    label: 'the draft was saved elsewhere',
    event: (snapshot) => done('readRecord', sidesWhenSaved(contextOf(snapshot))),
    when: (snapshot) => !isStuck(contextOf(snapshot)) && contextOf(snapshot).draft.rev > 0,
    arrange: async (world, snapshot) => {
      world.heal();
      await theyMake(world, contextOf(snapshot), sidesWhenSaved(contextOf(snapshot)));
    },
  },
  {
    label: 'it cannot be read',
    event: failed('readRecord', lost),
    when: (snapshot) => contextOf(snapshot).finding?.code !== 'refused',
    arrange: (world) => world.arm(connectionDead),
  },
  {
    label: 'a newer build wrote it',
    event: failed('readRecord', new StorageError('newer', 'newer')),
    when: (snapshot) => contextOf(snapshot).finding?.code === 'refused',
    arrange: (world) => world.heal(),
  },
];

const wishes: Outcome<DocumentWorld>[] = [
  {
    label: 'types',
    event: (snapshot) => {
      const text = newText(contextOf(snapshot));
      return { type: 'EDIT', data: { text }, commitId: idOf(`edit ${text}`, contextOf(snapshot)) };
    },
  },
  {
    label: 'types back',
    event: (snapshot) => {
      const { data } = storedAt(contextOf(snapshot));
      return { type: 'EDIT', data, commitId: idOf('back', contextOf(snapshot)) };
    },
    when: (snapshot) => storedAt(contextOf(snapshot)).rev > 0,
  },
  {
    label: 'SAVE',
    event: (snapshot) => ({ type: 'SAVE', commitId: idOf('save', contextOf(snapshot)) }),
    when: keepsPlace,
  },
  {
    label: 'DISCARD',
    event: (snapshot) => ({ type: 'DISCARD', commitId: idOf('discard', contextOf(snapshot)) }),
    when: keepsPlace,
  },
  {
    label: 'it changed elsewhere',
    event: (snapshot) => {
      const { store, id, record } = contextOf(snapshot);
      return { type: 'tab.changed', store, id, rev: record.rev + 1 };
    },
  },
  {
    label: 'another record changed',
    event: { type: 'tab.changed', store: 'notes', id: 'bystander', rev: 2 },
  },
];

function isSame(first: unknown, second: unknown): boolean {
  return JSON.stringify(first) === JSON.stringify(second);
}

export const saveModel: Model<DocumentWorld> = {
  machine: saveMachine,
  starts,
  outcomes: [...commits, ...readings, ...wishes],
  project(snapshot) {
    const context = contextOf(snapshot);
    const { place, data, draft, plan, tries } = context;
    return {
      place,
      hasText: data !== undefined,
      hasMore: plan !== null || !isSame(data, storedAt(context).data),
      hasDraft: draft.rev > 0,
      tries,
      stuck: isStuck(context) && context.finding?.code,
    };
  },
  world: async () => new DocumentWorld(),
  services: (world) => {
    const bound = boundServices(world.hands);
    return { commit: childOf(world, bound.commit), readRecord: bound.save.readRecord };
  },
  children: ['commit'],
  writers: ['commit'],
  promises: savePromises,
  async atEnd(world, snapshot) {
    const context = contextOf(snapshot);
    const { place, finding, store, id } = context;
    const isSettled =
      snapshot.status === 'done' || (snapshot.hasTag('saved') && !snapshot.matches('refreshing'));
    if (!isSettled || finding) return;
    const { record, draft } = await inOtherTab({ factory: world.factory }, async (vault) =>
      sidesOf(vault.state(), store, id),
    );
    // "Saved" is said: then a tab that knows nothing of this one reads the very same text at its place, and only there.
    if (place === 'nowhere') expect(draft.rev, 'what is left of a discarded draft').toBe(0);
    else expect(storedAt({ ...context, record, draft }).data, 'what is stored').toEqual(context.data);
    if (place === 'record') expect(draft.rev, 'what is left of the draft of a record').toBe(0);
  },
};

/** The real child, with its real services, run to its end: no scripted answer. */
function childOf(world: DocumentWorld, services: ReturnType<typeof boundServices>['commit']) {
  const machine = commitMachine.provide({
    actors: {
      writeCommit: fromPromise(({ input, signal }) => services.writeCommit(input, signal)),
      abortWrite: fromPromise(({ input, signal }) => services.abortWrite(input, signal)),
      findCommit: fromPromise(({ input, signal }) => services.findCommit(input, signal)),
      reopenStorage: fromPromise(({ input, signal }) => services.reopenStorage(input, signal)),
      shedOldCopies: fromPromise(({ input, signal }) => services.shedOldCopies(input, signal)),
    },
  });
  return async ({ plan }: { plan: CommitPlan }) => {
    if (world.isChildBroken) throw broken;
    const actor = createActor(machine, { input: { plan }, clock: world.clock });
    const end = toPromise(actor);
    actor.start();
    return end;
  };
}
