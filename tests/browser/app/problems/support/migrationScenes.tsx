import { createActor, fromPromise } from 'xstate';
import { migrationMachine } from '../../../../../machines/migration.machine.ts';
import MigrationPage from '../../../../../src/app/migration/MigrationPage.tsx';
import type { Progress } from '../../../../../src/client/types.ts';
import { checkConverted, convertStores, planMigration } from '../../../../../src/services/migration.ts';
import type { CommitPlan } from '../../../../../src/vault/types.ts';
import { commitIn } from '../../../../paths/world/child.ts';
import { replaced } from '../../../../paths/world/damage.ts';
import { older } from '../../../../paths/world/olderScenes.ts';
import { OlderWorld } from '../../../../paths/world/olderWorld.ts';
import { diskFull } from '../../../../simulation/faults/rules.ts';
import type { Rule } from '../../../../simulation/faults/step.ts';
import { openStage, passed, spyCommands, untilActive } from './stage.tsx';
import { type Scene, settle, type Visit } from './visit.ts';

type Arrange = (world: OlderWorld) => void | Promise<void>;

const hangs: Rule = ({ kind }) => (kind === 'issue' ? { kind: 'hang' } : undefined);
/** From the write on, nobody answers any more, and nothing can be opened. */
const gone: Rule = (step) => {
  if (step.kind === 'open') return { kind: 'error', name: 'UnknownError' };
  return step.kind === 'transaction' ? { kind: 'error', name: 'InvalidStateError' } : undefined;
};

const PROVEN = /so everything is as it was/;

export const migrationScenes: readonly Scene[] = [
  halted('a step throws', (world) => world.setStep('throws'), [PROVEN, /One record of notes, version 1/]),
  halted('a copy is not faithful', (world) => world.setStep('breaks the schema'), [PROVEN, /\(schema\)/]),
  halted('storage is full', (world) => world.arm(diskFull('abort')), [PROVEN, /The storage is full/]),
  halted(
    'it is damaged',
    (world) =>
      world.set(['a', 'b', 'c'].reduce((all, id) => replaced(all, `text of ${id}`, `test of ${id}`), older)),
    [PROVEN],
  ),
  halted('nobody knows', { atCommit: (world) => world.arm(gone) }, [/couldn’t check yet/]),
  {
    ...halted('it is under way', (world) => world.arm(hangs), [/Step 1 of 4/]),
    role: 'none',
    commands: [],
    open: () => visitMigration((world) => world.arm(hangs)),
  },
  {
    ...halted('it says how far it is', (world) => world.arm(hangs), [/Step 1 of 4 · 91 of 148 records/]),
    role: 'none',
    commands: [],
    open: () => visitMigration((world) => world.arm(hangs), undefined, { done: 91, of: 148 }),
  },
];

function halted(name: string, how: Arrange | { atCommit: Arrange }, says: readonly RegExp[]): Scene {
  return {
    name,
    role: 'alertdialog',
    labels: { RETRY: /^Try again/, DEFER: /^Look around \(read-only\)$/ },
    commands: [/^Download your data$/, /^Copy the report$/],
    says,
    events: () => ['RETRY', 'DEFER'].map((type) => ({ type })),
    open: () => (typeof how === 'function' ? visitMigration(how) : visitMigration(() => {}, how.atCommit)),
  };
}

export async function visitMigration(
  arrange: Arrange,
  atCommit?: Arrange,
  progress: Progress | null = null,
): Promise<Visit> {
  const world = new OlderWorld();
  await world.set(older);
  await arrange(world);
  const { hands, recoveryHands } = world;
  const commit = commitIn(world);
  const machine = migrationMachine.provide({
    actors: {
      planMigration: fromPromise(() => planMigration(hands)),
      convertStores: fromPromise(({ input }) => convertStores(hands, input)),
      checkConverted: fromPromise(({ input }) => checkConverted(recoveryHands, input)),
      commit: fromPromise(async ({ input }: { input: { plan: CommitPlan } }) => {
        await atCommit?.(world);
        return commit(input);
      }) as never,
    },
  });
  const actor = createActor(machine, { clock: world.clock });
  const stage = await openStage();
  const commands = spyCommands();
  actor.start();
  stage.show(<MigrationPage actor={actor} commands={commands} progress={progress} />);
  await settle(actor, world.clock);
  await passed(450);
  await untilActive();
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
