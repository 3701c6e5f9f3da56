import { createActor, fromPromise } from 'xstate';
import { bootMachine } from '../../../../../machines/boot.machine.ts';
import type { BootInput } from '../../../../../machines/boot.types.ts';
import BootDialog from '../../../../../src/app/start/BootDialog.tsx';
import { awaitUnblocked, openStorage, probeStorage } from '../../../../../src/services/boot.ts';
import { BootWorld, OLDER } from '../../../../paths/world/bootWorld.ts';
import type { Rule } from '../../../../simulation/faults/step.ts';
import { openStage, spyCommands, untilActive } from './stage.tsx';
import { type Scene, settle, type Visit } from './visit.ts';

interface Way {
  readonly input?: Partial<BootInput>;
  readonly remembered?: Readonly<Record<string, number>>;
  arrange(world: BootWorld): void | Promise<void>;
}

const openFails: Rule = ({ kind }) => (kind === 'open' ? { kind: 'error', name: 'UnknownError' } : undefined);
const connectionDead: Rule = ({ kind }) =>
  kind === 'transaction' ? { kind: 'error', name: 'InvalidStateError' } : undefined;
const UNTOUCHED = /Nothing has been deleted or overwritten/;

export const blocked: Way = {
  async arrange(world) {
    await world.set(OLDER);
    await world.openElsewhere();
  },
};

export const bootScenes: readonly Scene[] = [
  scene('another tab blocks', blocked, [UNTOUCHED, /continues by itself/]),
  scene(
    'it does not open, and there was data',
    {
      remembered: { templates: 148 },
      async arrange(world) {
        await world.set(OLDER);
        world.arm(openFails);
      },
    },
    [UNTOUCHED, /you had 148 templates/],
  ),
  scene(
    'it is forbidden, and nothing is remembered',
    {
      input: { mayHoldData: false, canUseLocalStorage: false },
      arrange(world) {
        world.isDenied = true;
      },
    },
    [UNTOUCHED, /does not remember any data/],
  ),
  scene(
    'it cannot be written',
    {
      async arrange(world) {
        await world.set(OLDER);
        world.arm(connectionDead);
      },
    },
    [UNTOUCHED, /refused to write/],
  ),
];

function scene(name: string, way: Way, says: readonly RegExp[]): Scene {
  return {
    name,
    role: 'alertdialog',
    labels: {
      ASK_OTHER_TABS: /^Ask the other tab to reload/,
      RETRY: /^Try again/,
      USE_FALLBACK: /^Work in this session only$/,
      DEFER: /^Decide later$/,
    },
    commands: [],
    says,
    events: () => ['ASK_OTHER_TABS', 'RETRY', 'USE_FALLBACK', 'DEFER'].map((type) => ({ type })),
    open: (options) => visitBoot(way, options),
  };
}

export interface BootVisit extends Visit {
  readonly world: BootWorld;
}

export async function visitBoot(
  { input, remembered, arrange }: Way,
  { isShownFirst = false } = {},
): Promise<BootVisit> {
  const world = new BootWorld();
  await arrange(world);
  const { hands } = world;
  const machine = bootMachine.provide({
    actors: {
      openStorage: fromPromise(({ input: asked }) => openStorage(hands, asked)),
      awaitUnblocked: fromPromise(({ input: asked }) => awaitUnblocked(hands, asked)),
      probeStorage: fromPromise(({ input: asked }) => probeStorage(hands, asked)),
    },
  });
  const actor = createActor(machine, {
    input: { mayHoldData: true, canUseLocalStorage: true, ...input },
    clock: world.clock,
  });
  const stage = await openStage();
  const commands = spyCommands();
  const show = () =>
    stage.show(<BootDialog actor={actor} commands={commands} remembered={remembered ?? null} />);
  actor.start();
  if (isShownFirst) show();
  await settle(actor, world.clock);
  if (!isShownFirst) {
    show();
    await untilActive();
  }
  return {
    world,
    actor,
    stage,
    commands,
    dump: () => world.dump(),
    heal: () => world.arm(undefined),
    settled: () => settle(actor, world.clock),
    async close() {
      actor.stop();
      stage.close();
      await world.close();
    },
  };
}
