import type { Converted, MigrationPlan } from '../../../machines/migration.types.ts';
import { convertStores, planMigration } from '../../../src/services/migration.ts';
import type { VaultState } from '../../../src/vault/contract.ts';
import type { CommitPlan } from '../../../src/vault/types.ts';
import type { RawDump } from '../../simulation/world/dump.ts';
import { OlderWorld, type StepKind } from './olderWorld.ts';
import { dumpAfter, planOf } from './scene.ts';

export const NOTES = ['a', 'b', 'c', 'd'];

const MADE = planOf(
  'made',
  NOTES.map((id) => [id, { text: `text of ${id}` }, 0]),
);
const DRAFT: CommitPlan = {
  id: 'draft',
  kind: 'save',
  label: 'drafts',
  changes: [{ store: 'drafts', id: 'notes/z', data: { store: 'notes', id: 'z', data: {} }, baseRev: 0 }],
};
/** As a tab of this build leaves it. */
const MIGRATED: CommitPlan = {
  ...planOf(
    'migrated elsewhere',
    NOTES.map((id) => [id, { body: `text of ${id}` }, 1]),
  ),
  kind: 'migrate',
};

export const older: RawDump = await dumpAfter([MADE, DRAFT]);

/** The older build wrote, then another tab of this one has migrated. */
export async function migratedElsewhere(): Promise<RawDump> {
  const world = new OlderWorld();
  try {
    const planned = await plannedIn(world);
    await world.load(planned.state);
    await world.vault.append(MIGRATED).outcome;
    return await world.storedNow();
  } finally {
    await world.close();
  }
}

type Planned = Extract<MigrationPlan, { kind: 'planned' }>;

async function plannedIn(world: OlderWorld): Promise<Planned> {
  await world.set(older);
  const plan = await planMigration(world.hands);
  if (plan.kind !== 'planned') throw new Error('There is nothing to migrate');
  return plan;
}

/** What is planned, and what the conversion gives when its step turns out so: by the real services. */
export async function convertedBy(
  kind: StepKind,
): Promise<{ state: VaultState; plan: Planned; converted: Converted }> {
  const world = new OlderWorld();
  try {
    const plan = await plannedIn(world);
    world.setStep(kind);
    return { state: plan.state, plan, converted: await convertStores(world.hands, plan) };
  } finally {
    await world.close();
  }
}
