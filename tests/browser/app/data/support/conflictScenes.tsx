import { useSelector } from '@xstate/react';
import { createActor, fromPromise } from 'xstate';
import { conflictsMachine } from '../../../../../machines/conflicts.machine.ts';
import type { ConflictSides } from '../../../../../machines/conflicts.types.ts';
import { conflictsView } from '../../../../../src/app/data/conflicts/conflictsView.tsx';
import type {
  ConflictsActor,
  ConflictsStepProps,
  SideNames,
} from '../../../../../src/app/data/conflicts/step.ts';
import { ProblemDialog } from '../../../../../src/app/problem/ProblemDialog.tsx';
import { appFiles } from '../../../../../src/app/stores/files/appFiles.ts';
import { checkMerged, compareRecords } from '../../../../../src/services/conflicts.ts';
import { compareRecord } from '../../../../../src/services/importing/compareRecord.ts';
import type { ImportHands } from '../../../../../src/services/importing/hands.ts';
import { ImportWorld } from '../../../../paths/world/importWorld.ts';
import { openStage, spyCommands } from '../../problems/support/stage.tsx';
import { type Scene, settle, type Visit } from '../../problems/support/visit.ts';

type ConflictsEvent = Parameters<ConflictsActor['send']>[0];

interface Way {
  readonly sides: readonly ConflictSides[];
  readonly sends?: readonly ConflictsEvent[];
  readonly isBroken?: boolean;
}

const message = (given: string, more = '') =>
  `MSH|^~\\&|A|B|C|D|20260101||ADT^A01|1|P|2.5\rPID|1||1||TEST^${given}\r${more}`;
const template = (id: string, name: string, content: string) => ({
  id,
  name,
  description: '',
  messageType: 'ADT-A01',
  content,
  createdAt: 0,
});
const pair = (id: string, more: Partial<ConflictSides> = {}): ConflictSides => ({
  key: id,
  store: 'templates',
  id,
  first: template(id, `Admit ${id}`, message('WILLIAM')),
  second: template(id, `Admit ${id}`, message('WILLEM', 'PV1|1|I\r')),
  base: template(id, `Admit ${id}`, message('WIM')),
  canKeepBoth: true,
  ...more,
});
export const one = [pair('a')];
export const three = [pair('a'), pair('b'), pair('c')];
export const gone = [pair('a', { second: undefined })];
/** Only the file changed anything. */
export const changedBySide = [pair('a', { base: template('a', 'Admit a', message('WILLIAM')) })];
export const placeholder = [pair('a', { second: template('a', 'Admit a', message('HELPERVARIABLE2')) })];
/** The file has no patient. */
export const bare = [
  pair('a', { second: template('a', 'Admit a', message('').replace(/PID[^\r]*\r/, '')), base: undefined }),
];
export const settings: readonly ConflictSides[] = [
  {
    ...pair('a'),
    store: 'settings',
    first: { theme: 'light', more: 1 },
    second: { theme: 'dark', more: 1 },
    base: undefined,
    canKeepBoth: false,
  },
];
const CHANGE = /^Change PV1 Patient Visit$/;
const FOR_ALL = /^Keep both for all 3 open ones$/;
const CHOOSE = { type: 'CHOOSE', key: 'a', decision: 'keep-both' } as const;

export const conflictScenes: readonly Scene[] = [
  scene(
    'one, field by field',
    { sides: one },
    {
      says: [
        /PID-5\.2 Given Name/,
        /WILLIAM/,
        /WILLEM/,
        /Taken from the file: changed only there/,
        /This browser \(edited today, 10:01\)/,
        /1 field above still needs a side/,
      ],
    },
  ),
  scene(
    'three',
    { sides: three },
    { commands: [CHANGE, FOR_ALL], says: [/1 of 3/, /Choose for 3 more records/] },
  ),
  scene(
    'three, in the middle',
    { sides: three, sends: [{ type: 'NEXT' }] },
    { commands: [CHANGE, FOR_ALL], says: [/2 of 3/] },
  ),
  scene(
    'three, one decided',
    { sides: three, sends: [CHOOSE] },
    { commands: [CHANGE, /^Do the same for 2 open ones$/], says: [/Choose for 2 more records/] },
  ),
  scene('all decided', { sides: one, sends: [CHOOSE] }, { says: [/1 of 1 decided/] }),
  scene(
    'gone on one side',
    { sides: gone },
    {
      commands: [],
      says: [/Deleted in the file, still in this browser \(edited today, 10:01\)/, /Delete it/],
    },
  ),
  scene(
    'what differs is not known',
    { sides: one, isBroken: true },
    { commands: [], says: [/You can still choose whole records/] },
  ),
];

function scene(name: string, way: Way, expected: Partial<Scene>): Scene {
  return {
    name,
    role: 'dialog',
    labels: {
      NEXT: /^Next$/,
      PREVIOUS: /^Previous$/,
      APPLY: /^Apply \d choices?$/,
      BACK: /^Back$/,
    },
    commands: [CHANGE],
    events: () => ['NEXT', 'PREVIOUS', 'APPLY', 'BACK'].map((type) => ({ type })),
    open: () => visitConflicts(way),
    ...expected,
  };
}

const SIDES: SideNames = {
  first: { name: 'This browser', place: 'this browser', when: 'edited today, 10:01' },
  second: { name: 'The file', place: 'the file' },
};

/** The resolver in a frame of its own, as whoever asks puts it into theirs. */
function Frame({ actor, compare }: Pick<ConflictsStepProps, 'compare'> & { actor: ConflictsActor }) {
  const snapshot = useSelector(actor, (current) => current);
  const props = { snapshot, send: actor.send, sidesOf: () => SIDES, compare };
  const { step, title, lead, body, onLeave } = conflictsView(props, null);
  return (
    <ProblemDialog
      isOpen={snapshot.status === 'active'}
      isModal={false}
      isWide
      step={step}
      title={title}
      lead={lead}
      onLeave={onLeave}
    >
      {body}
    </ProblemDialog>
  );
}

export async function visitConflicts({
  sides,
  sends = [],
  isBroken = false,
}: Way): Promise<Visit<ConflictsActor>> {
  const world = new ImportWorld();
  const hands: ImportHands = { ...world.importHands, domain: appFiles };
  const machine = conflictsMachine.provide({
    actors: {
      compareRecords: fromPromise(async ({ input, signal }) => {
        if (isBroken) throw new TypeError('A mistake of ours');
        return compareRecords(hands, input, signal);
      }),
      checkMerged: fromPromise(({ input, signal }) => checkMerged(hands, input, signal)),
    },
  });
  const actor = createActor(machine, { input: { sides, draft: null }, clock: world.clock });
  actor.start();
  await settle(actor, world.clock);
  for (const event of sends) actor.send(event);
  const stage = await openStage();
  const commands = spyCommands();
  const compare = async (one: ConflictSides) => compareRecord(hands, one) ?? null;
  stage.show(<Frame actor={actor} compare={compare} />);
  await new Promise((resolve) => setTimeout(resolve, 300));
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
