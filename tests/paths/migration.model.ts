import { expect } from 'vitest';
import type { AnyMachineSnapshot } from 'xstate';
import { migrationMachine } from '../../machines/migration.machine.ts';
import type { Faithful, MigrationPlan, MigrationResult } from '../../machines/migration.types.ts';
import { StorageError } from '../../src/engines/errors.ts';
import { Timeout } from '../../src/services/deadline.ts';
import { checkConverted, convertStores, planMigration } from '../../src/services/migration.ts';
import { diskFull } from '../simulation/faults/rules.ts';
import type { Rule } from '../simulation/faults/step.ts';
import { done, failed, type Model, type Outcome } from './kit/model.ts';
import { migrationPromises } from './migration.promises.ts';
import { broken, commitIn } from './world/child.ts';
import { replaced } from './world/damage.ts';
import { stateTrait } from './world/judged.ts';
import { convertedBy, migratedElsewhere, NOTES, older } from './world/olderScenes.ts';
import { OlderWorld, type StepKind } from './world/olderWorld.ts';
import { inOtherTab, planOf } from './world/scene.ts';
import { within } from './world/within.ts';

type Context = ReturnType<typeof migrationMachine.getInitialSnapshot>['context'];

const contextOf = ({ context }: AnyMachineSnapshot): Context => context;
const good = await convertedBy('works');
const migrated = await migratedElsewhere();

/** The copies that each kind of step makes: by these the check is foreseen. */
const KINDS: readonly StepKind[] = [
  'works',
  'breaks the schema',
  'gives what no JSON holds',
  'gives another thing each time',
];
const made = new Map(
  await Promise.all(KINDS.map(async (kind) => [kind, (await convertedBy(kind)).converted] as const)),
);

function kindOfCopies({ changes }: Context): StepKind | undefined {
  const text = JSON.stringify(changes.map(({ data }) => data));
  return KINDS.find((kind) => {
    const converted = made.get(kind);
    return (
      converted?.kind === 'converted' && JSON.stringify(converted.changes.map(({ data }) => data)) === text
    );
  });
}

const connectionDead: Rule = ({ kind }) =>
  kind === 'transaction' ? { kind: 'error', name: 'InvalidStateError' } : undefined;
const hangs: Rule = ({ kind }) => (kind === 'issue' ? { kind: 'hang' } : undefined);
const storageGone: Rule = (step) =>
  step.kind === 'open' ? { kind: 'error', name: 'UnknownError' } : connectionDead(step);

async function setOlder(world: OlderWorld): Promise<void> {
  await world.set(older);
  world.setStep('works');
}

function planTrait(plan: MigrationPlan): unknown {
  return plan.kind === 'planned' ? { ...plan, state: stateTrait(plan.state) } : plan;
}

const plannings: Outcome<OlderWorld>[] = [
  {
    label: 'finds older records',
    event: done('planMigration', good.plan),
    arrange: setOlder,
    trait: planTrait,
  },
  {
    label: 'another tab has migrated',
    event: done('planMigration', { kind: 'nothing', reports: [] }),
    arrange: (world) => world.set(migrated),
  },
  {
    label: 'a newer build has written',
    event: failed('planMigration', new StorageError('newer', 'newer')),
    arrange: async (world) => {
      await world.set(older);
      const newer = planOf('newer', [['n', { text: 'of a newer build' }, 0]]);
      await inOtherTab({ factory: world.factory, version: 3 }, (vault) => vault.append(newer).outcome);
    },
  },
  {
    label: 'it is damaged',
    event: failed('planMigration', new StorageError('corrupt', 'damaged')),
    arrange: (world) =>
      world.set(['a', 'b', 'c'].reduce((all, id) => replaced(all, `text of ${id}`, `test of ${id}`), older)),
  },
  {
    label: 'nobody answers',
    event: failed('planMigration', new Timeout('planMigration', 30_000)),
    arrange: async (world) => {
      await setOlder(world);
      world.arm(hangs);
    },
    elapses: true,
  },
];

const conversions: Outcome<OlderWorld>[] = [
  ...[...made].map(([kind, converted]) => ({
    label: `the step ${kind}`,
    event: done('convertStores', converted),
    arrange: (world: OlderWorld) => world.setStep(kind),
  })),
  {
    label: 'the step throws',
    event: done('convertStores', { kind: 'stuck', store: 'notes', id: 'a', version: 1 }),
    arrange: (world) => world.setStep('throws'),
  },
  {
    label: 'the step is missing',
    event: failed('convertStores', new StorageError('programmer', 'missing')),
    arrange: (world) => world.setStep('is missing'),
  },
];

function refuses(kind: StepKind, why: string): Outcome<OlderWorld> {
  return {
    label: `not faithful: ${why}`,
    event: done('checkConverted', { kind: 'unfaithful', why, store: 'notes', id: 'a' }),
    when: (snapshot) => kindOfCopies(contextOf(snapshot)) === kind,
    arrange: () => {},
  };
}

const checks: Outcome<OlderWorld>[] = [
  {
    label: 'faithful',
    event: (snapshot) =>
      done('checkConverted', {
        kind: 'faithful',
        plan: {
          id: '',
          kind: 'migrate',
          label: '4 records',
          changes: contextOf(snapshot).changes,
          pin: { name: 'migrate', days: 30 },
        },
      }),
    when: (snapshot) => kindOfCopies(contextOf(snapshot)) === 'works',
    arrange: () => {},
    trait: (checked: Faithful) => (checked.kind === 'faithful' ? { ...checked.plan, id: '' } : checked),
  },
  refuses('breaks the schema', 'schema'),
  refuses('gives what no JSON holds', 'roundTrip'),
  refuses('gives another thing each time', 'unstable'),
  {
    label: 'the schema itself breaks',
    event: failed('checkConverted', new TypeError('The schema broke')),
    when: (snapshot) => kindOfCopies(contextOf(snapshot)) === 'works',
    arrange: (world) => world.breakSchema(),
  },
];

const kindOnly = ({ kind }: { kind: string }) => kind;
const commits: Outcome<OlderWorld>[] = [
  {
    label: 'written',
    event: done('commit', { kind: 'committed', id: '', seq: 0 }),
    trait: kindOnly,
    arrange: (world) => world.heal(),
  },
  {
    label: 'an older tab was first',
    event: done('commit', { kind: 'conflicted', winners: [] }),
    trait: kindOnly,
    arrange: async (world) => {
      world.heal();
      const theirs = planOf('theirs', [['a', { text: 'of the older tab' }, 1]]);
      const outcome = await inOtherTab({ factory: world.factory }, (vault) => vault.append(theirs).outcome);
      expect(outcome.kind).toBe('committed');
    },
  },
  {
    label: 'storage is full',
    event: done('commit', { kind: 'full' }),
    arrange: (world) => world.arm(diskFull('abort')),
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

export const migrationModel: Model<OlderWorld> = {
  machine: migrationMachine,
  starts: [{ label: 'migrate', input: undefined, arrange: setOlder }],
  outcomes: [...plannings, ...conversions, ...checks, ...commits],
  project(snapshot) {
    const context = contextOf(snapshot);
    return {
      plans: snapshot.matches('halted') || snapshot.status === 'done' ? undefined : context.plans,
      copies: snapshot.matches('checking') ? kindOfCopies(context) : undefined,
      // What is shown afterwards depends on it.
      code: snapshot.matches('halted') ? context.finding?.code : undefined,
    };
  },
  world: async () => new OlderWorld(),
  services: (world) => ({
    planMigration: within(world.hands, planMigration, 30_000),
    convertStores: within(world.hands, convertStores, 30_000),
    checkConverted: within(world.recoveryHands, checkConverted, 30_000),
    commit: commitIn(world),
  }),
  children: ['commit'],
  writers: ['commit'],
  promises: migrationPromises,
  async atEnd(world, snapshot) {
    if (snapshot.status !== 'done') return;
    const result: MigrationResult = snapshot.output;
    const { finding } = contextOf(snapshot);
    if (result.kind === 'deferred') {
      expect(result.finding).toBe(finding);
      // Only copies that nothing was found wrong with may be shown.
      if (result.finding.code === 'unfaithful') {
        const bodies = result.readable.filter(({ data }) => 'body' in (data as object));
        expect(bodies).toEqual([]);
      }
      return;
    }
    // A tab that knows nothing of this one finds everything in the new shape, and nothing else touched.
    const seen = await inOtherTab({ factory: world.factory, version: 2 }, async (vault) => {
      const notes = [...(vault.state().records.get('notes') ?? [])];
      return notes.map(([id, { data, version }]) => [id, data, version]);
    });
    expect(seen).toEqual(NOTES.map((id) => [id, { body: `text of ${id}` }, 2]));
    if (result.id === null) return;
    const dump = await world.dump();
    expect(dump, 'the pin of thirty days').toContain(
      JSON.stringify('"pin":{"days":30,"name":"migrate"}').slice(1, -1),
    );
    for (const id of NOTES) expect(dump, 'what was replaced').toContain(`text of ${id}\\"},\\"id`);
  },
};
