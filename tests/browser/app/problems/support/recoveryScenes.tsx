import { createActor, fromPromise } from 'xstate';
import { recoveryMachine } from '../../../../../machines/recovery.machine.ts';
import type { RecoveryInput } from '../../../../../machines/recovery.types.ts';
import RecoveryDialog from '../../../../../src/app/recovery/RecoveryDialog.tsx';
import type { RecoveryActor } from '../../../../../src/app/recovery/step.ts';
import { listRestorePoints, prepareRecovery, scanRescue } from '../../../../../src/services/recovery.ts';
import type { VaultState } from '../../../../../src/vault/contract.ts';
import type { CommitPlan } from '../../../../../src/vault/types.ts';
import { commitIn, ParentWorld } from '../../../../paths/world/child.ts';
import { type DamagedScene, damagedScenes, setScene } from '../../../../paths/world/damagedScenes.ts';
import type { Rule } from '../../../../simulation/faults/step.ts';
import { openStage, spyCommands, untilActive } from './stage.tsx';
import { type Scene, settle, type Visit } from './visit.ts';

type Event = Parameters<RecoveryActor['send']>[0];

/** How far a person has got, and what is wrong with the storage from then on. */
interface Way {
  readonly isModal: boolean;
  readonly input?: Partial<RecoveryInput>;
  readonly sends?: readonly Event[];
  /** Before the last of what is sent. */
  readonly fault?: Rule;
  /** What the page still holds. */
  readonly memory?: VaultState | null;
}

const { damaged, mixed, noBackup, vanished, setAside, sound } = damagedScenes;
const RESTORE = { type: 'RESTORE', seq: 2 } as const;
const RESCUE = { type: 'RESCUE' } as const;
const START_EMPTY = { type: 'START_EMPTY' } as const;
const hangs: Rule = ({ kind }) => (kind === 'issue' ? { kind: 'hang' } : undefined);
const connectionDead: Rule = ({ kind }) =>
  kind === 'transaction' ? { kind: 'error', name: 'InvalidStateError' } : undefined;

const DOWNLOAD = [/^Download the damaged data$/];
const choosing = {
  RESTORE: /^Restore the backup from/,
  RESCUE: /^Rescue what can be read/,
  RETRY: /^Try reading it again/,
  START_EMPTY: /^Start with an empty library…/,
  DEFER: /^(Decide later|Close)$/,
};
const reviewing = { CONFIRM: /^Keep these \d+ records$/, BACK: /^Back$/ };
const startingEmpty = { CONFIRM: /^Start empty$/, BACK: /^Back$/ };
const replacing = { CONFIRM: /^Replace \d+ records$/, BACK: /^Back$/, CANCEL: /^Cancel$/ };
const UNTOUCHED = /Nothing has been deleted or overwritten/;

/** Every state of the dialog, over what is really stored so. */
export const recoveryScenes: readonly Scene[] = [
  scene(
    'damaged, with backups',
    damaged,
    { isModal: true },
    { labels: choosing, commands: DOWNLOAD, says: [UNTOUCHED, /2 earlier backups are readable/] },
  ),
  scene(
    'damaged, no backup',
    noBackup,
    { isModal: true },
    {
      labels: choosing,
      commands: DOWNLOAD,
      says: [UNTOUCHED, /Download the damaged data before you choose/],
    },
  ),
  scene(
    'vanished',
    vanished,
    { isModal: true },
    { labels: choosing, says: [UNTOUCHED, /We expected 12 records here/] },
  ),
  scene(
    'vanished, and the page holds a copy',
    vanished,
    { isModal: true, memory: sound.live },
    {
      labels: { ...choosing, RESTORE: /^Write back what this page holds/ },
      says: [UNTOUCHED, /This page still holds a copy/],
    },
  ),
  scene(
    'some set aside',
    setAside,
    { isModal: false },
    { labels: choosing, commands: DOWNLOAD, says: [UNTOUCHED] },
  ),
  scene('asked', sound, { isModal: false }, { labels: choosing }),
  scene('reviewing', mixed, { isModal: true, sends: [RESCUE] }, { labels: reviewing, says: [UNTOUCHED] }),
  scene(
    'reviewing what was set aside',
    setAside,
    { isModal: false, sends: [RESCUE] },
    { labels: reviewing, says: [UNTOUCHED] },
  ),
  scene(
    'empty, with backups',
    damaged,
    { isModal: true, sends: [START_EMPTY] },
    { labels: startingEmpty, commands: [/^Download it first$/], says: [UNTOUCHED] },
  ),
  scene(
    'empty, the last copy',
    noBackup,
    { isModal: true, sends: [START_EMPTY] },
    {
      labels: startingEmpty,
      commands: [/^Download it first$/],
      isRed: true,
      says: [UNTOUCHED, /the last visible copy/],
    },
  ),
  scene(
    'empty, vanished',
    vanished,
    { isModal: true, sends: [START_EMPTY] },
    { labels: startingEmpty, says: [UNTOUCHED] },
  ),
  scene(
    'replacing, at start-up',
    mixed,
    { isModal: true, sends: [RESTORE] },
    { labels: replacing, says: [UNTOUCHED, /2 get an older version/] },
  ),
  scene('replacing, as asked', sound, { isModal: false, input: { point: 2 } }, { labels: replacing }),
  scene(
    'checking what was chosen',
    damaged,
    { isModal: true, sends: [RESTORE], fault: hangs },
    { labels: { CANCEL: /^Cancel$/ }, says: [UNTOUCHED] },
  ),
  scene(
    'not prepared',
    damaged,
    { isModal: true, sends: [RESTORE], fault: connectionDead },
    { labels: choosing, commands: DOWNLOAD, says: [UNTOUCHED, /InvalidStateError/] },
  ),
];

const OTHERS = ['RESCUE', 'RETRY', 'START_EMPTY', 'CONFIRM', 'BACK', 'CANCEL', 'DEFER'].map((type) => ({
  type,
}));

function scene(
  name: string,
  stored: DamagedScene,
  way: Way,
  expected: Pick<Scene, 'labels'> & Partial<Scene>,
): Scene {
  return {
    name,
    role: way.isModal ? 'alertdialog' : 'dialog',
    commands: [],
    open: (options) => visitRecovery(stored, way, options),
    events: ({ context }) => [{ type: 'RESTORE', seq: context.points?.[0]?.seq ?? -1 }, ...OTHERS],
    ...expected,
  };
}

/** Goes to a state of recovery by what a person sends, and shows it. */
export async function visitRecovery(
  stored: DamagedScene,
  { isModal, input, sends = [], fault, memory = null }: Way,
  { isShownFirst = false } = {},
): Promise<Visit<RecoveryActor>> {
  const world = new ParentWorld();
  await setScene(world, stored);
  const recoveryHands = { ...world.recoveryHands, memory: () => memory };
  const commit = commitIn(world);
  const machine = recoveryMachine.provide({
    actors: {
      listRestorePoints: fromPromise(() => listRestorePoints(recoveryHands)),
      scanRescue: fromPromise(({ input: asked }) => scanRescue(recoveryHands, asked)),
      prepareRecovery: fromPromise(({ input: asked }) => prepareRecovery(recoveryHands, asked)),
      commit: fromPromise(({ input: asked }: { input: { plan: CommitPlan } }) => commit(asked)) as never,
    },
  });
  const actor = createActor(machine, {
    input: { finding: stored.finding, policy: 'prompt', point: null, ...input },
    clock: world.clock,
  });
  const stage = await openStage();
  const commands = spyCommands();
  const show = () => stage.show(<RecoveryDialog actor={actor} isModal={isModal} commands={commands} />);
  actor.start();
  if (isShownFirst) show();
  for (const [at, event] of sends.entries()) {
    await settle(actor, world.clock);
    if (fault && at === sends.length - 1) world.arm(fault);
    actor.send(event);
  }
  await settle(actor, world.clock);
  if (!isShownFirst) {
    show();
    await untilActive();
  }
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
