import { expect } from 'vitest';
import type { AnyMachineSnapshot } from 'xstate';
import { undoMachine } from '../../machines/undo.machine.ts';
import type { UndoCheck } from '../../machines/undo.types.ts';
import { StorageError } from '../../src/engines/errors.ts';
import { Timeout } from '../../src/services/deadline.ts';
import { checkUndo } from '../../src/services/undo.ts';
import type { CommitPlan, Json } from '../../src/vault/types.ts';
import { diskFull } from '../simulation/faults/rules.ts';
import type { Rule } from '../simulation/faults/step.ts';
import { testOrigin } from '../support/environment.ts';
import { done, failed, type Model, type Outcome } from './kit/model.ts';
import { undoPromises } from './undo.promises.ts';
import { broken, commitIn, ParentWorld } from './world/child.ts';
import { replaced } from './world/damage.ts';
import { dumpAfter, inOtherTab, planOf } from './world/scene.ts';
import { squashed } from './world/squashed.ts';
import { within } from './world/within.ts';

type Context = ReturnType<typeof undoMachine.getInitialSnapshot>['context'];
type Texts = Readonly<Record<string, Json | undefined>>;

const text = (value: string): Json => ({ text: value });

/** Two notes were changed and one was made by the commit that is undone. */
const FIRST = planOf('first', [
  ['a', text('a before'), 0],
  ['b', text('b before'), 0],
  ['bystander', text('never touched'), 0],
]);
const EDIT = planOf('edit', [
  ['a', text('a edited'), 1],
  ['b', text('b edited'), 1],
  ['c', text('c made'), 0],
]);
const SINCE = planOf('since', [['b', text('b edited since'), 2]]);
const ALL_SINCE = planOf('all since', [
  ['a', text('a edited since'), 2],
  ['b', text('b edited since'), 2],
  ['c', text('c edited since'), 1],
]);
const UNDONE: CommitPlan = {
  ...planOf('undo', [
    ['a', text('a before'), 2],
    ['b', text('b before'), 2],
    ['c', undefined, 1],
  ]),
  kind: 'undo',
  undoes: 'edit',
};

const edited = await dumpAfter([FIRST, EDIT]);
const touched = await dumpAfter([FIRST, EDIT, SINCE]);
const overtaken = await dumpAfter([FIRST, EDIT, ALL_SINCE]);
const undone = await dumpAfter([FIRST, EDIT, UNDONE]);
const absorbed = await squashed(edited);
const damaged = replaced(edited, 'c made', 'c mad?');

const { indexedDB: template } = testOrigin();
const { loaded, createdAt } = await inOtherTab({ factory: template }, async (vault) => {
  await vault.append(FIRST).outcome;
  const made = vault.state().records.get('notes')?.get('a')?.createdAt;
  await vault.append(EDIT).outcome;
  return { loaded: vault.state(), createdAt: made };
});

function undoing(names: readonly string[]): Omit<CommitPlan, 'id'> {
  const before = { a: 'a before', b: 'b before' } as Readonly<Record<string, string>>;
  return {
    kind: 'undo',
    label: 'notes',
    undoes: 'edit',
    agreed: true,
    changes: names.map((id) =>
      id === 'c'
        ? { store: 'notes', id, data: undefined, baseRev: 1 }
        : {
            store: 'notes',
            id,
            data: text(before[id] ?? ''),
            baseRev: 2,
            createdAt: String(createdAt),
            lastRev: 1,
          },
    ),
  };
}

const connectionDead: Rule = ({ kind }) =>
  kind === 'transaction' ? { kind: 'error', name: 'InvalidStateError' } : undefined;
const hangs: Rule = ({ kind }) => (kind === 'issue' ? { kind: 'hang' } : undefined);
const writesAbort: Rule = ({ kind, method }) =>
  kind === 'issue' && method === 'add' ? { kind: 'error', name: 'AbortError' } : undefined;
const storageGone: Rule = (step) =>
  step.kind === 'open' ? { kind: 'error', name: 'UnknownError' } : connectionDead(step);

const lost = new StorageError('connection', 'lost', { platformName: 'InvalidStateError' });
const contextOf = ({ context }: AnyMachineSnapshot): Context => context;
const isUnproven = (snapshot: AnyMachineSnapshot) => contextOf(snapshot).unproven.edit !== undefined;
const kindOnly = ({ kind }: { kind: string }) => kind;

function finds(label: string, check: UndoCheck, dump: typeof edited): Outcome<ParentWorld> {
  return { label, event: done('checkUndo', check), arrange: (world) => world.set(dump) };
}

const checks: Outcome<ParentWorld>[] = [
  finds('nothing was edited since', { kind: 'untouched', plan: undoing(['a', 'b', 'c']) }, edited),
  finds(
    'one record was edited since',
    { kind: 'touched', plan: undoing(['a', 'c']), touched: [{ store: 'notes', id: 'b' }] },
    touched,
  ),
  finds('every record was edited since', { kind: 'impossible', why: 'nothingLeft' }, overtaken),
  finds('it was squashed away', { kind: 'impossible', why: 'absorbed' }, absorbed),
  finds('it is damaged', { kind: 'impossible', why: 'unknown' }, damaged),
  {
    ...finds('the undo had landed', { kind: 'undone', seq: 3 }, undone),
    when: isUnproven,
  },
  {
    label: 'a newer build wrote',
    event: failed('checkUndo', new StorageError('newer', 'newer')),
    arrange: async (world) => {
      await world.set(edited);
      const newer = planOf('newer', [['n', text('of a newer build'), 0]]);
      await inOtherTab({ factory: world.factory, version: 2 }, (vault) => vault.append(newer).outcome);
    },
  },
  {
    label: 'the connection is dead',
    event: failed('checkUndo', lost),
    arrange: async (world) => {
      await world.set(edited);
      world.arm(connectionDead);
    },
  },
  {
    label: 'nobody answers',
    event: failed('checkUndo', new Timeout('checkUndo', 20_000)),
    arrange: async (world) => {
      await world.set(edited);
      world.arm(hangs);
    },
    elapses: true,
  },
];

const commits: Outcome<ParentWorld>[] = [
  {
    label: 'written',
    event: done('commit', { kind: 'committed', id: 'undo', seq: 0 }),
    trait: ({ kind, id }: { kind: string; id: string }) => ({ kind, id }),
    arrange: (world) => world.heal(),
  },
  {
    label: 'another tab was first',
    event: done('commit', { kind: 'conflicted', winners: [] }),
    trait: kindOnly,
    arrange: async (world) => {
      world.heal();
      const theirs = planOf('theirs', [['a', text('a edited by them'), 2]]);
      const outcome = await inOtherTab({ factory: world.factory }, (vault) => vault.append(theirs).outcome);
      expect(outcome.kind).toBe('committed');
    },
  },
  {
    label: 'another tab is newer',
    event: done('commit', { kind: 'refused', why: 'newer' }),
    arrange: async (world) => {
      world.heal();
      const newer = planOf('newer', [['n', text('of a newer build'), 0]]);
      await inOtherTab({ factory: world.factory, version: 2 }, (vault) => vault.append(newer).outcome);
    },
  },
  {
    label: 'storage is full',
    event: done('commit', { kind: 'full' }),
    arrange: (world) => world.arm(diskFull('abort')),
    elapses: true,
  },
  {
    label: 'it fails',
    event: done('commit', { kind: 'failed', class: 'transient', platformName: 'AbortError' }),
    arrange: (world) => world.arm(writesAbort),
    elapses: true,
  },
  {
    label: 'nobody knows',
    event: done('commit', { kind: 'unsure', class: 'connection', platformName: 'InvalidStateError' }),
    trait: kindOnly,
    arrange: (world) => world.arm(storageGone),
    elapses: true,
  },
  {
    label: 'the child breaks',
    event: failed('commit', broken),
    arrange: (world) => {
      world.heal();
      world.isChildBroken = true;
    },
  },
];

export const undoModel: Model<ParentWorld> = {
  machine: undoMachine,
  starts: [
    {
      label: 'undo',
      input: { commits: [] },
      arrange: async (world) => {
        await world.set(edited);
        await world.load(loaded);
      },
    },
  ],
  outcomes: [
    { label: 'it landed', event: { type: 'commit.landed', id: 'edit' } },
    {
      label: 'UNDO',
      event: (snapshot) => ({
        type: 'UNDO',
        id: 'edit',
        // A second wish has an id of its own; what is unproven goes out under the first.
        commitId: isUnproven(snapshot) ? 'undo again' : 'undo',
      }),
    },
    ...checks,
    ...commits,
  ],
  project(snapshot) {
    const { known, plan } = contextOf(snapshot);
    return {
      isKnown: known.includes('edit'),
      isUnproven: isUnproven(snapshot),
      changes: plan?.changes.length,
    };
  },
  world: async () => new ParentWorld(),
  services: (world) => ({ checkUndo: within(world.hands, checkUndo, 20_000), commit: commitIn(world) }),
  children: ['commit'],
  writers: ['commit'],
  promises: undoPromises,
  async atEnd(world, snapshot) {
    const dump = await world.dump();
    const isStored = dump.includes('undoes\\":\\"edit');
    const isSaid = contextOf(snapshot).known.includes('undo');
    if (!isUnproven(snapshot))
      expect(isStored, 'undone is said of what is stored, and only of that').toBe(isSaid);
    if (!isStored) return;
    // What was edited since is what it was; what was undone is what it had been; nothing else moved.
    const b = dump.includes('b edited since') ? 'b edited since' : 'b before';
    expect(await textsIn(world)).toEqual(textsOf({ a: 'a before', b }));
  },
};

function textsOf(notes: Readonly<Record<string, string>>): Texts {
  const made = Object.entries(notes).map(([id, value]) => [id, text(value)]);
  return { ...Object.fromEntries(made), bystander: text('never touched') };
}

/** What a tab that knows nothing of this one reads. */
async function textsIn(world: ParentWorld): Promise<Texts> {
  return inOtherTab({ factory: world.factory }, async (vault) => {
    const notes = vault.state().records.get('notes') ?? new Map();
    return Object.fromEntries([...notes].map(([id, { data }]) => [id, data]));
  });
}
