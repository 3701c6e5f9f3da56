import { type AnyActorRef, createActor, fromPromise } from 'xstate';
import { conflictsMachine } from '../../../../../machines/conflicts.machine.ts';
import { importMachine } from '../../../../../machines/import.machine.ts';
import type { ImportInput } from '../../../../../machines/import.types.ts';
import { intakeMachine } from '../../../../../machines/intake.machine.ts';
import type { ChosenFile } from '../../../../../machines/intake.types.ts';
import ImportDialog from '../../../../../src/app/data/import/ImportDialog.tsx';
import type { ImportActor } from '../../../../../src/app/data/import/step.ts';
import { checkMerged, compareRecords } from '../../../../../src/services/conflicts.ts';
import { planImport } from '../../../../../src/services/import.ts';
import { compareRecord } from '../../../../../src/services/importing/compareRecord.ts';
import { checkFile, unlockBundle } from '../../../../../src/services/intake.ts';
import type { CommitPlan } from '../../../../../src/vault/types.ts';
import { commitIn } from '../../../../paths/world/child.ts';
import {
  exportOfNotes,
  fileOf,
  goneFile,
  ImportWorld,
  lockedWith,
  slowFile,
} from '../../../../paths/world/importWorld.ts';
import { dumpAfter, inOtherTab, planOf } from '../../../../paths/world/scene.ts';
import { diskFull } from '../../../../simulation/faults/rules.ts';
import type { Rule } from '../../../../simulation/faults/step.ts';
import { testOrigin } from '../../../../support/environment.ts';
import { openStage, spyCommands } from '../../problems/support/stage.tsx';
import { type Scene, settle, type Visit } from '../../problems/support/visit.ts';

const BEGIN = planOf('begin', [
  ['a', { text: 'a here' }, 0],
  ['b', { text: 'b here' }, 0],
  ['c', { text: 'c here' }, 0],
]);
const begun = await dumpAfter([BEGIN]);
const { indexedDB: template } = testOrigin();
const loaded = await inOtherTab({ factory: template }, async (vault) => {
  await vault.append(BEGIN).outcome;
  return vault.state();
});

export const PASSPHRASE = 'correct horse';
export const files = {
  fresh: await exportOfNotes({ a: { text: 'a here' }, n: { text: 'new in the file' } }),
  differing: await exportOfNotes({ a: { text: 'a of the file' }, n: { text: 'new in the file' } }),
  two: await exportOfNotes({ a: { text: 'a of the file' }, b: { text: 'b of the file' } }),
  same: await exportOfNotes({ a: { text: 'a here' } }),
  none: await exportOfNotes({}),
};
export const sealed = await lockedWith(PASSPHRASE, files.fresh);
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
export const cutOff = bytesOf(textOf(files.fresh).slice(0, 400));
const tampered = bytesOf(textOf(files.differing).replace('new in the file', 'new in the fire'));

/** Turns after which nobody has given up yet. */
const SOON = 40;

type ImportEvent = Parameters<ImportActor['send']>[0];

/** How far a person has got, and what is wrong from then on. */
export interface Way {
  /** What they choose; without it they are still asked. */
  readonly file?: ChosenFile;
  readonly types?: string;
  readonly sends?: readonly (ImportEvent | 'SALVAGE')[];
  /** Before the last of what is sent; without any, from the beginning. */
  readonly arrange?: (world: ImportWorld) => void;
  /** It is looked at while it waits. */
  readonly isHanging?: boolean;
}

const hangs: Rule = ({ kind }) => (kind === 'issue' ? { kind: 'hang' } : undefined);
const connectionDead: Rule = ({ kind }) =>
  kind === 'transaction' ? { kind: 'error', name: 'InvalidStateError' } : undefined;
const storageGone: Rule = (step) =>
  step.kind === 'open' ? { kind: 'error', name: 'UnknownError' } : connectionDead(step);
const writesAbort: Rule = ({ kind, method }) =>
  kind === 'issue' && method === 'add' ? { kind: 'error', name: 'AbortError' } : undefined;

const UNTOUCHED = /Nothing has been deleted or overwritten/;
const CONTINUE = { type: 'CONTINUE' } as const;
const REPLACE = { type: 'SELECT', selection: { strategy: 'replace' } } as const;
const AGREE = { type: 'SELECT', selection: { isAgreed: true } } as const;
const NOTHING = { type: 'SELECT', selection: { withoutStores: new Set(['notes']) } } as const;

const asked = {
  labels: {
    FILE: /^Drop a file here/,
    UNLOCK: /^Open the file$/,
    SALVAGE: /^Go on with the/,
    CHOOSE_ANOTHER: /^Choose another file$/,
    CANCEL: /^Cancel$/,
  },
  events: () => [
    { type: 'FILE', file: goneFile },
    { type: 'UNLOCK', passphrase: '' },
    { type: 'SALVAGE' },
    { type: 'CHOOSE_ANOTHER' },
    { type: 'CANCEL' },
  ],
};
const planned = {
  labels: {
    CONTINUE: /^(Import|Review|Write|Remove) \d/,
    RETRY: /^(Try|Look|Compare) again$/,
    CHOOSE_ANOTHER: /^Choose another file$/,
    CANCEL: /^Cancel$/,
    CLOSE: /^Close$/,
    UNDO: /^Undo import$/,
    SELECT: /^(Replace|Add) instead…$|^Back to the preview$/,
  },
  events: () => [
    { type: 'CONTINUE' },
    { type: 'RETRY' },
    { type: 'CHOOSE_ANOTHER' },
    { type: 'CANCEL' },
    { type: 'CLOSE' },
    { type: 'UNDO' },
    { type: 'SELECT', selection: {} },
  ],
};

/** The file: chosen, checked, opened, refused. */
const intakeScenes: readonly Scene[] = [
  scene('a file is asked for', {}, { ...asked, says: [/before anything is written/] }),
  scene('a file is read', { file: slowFile, isHanging: true }, { ...asked, says: [/Nothing is written/] }),
  // Nothing is typed yet, so the button waits.
  scene('encrypted', { file: fileOf(sealed) }, { ...asked, silent: ['UNLOCK'], says: [/kept nowhere/] }),
  scene(
    'the wrong passphrase',
    { file: fileOf(sealed), types: 'correct hearse' },
    // The error at its field.
    { ...asked, silent: ['UNLOCK'], isRed: true, says: [/case-sensitive/] },
  ),
  scene(
    'cut off',
    { file: fileOf(cutOff) },
    { ...asked, says: [UNTOUCHED, /ends in the middle/, /Ask for a new copy/, /Line 1, column/] },
  ),
  scene(
    'changed after the export',
    { file: fileOf(tampered) },
    { ...asked, says: [UNTOUCHED, /its checksum does not match/, /At notes/] },
  ),
  scene(
    'no export at all',
    { file: new Blob(['Dear colleague']) },
    { ...asked, says: [UNTOUCHED, /not JSON/, /Choose a file that was made with Export/] },
  ),
  scene('gone', { file: goneFile }, { ...asked, says: [UNTOUCHED, /NotReadableError/, /Choose it again/] }),
].map((one) => ({ ...one, commands: [] }));

/** What is done with it: looked through, refused, written. */
const planScenes: readonly Scene[] = [
  scene(
    'something new',
    { file: fileOf(files.fresh) },
    {
      ...planned,
      silent: ['SELECT'],
      says: [UNTOUCHED, /1 new/, /1 the same/, /every record matches its checksum/, /Import 1/],
    },
  ),
  scene(
    'something to decide',
    { file: fileOf(files.differing) },
    {
      ...planned,
      silent: ['SELECT'],
      says: [/1 changed in both places/, /you decide next/, /Import 1 and review 1/],
    },
  ),
  scene(
    'nothing of it is taken',
    { file: fileOf(files.fresh), sends: [NOTHING] },
    { ...planned, silent: ['SELECT'], says: [/Nothing is taken with these choices/] },
  ),
  scene(
    'much would go',
    { file: fileOf(files.fresh), sends: [REPLACE] },
    {
      ...planned,
      silent: ['SELECT'],
      says: [/2 records leave the list/, /The history keeps them/],
    },
  ),
  scene(
    'all would go, and a person has agreed',
    { file: fileOf(files.none), sends: [REPLACE, AGREE] },
    {
      ...planned,
      silent: ['SELECT'],
      says: [/3 records leave the list/, /Remove 3/, /shrink to less than half/],
    },
  ),
  scene('all is here already', { file: fileOf(files.same) }, { ...planned, says: [/already here/] }),
  scene('there is nothing in it', { file: fileOf(files.none) }, { ...planned, says: [/nothing to import/] }),
  scene(
    'it does not fit',
    {
      file: fileOf(files.fresh),
      arrange: (world) => {
        world.freeBytes = 10;
      },
    },
    { ...planned, silent: ['SELECT'], says: [/needs about/, /are free/] },
  ),
  scene(
    'it cannot be held against what is here',
    { file: fileOf(files.fresh), arrange: (world) => world.arm(connectionDead) },
    { ...planned, silent: ['SELECT'], says: [/couldn’t be prepared/, /InvalidStateError/] },
  ),
  scene(
    'it is being held against what is here',
    { file: fileOf(files.fresh), arrange: (world) => world.arm(hangs), isHanging: true },
    { ...planned, silent: ['SELECT'], says: [/Comparing with this browser/, /Nothing is written/] },
  ),
  scene(
    'the storage is full',
    { file: fileOf(files.fresh), sends: [CONTINUE], arrange: (world) => world.arm(diskFull('abort')) },
    { ...planned, says: [/The import didn’t happen/, /storage is full/, /exactly as before/] },
  ),
  scene(
    'it is not written',
    { file: fileOf(files.fresh), sends: [CONTINUE], arrange: (world) => world.arm(writesAbort) },
    { ...planned, says: [/The import didn’t happen/, /exactly as before/] },
  ),
  scene(
    'nobody knows whether it is written',
    { file: fileOf(files.fresh), sends: [CONTINUE], arrange: (world) => world.arm(storageGone) },
    {
      ...planned,
      silent: ['SELECT'],
      says: [/couldn’t check yet/, /Nothing was replaced without keeping it/],
    },
  ),
  // No template is among what was written, so there is none to show.
  scene(
    'it is written',
    { file: fileOf(files.fresh), sends: [CONTINUE] },
    { ...planned, says: [/The import is saved/, /1 record was written/, /Undo/] },
  ),
];

export const importScenes: readonly Scene[] = [...intakeScenes, ...planScenes];

function scene(name: string, way: Way, expected: Pick<Scene, 'labels' | 'events'> & Partial<Scene>): Scene {
  return { name, role: 'dialog', commands: [], open: () => visitImport(way), ...expected };
}

export interface ImportVisit extends Visit {
  readonly world: ImportWorld;
  readonly root: ImportActor;
}

/** Goes to a state of the import by what a person sends, with the real machines and services, and shows it. */
export async function visitImport({
  file,
  types,
  sends = [],
  arrange,
  isHanging = false,
}: Way): Promise<ImportVisit> {
  const world = new ImportWorld();
  await world.set(begun);
  await world.load(loaded);
  const { importHands: hands } = world;
  const commit = commitIn(world);
  const intake = intakeMachine.provide({
    actors: {
      checkFile: fromPromise(({ input, signal }) => checkFile(hands, input, signal)),
      unlockBundle: fromPromise(({ input, signal }) => unlockBundle(hands, input, signal)),
    },
  });
  const conflicts = conflictsMachine.provide({
    actors: {
      compareRecords: fromPromise(({ input, signal }) => compareRecords(hands, input, signal)),
      checkMerged: fromPromise(({ input, signal }) => checkMerged(hands, input, signal)),
    },
  });
  const machine = importMachine.provide({
    actors: {
      intake,
      conflicts,
      planImport: fromPromise(({ input, signal }) => planImport(hands, input, signal)),
      commit: fromPromise(({ input }: { input: { plan: CommitPlan } }) => commit(input)) as never,
    },
  });
  const input: ImportInput = { source: null, memories: new Map(), label: 'import', pinName: 'before' };
  const root = createActor(machine, { input, clock: world.clock }) as ImportActor & AnyActorRef;
  root.start();
  const child = root.getSnapshot().children.intake as AnyActorRef;
  if (sends.length === 0) arrange?.(world);
  if (file) child.send({ type: 'FILE', file });
  if (types !== undefined) {
    await settle(child, world.clock);
    child.send({ type: 'UNLOCK', passphrase: types });
  }
  for (const [at, event] of sends.entries()) {
    await settledFor(child, root, world);
    if (at === sends.length - 1) arrange?.(world);
    root.send(event as ImportEvent);
  }
  await settledFor(child, root, world, isHanging ? SOON : undefined);
  const stage = await openStage();
  const commands = { ...spyCommands(), showTemplates: () => {} };
  stage.show(
    <ImportDialog
      actor={root}
      commands={commands}
      compare={async (sides) => compareRecord(hands, sides) ?? null}
      progress={null}
    />,
  );
  // Fetched and drawn; a person opened it, so nothing is held back.
  await new Promise((resolve) => setTimeout(resolve, 100));
  const isTaking = child.getSnapshot().status === 'active';
  const actor = isTaking ? child : root;
  return {
    world,
    root,
    actor,
    stage,
    commands,
    dump: () => world.dump(),
    heal: () => world.heal(),
    settled: async () => {
      await settle(actor, world.clock);
      return actor.getSnapshot();
    },
    async close() {
      root.stop();
      stage.close();
      await world.close();
    },
  };
}

/** Until the file asks, or what comes after it does. */
async function settledFor(
  child: AnyActorRef,
  root: AnyActorRef,
  world: ImportWorld,
  turns?: number,
): Promise<void> {
  await settle(child, world.clock, turns);
  if (child.getSnapshot().status !== 'active') await settle(root, world.clock, turns);
}
