import { createActor, fromPromise } from 'xstate';
import { loadMachine } from '../../../../../machines/load.machine.ts';
import LoadDialog from '../../../../../src/app/start/LoadDialog.tsx';
import { scenes } from '../../../../paths/world/loadScenes.ts';
import { LoadWorld, loadServices } from '../../../../paths/world/loadWorld.ts';
import type { Rule } from '../../../../simulation/faults/step.ts';
import type { RawDump } from '../../../../simulation/world/dump.ts';
import { openStage, spyCommands, untilActive } from './stage.tsx';
import { type Scene, settle, type Visit } from './visit.ts';

interface Way {
  readonly dump: RawDump;
  readonly fault?: Rule;
}

const aborted: Rule = ({ kind, method }) =>
  kind === 'issue' && method !== '' ? { kind: 'error', name: 'AbortError' } : undefined;
const connectionDead: Rule = ({ kind }) =>
  kind === 'transaction' ? { kind: 'error', name: 'InvalidStateError' } : undefined;

export const unreadable: Way = { dump: scenes.sound.dump, fault: aborted };

export const loadScenes: readonly Scene[] = [
  scene(
    'newer',
    { dump: scenes.newer.dump },
    {
      commands: [/^Reload to get the newer version/, /^Download a copy/],
      says: [/Nothing has been deleted or overwritten/],
    },
  ),
  scene('cannot be read, over a living connection', unreadable, {
    commands: [/^Download what can be read/],
    says: [/the next opening may cost the rest/],
  }),
  scene(
    'cannot be read, without a connection',
    { dump: scenes.sound.dump, fault: connectionDead },
    {
      commands: [/^Download what can be read/],
    },
  ),
];

function scene(name: string, way: Way, expected: Pick<Scene, 'commands'> & Partial<Scene>): Scene {
  return {
    name,
    role: 'alertdialog',
    labels: { RETRY: /^Try again/, DEFER: /^Decide later$/ },
    events: () => ['DOWNLOAD', 'RETRY', 'DEFER'].map((type) => ({ type })),
    // It follows the download, and only where that went well.
    silent: ['DOWNLOAD'],
    open: (options) => visitLoad(way, options),
    ...expected,
  };
}

export async function visitLoad({ dump, fault }: Way, { isShownFirst = false } = {}): Promise<Visit> {
  const world = new LoadWorld();
  await world.set(dump);
  if (fault) world.arm(fault);
  const services = Object.entries(loadServices(world)).map(([name, service]) => [
    name,
    fromPromise(({ input, signal }) => service(input as never, signal)),
  ]);
  const machine = loadMachine.provide({ actors: Object.fromEntries(services) });
  const actor = createActor(machine, { input: { isWiped: false }, clock: world.clock });
  const stage = await openStage();
  const commands = spyCommands();
  const show = () => stage.show(<LoadDialog actor={actor} commands={commands} />);
  actor.start();
  if (isShownFirst) show();
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
