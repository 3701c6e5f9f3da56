import { createActor, fromPromise } from 'xstate';
import { exportMachine } from '../../../../../machines/export.machine.ts';
import type { PatientLook } from '../../../../../machines/export.types.ts';
import ExportDialog from '../../../../../src/app/data/export/ExportDialog.tsx';
import type { ExportActor } from '../../../../../src/app/data/export/step.ts';
import { buildFile } from '../../../../../src/services/export.ts';
import { ImportWorld } from '../../../../paths/world/importWorld.ts';
import { dumpAfter, planOf } from '../../../../paths/world/scene.ts';
import type { Rule } from '../../../../simulation/faults/step.ts';
import { openStage, spyCommands } from '../../problems/support/stage.tsx';
import { type Scene, settle, type Visit } from '../../problems/support/visit.ts';

type ExportEvent = Parameters<ExportActor['send']>[0];

interface Way {
  readonly sends?: readonly ExportEvent[];
  readonly arrange?: (world: ImportWorld) => void;
  /** It is looked at while it waits. */
  readonly isHanging?: boolean;
  readonly found?: () => Promise<PatientLook>;
}

const stored = await dumpAfter([planOf('notes', [['a', { text: 'a as stored' }, 0]])]);
export const records = [
  { id: 'a', store: 'templates', data: { name: 'Admit', content: 'MSH|^~\\&|' } },
  { id: 'b', store: 'templates', data: { name: 'Discharge', content: 'MSH|^~\\&|' } },
];
const EXPORT = { type: 'EXPORT', passphrase: null } as const;
const set = (settings: Extract<ExportEvent, { type: 'SET' }>['settings']) =>
  ({ type: 'SET', settings }) as const;
const hangs: Rule = ({ kind }) => (kind === 'issue' ? { kind: 'hang' } : undefined);
const connectionDead: Rule = ({ kind }) =>
  kind === 'transaction' ? { kind: 'error', name: 'InvalidStateError' } : undefined;
const UNTOUCHED = /Nothing has been deleted or overwritten/;
/** Turns after which nobody has given up yet. */
const SOON = 40;
const none = async (): Promise<PatientLook> => [];
export const both = async (): Promise<PatientLook> => [
  { store: 'templates', id: 'a', places: ['PID-19', 'PID-5'] },
  { store: 'templates', id: 'b', places: ['PID-5', 'PID-7'] },
];

export const exportScenes: readonly Scene[] = [
  scene(
    'asked',
    {},
    { says: [/2 templates, settings/, /hl7-helper-backup-2026-03-01.json · about/, /were found/] },
  ),
  scene(
    'something looks like a patient’s',
    { found: both },
    {
      says: [
        /2 of the records you export hold values that look like patient data: PID-5, PID-7, PID-19\. Anyone/,
        /Show the fields/,
        /Export unencrypted/,
      ],
    },
  ),
  scene(
    'of what looks like a patient’s one is chosen',
    { found: both, sends: [set({ stores: ['templates'], only: new Map([['templates', new Set(['b'])]]) })] },
    {
      commands: [/^Choose all/, /^Choose none/],
      says: [/1 of the records you export holds values that look like patient data: PID-5, PID-7\. Anyone/],
    },
  ),
  scene(
    'test values are wanted',
    { found: both, sends: [set({ withTestValues: true })] },
    { says: [/Test values take their place in the file/, /Damaged records stay out of the file/] },
  ),
  scene(
    'test values are wanted, and nothing that is chosen looks like a patient’s',
    { found: both, sends: [set({ withTestValues: true, stores: ['settings'] })] },
    { says: [/No values that look like patient data were found/, /Replace what looks like/] },
  ),
  scene(
    'nobody could look',
    { found: () => Promise.reject(new Error('no')) },
    { says: [/couldn’t be looked through/, /Replace what looks like/] },
  ),
  scene('chosen', { sends: [set({ stores: ['templates'] })] }, { commands: [/^Choose all/, /^Choose none/] }),
  scene('nothing chosen', { sends: [set({ stores: [] })] }, { says: [/Choose at least one thing/] }),
  scene('encrypted', { sends: [set({ isProtected: true })] }, { says: [/Enter the passphrase twice/] }),
  scene(
    'under way',
    { sends: [EXPORT], arrange: (world) => world.arm(hangs), isHanging: true },
    { says: [/read back and compared/] },
  ),
  scene(
    'it cannot be read',
    { sends: [EXPORT], arrange: (world) => world.arm(connectionDead) },
    { says: [UNTOUCHED, /InvalidStateError/] },
  ),
  scene(
    'it does not match',
    {
      sends: [EXPORT],
      arrange: (world) => {
        world.isStrict = true;
      },
    },
    { says: [UNTOUCHED, /didn’t match after writing/] },
  ),
];

function scene(name: string, way: Way, expected: Partial<Scene>): Scene {
  return {
    name,
    role: 'dialog',
    labels: {
      EXPORT: /^Export( unencrypted)?$/,
      COPY: /^Copy as JSON$/,
      RETRY: /^Try again$/,
      BACK: /^Back$/,
      CANCEL: /^Cancel$/,
    },
    commands: [],
    events: ({ context }) => {
      const passphrase = context.settings.isProtected ? '' : null;
      return [
        { type: 'EXPORT', passphrase },
        { type: 'COPY', passphrase },
        { type: 'RETRY' },
        { type: 'BACK' },
        { type: 'CANCEL' },
      ];
    },
    open: () => visitExport(way),
    ...expected,
  };
}

export async function visitExport({
  sends = [],
  arrange,
  found = none,
  isHanging = false,
}: Way): Promise<Visit<ExportActor>> {
  const world = new ImportWorld();
  await world.set(stored);
  arrange?.(world);
  const machine = exportMachine.provide({
    actors: {
      buildFile: fromPromise(({ input, signal }) => buildFile(world.importHands, input, signal)),
    },
  });
  const settings = {
    stores: null,
    only: new Map(),
    isProtected: false,
    fileName: 'hl7-helper-backup-2026-03-01.json',
    withTestValues: false,
    look: null,
  };
  const actor = createActor(machine, { input: { settings }, clock: world.clock });
  actor.start();
  for (const event of sends) actor.send(event);
  await settle(actor, world.clock, isHanging ? SOON : undefined);
  const stage = await openStage();
  const commands = spyCommands();
  stage.show(
    <ExportDialog
      actor={actor}
      commands={{ ...commands, showTemplates: () => {} }}
      queries={{ records: () => records, findPatientLike: found }}
      progress={null}
    />,
  );
  await new Promise((resolve) => setTimeout(resolve, 100));
  return {
    actor,
    stage,
    commands,
    dump: () => world.dump(),
    heal: () => world.heal(),
    settled: () => settle(actor, world.clock),
    async close() {
      actor.stop();
      stage.close();
      await world.close();
    },
  };
}
