import { expect } from 'vitest';
import type { AnyMachineSnapshot } from 'xstate';
import type { Decision } from '../../machines/conflicts.types.ts';
import { importMachine } from '../../machines/import.machine.ts';
import type {
  ImportInput,
  ImportPlanning,
  ImportResult,
  ImportSelection,
  ImportWish,
} from '../../machines/import.types.ts';
import type { IntakeResult } from '../../machines/intake.types.ts';
import { StorageError } from '../../src/engines/errors.ts';
import { Timeout } from '../../src/services/deadline.ts';
import { planImport } from '../../src/services/import.ts';
import { recordKey } from '../../src/vault/envelope.ts';
import type { CommitPlan } from '../../src/vault/types.ts';
import { diskFull } from '../simulation/faults/rules.ts';
import type { Rule } from '../simulation/faults/step.ts';
import { testOrigin } from '../support/environment.ts';
import { importPromises } from './import.promises.ts';
import { done, failed, type Model, type Outcome, type Start } from './kit/model.ts';
import { broken, commitIn } from './world/child.ts';
import { replaced } from './world/damage.ts';
import { conflictsIn, intakeIn } from './world/importChildren.ts';
import { exportOfNotes, fileOf, ImportWorld } from './world/importWorld.ts';
import { dumpAfter, inOtherTab, planOf } from './world/scene.ts';

type Context = ReturnType<typeof importMachine.getInitialSnapshot>['context'];

const text = (value: string) => ({ text: value });
const BEGIN = planOf('begin', [
  ['a', text('a here'), 0],
  ['b', text('b here'), 0],
  ['bystander', text('never touched'), 0],
]);
const THEIRS = planOf('theirs', [['a', text('a of another tab'), 1]]);
const MOVED = planOf('moved', [['b', text('b of another tab'), 1]]);
const begun = await dumpAfter([BEGIN]);
const moved = await dumpAfter([BEGIN, MOVED]);
const damaged = replaced(begun, 'never touched', 'never touchet');

const { indexedDB: template } = testOrigin();
const loaded = await inOtherTab({ factory: template }, async (vault) => {
  await vault.append(BEGIN).outcome;
  return vault.state();
});

/** What a file holds decides what can be asked about it. */
const files = {
  'with something new': await exportOfNotes({ a: text('a here'), c: text('c of the file') }),
  'that differs': await exportOfNotes({ a: text('a of the file'), b: text('b here') }),
  'that is here already': await exportOfNotes({ a: text('a here') }),
};
type FileName = keyof typeof files;

const { signal } = new AbortController();
async function takenFrom(name: FileName): Promise<Extract<IntakeResult, { kind: 'accepted' }>> {
  const world = new ImportWorld();
  const result = await intakeIn(world)({ source: { kind: 'bytes', bytes: files[name] } });
  await world.close();
  if (result.kind !== 'accepted') throw new Error('The file was not taken in');
  return result;
}
const taken = new Map(
  await Promise.all(
    (Object.keys(files) as FileName[]).map(async (name) => [name, await takenFrom(name)] as const),
  ),
);

const contextOf = ({ context }: AnyMachineSnapshot): Context => context;
const fileIn = (snapshot: AnyMachineSnapshot): FileName | null => {
  const { hash } = contextOf(snapshot);
  return [...taken].find(([, one]) => one.hash === hash)?.[0] ?? null;
};
const isFile =
  (...names: FileName[]) =>
  (snapshot: AnyMachineSnapshot) =>
    names.includes(fileIn(snapshot) ?? ('' as FileName));
/** Paths that need no more of what others walk already. */
const isIn =
  (...labels: string[]) =>
  (snapshot: AnyMachineSnapshot) =>
    labels.includes(contextOf(snapshot).label);
const usual = isIn('usual');

const USUAL: ImportSelection = {
  strategy: 'merge',
  withoutStores: new Set(),
  withoutKinds: new Set(),
  choices: new Map(),
  isAgreed: false,
};

/** What the wish of a snapshot comes to, by the real service over the scene; asked beforehand, for paths are made at once. */
const planned = new Map<string, ImportPlanning>();
async function plansOf(dump: typeof begun, place: string, wishes: readonly ImportWish[]): Promise<void> {
  const world = new ImportWorld();
  await world.set(dump);
  await world.load(loaded);
  for (const wish of wishes) {
    const name = [...taken].find(([, { accepted }]) => accepted.bundle === wish.bundle)?.[0] ?? null;
    planned.set(nameOf(place, name, wish), await planImport(world.importHands, wish, signal));
  }
  await world.close();
}
function wishesFor(
  name: FileName,
  selections: readonly Partial<ImportSelection>[],
  decisions: readonly (Decision | null)[] = [null],
): ImportWish[] {
  return selections.flatMap((selection) =>
    decisions.map((decision) => ({
      bundle: taken.get(name)?.accepted.bundle ?? null,
      selection: { ...USUAL, ...selection },
      resolutions: new Map(decision ? [[recordKey('notes', 'a'), { decision, merged: undefined }]] : []),
      label: '',
      pinName: '',
      provenState: null,
      unproven: null,
    })),
  );
}
function nameOf(
  place: string,
  file: string | null,
  { selection, resolutions }: ImportWish | Context,
): string {
  const { strategy, withoutStores, isAgreed } = selection;
  const decisions = [...resolutions.values()].map(({ decision }) => decision);
  return [place, file, strategy, withoutStores.size, isAgreed, ...decisions].join();
}
const NOTHING = { withoutStores: new Set(['notes']) };
const REPLACE = { strategy: 'replace' } as const;
const AGREED = { ...REPLACE, isAgreed: true };
const decided = wishesFor('that differs', [{}], [null, 'keep-first', 'keep-second', 'later']);
await plansOf(begun, 'begun', [
  ...wishesFor('with something new', [{}, NOTHING, REPLACE, AGREED]),
  ...wishesFor('that is here already', [{}, REPLACE, AGREED]),
  ...decided,
]);
await plansOf(moved, 'moved', decided);
await plansOf(await dumpAfter([BEGIN, THEIRS]), 'theirs', decided);

function planningOf(snapshot: AnyMachineSnapshot, place = 'begun'): ImportPlanning | undefined {
  return planned.get(nameOf(place, fileIn(snapshot), contextOf(snapshot)));
}

/** Ids are new each time; all the rest is compared. */
function planningTrait(planning: ImportPlanning): unknown {
  if (planning.kind !== 'planned') return planning.kind === 'refused' ? planning.finding.code : planning.kind;
  const { plan, commit, sides } = planning.preview;
  const changes = commit?.changes.map(({ updatedAt: _, ...change }) => change);
  return {
    kind: planning.kind,
    counts: plan.counts,
    lost: plan.lost.length,
    changes,
    agreed: commit?.agreed,
    sides,
  };
}

const connectionDead: Rule = ({ kind }) =>
  kind === 'transaction' ? { kind: 'error', name: 'InvalidStateError' } : undefined;
const hangs: Rule = ({ kind }) => (kind === 'issue' ? { kind: 'hang' } : undefined);
const writesAbort: Rule = ({ kind, method }) =>
  kind === 'issue' && method === 'add' ? { kind: 'error', name: 'AbortError' } : undefined;
const storageGone: Rule = (step) =>
  step.kind === 'open' ? { kind: 'error', name: 'UnknownError' } : connectionDead(step);

const isUnproven = (snapshot: AnyMachineSnapshot) => contextOf(snapshot).unproven !== null;
const hasMoved = (snapshot: AnyMachineSnapshot) => {
  const { finding } = contextOf(snapshot);
  return finding?.code === 'previewed' && finding.hasMoved;
};
const isFirstPlan = (snapshot: AnyMachineSnapshot) =>
  usual(snapshot) &&
  contextOf(snapshot).preview === null &&
  contextOf(snapshot).selection.withoutStores.size === 0 &&
  !isUnproven(snapshot);

const intakes: Outcome<ImportWorld>[] = [
  ...[...taken].map(
    ([name, result]): Outcome<ImportWorld> => ({
      label: `a file ${name}`,
      event: done('intake', result),
      when: (snapshot) => {
        const { source, label } = contextOf(snapshot);
        return source?.kind === 'bytes'
          ? source.bytes === files[name]
          : label === 'opened' && name === 'with something new';
      },
      arrange: (world) => {
        world.heal();
        world.brings = fileOf(files[name]);
      },
    }),
  ),
  {
    label: 'they leave',
    event: done('intake', { kind: 'left' }),
    when: (snapshot) => contextOf(snapshot).source === null,
    arrange: (world) => world.heal(),
  },
  {
    label: 'intake breaks',
    event: failed('intake', broken),
    when: isIn('opened'),
    arrange: (world) => {
      world.heal();
      world.isChildBroken = true;
    },
  },
];

const plannings: Outcome<ImportWorld>[] = [
  {
    label: 'planned',
    event: (snapshot) => done('planImport', planningOf(snapshot)),
    when: (snapshot) => fileIn(snapshot) !== null && !hasMoved(snapshot),
    arrange: (world) => world.set(begun),
    trait: planningTrait,
  },
  {
    label: 'planned after what the other tab wrote',
    event: (snapshot) => done('planImport', planningOf(snapshot, 'theirs')),
    when: hasMoved,
    arrange: (world) => world.heal(),
    trait: planningTrait,
  },
  {
    label: 'another record has moved meanwhile',
    event: (snapshot) => done('planImport', planningOf(snapshot, 'moved')),
    when: (snapshot) => contextOf(snapshot).isGoing,
    arrange: (world) => world.set(moved),
    trait: planningTrait,
  },
  {
    label: 'it would not fit',
    event: done('planImport', { kind: 'refused', finding: { code: 'noRoom' } }),
    trait: planningTrait,
    when: isFirstPlan,
    arrange: async (world) => {
      await world.set(begun);
      world.freeBytes = 10;
    },
  },
  {
    label: 'it had landed',
    event: (snapshot) =>
      done('planImport', {
        kind: 'landed',
        finding: { code: 'applied', id: contextOf(snapshot).unproven, seq: 2 },
      }),
    trait: ({ kind }: ImportPlanning) => kind,
    when: isUnproven,
    arrange: async (world, snapshot) => {
      await world.set(begun);
      const { unproven, preview } = contextOf(snapshot);
      const plan = { ...preview?.commit, id: unproven } as CommitPlan;
      await inOtherTab({ factory: world.factory }, (vault) => vault.append(plan).outcome);
    },
  },
  {
    label: 'there would be no way back',
    event: failed('planImport', new StorageError('corrupt', '')),
    when: isFirstPlan,
    arrange: (world) => world.set(damaged),
  },
  {
    label: 'the connection is dead',
    event: failed('planImport', new StorageError('connection', '', { platformName: 'InvalidStateError' })),
    when: isFirstPlan,
    arrange: async (world) => {
      await world.set(begun);
      world.arm(connectionDead);
    },
  },
  {
    label: 'nobody answers',
    event: failed('planImport', new Timeout('planImport', 30_000)),
    when: isFirstPlan,
    arrange: async (world) => {
      await world.set(begun);
      world.arm(hangs);
    },
    elapses: true,
  },
];

const conflicts: Outcome<ImportWorld>[] = [
  ...(['keep-first', 'keep-second', 'later'] as const).map(
    (decision): Outcome<ImportWorld> => ({
      label: `decides: ${decision}`,
      event: () => {
        const key = recordKey('notes', 'a');
        const draft = { decisions: new Map([[key, decision]]), picks: new Map() };
        return done('conflicts', {
          kind: 'decided',
          resolutions: new Map([[key, { decision, merged: undefined }]]),
          draft,
        });
      },
      when: (snapshot) => contextOf(snapshot).draft === null,
      arrange: (world) => {
        world.heal();
        world.decides = decision;
      },
    }),
  ),
  {
    label: 'goes back',
    event: done('conflicts', { kind: 'left' }),
    trait: ({ kind }: { kind: string }) => kind,
    when: (snapshot) => contextOf(snapshot).draft === null,
    arrange: (world) => world.heal(),
  },
  {
    label: 'conflicts break',
    event: failed('conflicts', broken),
    arrange: (world) => {
      world.heal();
      world.isChildBroken = true;
    },
  },
];

const written: Outcome<ImportWorld> = {
  label: 'written',
  event: done('commit', { kind: 'committed', id: '', seq: 2 }),
  trait: ({ kind }: { kind: string }) => kind,
  arrange: (world) => world.heal(),
};
const commits: Outcome<ImportWorld>[] = [
  written,
  {
    label: 'another tab was first',
    event: done('commit', { kind: 'conflicted', winners: [] }),
    trait: ({ kind }: { kind: string }) => kind,
    when: isFile('that differs'),
    arrange: async (world) => {
      world.heal();
      const outcome = await inOtherTab({ factory: world.factory }, (vault) => vault.append(THEIRS).outcome);
      expect(outcome.kind).toBe('committed');
    },
  },
  ...(
    [
      ['storage is full', done('commit', { kind: 'full' }), diskFull('abort')],
      [
        'it fails',
        done('commit', { kind: 'failed', class: 'transient', platformName: 'AbortError' }),
        writesAbort,
      ],
      ['nobody knows', done('commit', { kind: 'unsure' }), storageGone],
    ] as const
  ).map(
    ([label, event, rule]): Outcome<ImportWorld> => ({
      label,
      event,
      trait: ({ kind }: { kind: string }) => kind,
      when: usual,
      arrange: (world) => world.arm(rule),
      elapses: true,
    }),
  ),
  {
    label: 'commit breaks',
    event: failed('commit', broken),
    when: usual,
    arrange: (world) => {
      world.heal();
      world.isChildBroken = true;
    },
  },
];

const selections: Outcome<ImportWorld>[] = [
  {
    label: 'takes nothing of it',
    event: { type: 'SELECT', selection: NOTHING },
    when: (snapshot) => usual(snapshot) && !isUnproven(snapshot),
  },
  {
    label: 'replaces',
    event: { type: 'SELECT', selection: REPLACE },
    when: isFile('that is here already'),
  },
  {
    label: 'agrees',
    event: { type: 'SELECT', selection: { isAgreed: true } },
    when: (snapshot) => contextOf(snapshot).selection.strategy === 'replace',
  },
];

function start(label: string, file: FileName | null, more: Partial<ImportInput> = {}): Start<ImportWorld> {
  const source = file === null ? null : ({ kind: 'bytes', bytes: files[file] } as const);
  return {
    label: `${label}${file ? `, a file ${file}` : ''}`,
    input: { source, memories: new Map(), label, pinName: 'Before it', ...more },
    arrange: async (world) => {
      await world.set(begun);
      await world.load(loaded);
    },
  };
}
const remembered = { selection: { ...USUAL, ...REPLACE }, draft: null };

export const importModel: Model<ImportWorld> = {
  machine: importMachine,
  starts: [
    start('usual', 'with something new'),
    start('differing', 'that differs'),
    start('same', 'that is here already'),
    start('remembered', 'with something new', {
      memories: new Map([[taken.get('with something new')?.hash ?? '', remembered]]),
    }),
    start('opened', null),
  ],
  outcomes: [...intakes, ...plannings, ...conflicts, ...commits, ...selections],
  project(snapshot) {
    const { source, selection, draft, resolutions, isGoing, preview, unproven, finding } =
      contextOf(snapshot);
    return {
      file: fileIn(snapshot),
      isAtHand: source !== null,
      selection: [selection.strategy, selection.withoutStores.size, selection.isAgreed],
      hasDraft: draft !== null,
      resolutions: [...resolutions.values()].map(({ decision }) => decision),
      isGoing,
      preview: preview && [preview.next, preview.commit === null],
      isUnproven: unproven !== null,
      // While it plans, nothing reads why it was asked before, but whether another tab was there.
      finding: hasMoved(snapshot) || (snapshot.matches('planning') ? null : finding?.code),
    };
  },
  world: async () => new ImportWorld(),
  services: (world) => ({
    planImport: (input: ImportWish, bySignal) => planImport(world.importHands, input, bySignal),
    intake: intakeIn(world),
    conflicts: conflictsIn(world),
    commit: commitIn(world),
  }),
  children: ['intake', 'conflicts', 'commit'],
  writers: ['commit'],
  promises: importPromises,
  async atEnd(world, snapshot) {
    const { unproven, finding, preview } = contextOf(snapshot);
    const dump = await world.dump();
    const isSaid = finding?.code === 'applied';
    const isStored = dump.includes('kind\\\\":\\\\"import') || dump.includes('kind\\":\\"import');
    if (unproven === null)
      expect(isStored, 'applied is said of what is stored, and only of that').toBe(isSaid);
    if (snapshot.status === 'done' && snapshot.output.kind === 'imported') {
      const { id } = snapshot.output as Extract<ImportResult, { kind: 'imported' }>;
      const undo = await inOtherTab({ factory: world.factory }, (vault) => vault.planUndo(id));
      expect(undo.kind, 'what is called imported can be undone').toBe('undoable');
    }
    if (isSaid) expect(preview?.commit?.pin, 'the point before it is kept').toMatchObject({ days: 30 });
  },
};
