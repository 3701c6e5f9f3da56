import type { Converted, Faithful, MigrationPlan } from '../../machines/migration.types.ts';
import { StorageError } from '../engines/errors.ts';
import type { VaultState } from '../vault/contract.ts';
import { readStored, readWhole } from '../vault/read.ts';
import { digestWith } from '../vault/sha256.ts';
import type { Change } from '../vault/types.ts';
import { verifyStored } from '../vault/verify.ts';
import { knownWitness } from '../vault/witness.ts';
import { convert, copyFault, olderRecords, stepsOf } from './converting.ts';
import type { Hands } from './hands.ts';
import { openedBy } from './opened.ts';
import type { RecoveryHands } from './recovery.ts';

/**
 * Finds what is older than this build, and proves record by record that it can be rebuilt as it is now (capture or
 * refuse). Only reads.
 *
 * @throws StorageError `newer`, `corrupt` where damage is to be decided about first, or why it cannot be read
 */
export async function planMigration({ owner, rules, environment, name }: Hands): Promise<MigrationPlan> {
  const { connection } = await openedBy(owner);
  const verdict = await verifyStored(await readStored(connection), {
    rules,
    digest: digestWith(environment.subtle),
    isThorough: true,
    witness: knownWitness(environment, name),
    readWhole: () => readWhole(connection),
  });
  switch (verdict.kind) {
    case 'outdated':
      return { kind: 'planned', state: verdict.state, steps: stepsOf(verdict.state, rules) };
    case 'newer':
      throw new StorageError('newer', 'A newer build has written');
    case 'damaged':
      if (!verdict.state) throw new StorageError('corrupt', 'What is damaged is to be decided about first');
      return { kind: 'nothing' };
    case 'intact':
      return { kind: 'nothing' };
  }
}

/**
 * Makes copies of all older records in the shape of this build. `stuck`: a step of ours fails on a record.
 *
 * @throws StorageError of class `programmer` when a store does not say how its older records are brought here
 */
export async function convertStores(
  { rules }: Pick<Hands, 'rules'>,
  { state }: { state: VaultState | null },
): Promise<Converted> {
  const changes: Change[] = [];
  for (const record of olderRecords(planned(state), rules)) {
    const data = convert(record, rules);
    if (data === undefined) {
      const { store, id, version } = record;
      return { kind: 'stuck', store, id, version };
    }
    // When it was edited last is what a person knows it by: nobody edited it now.
    const { store, id, rev: baseRev, updatedAt } = record;
    changes.push({ store, id, data, baseRev, updatedAt });
  }
  return { kind: 'converted', changes };
}

/**
 * Checks the copies: one of each older record, accepted by its schema, the same when stored and read, and the same when
 * made once more. Where they are faithful, gives the plan of the one commit, and opens the vault that it needs.
 */
export async function checkConverted(
  { rules, environment, openVault }: Pick<RecoveryHands, 'rules' | 'environment' | 'openVault'>,
  { state, changes }: { state: VaultState | null; changes: readonly Change[] },
): Promise<Faithful> {
  const fault = copyFault(planned(state), changes, rules);
  if (fault) return { kind: 'unfaithful', ...fault };
  await openVault(planned(state));
  return {
    kind: 'faithful',
    plan: {
      id: environment.newId(),
      kind: 'migrate',
      label: `${changes.length} records`,
      changes: [...changes],
      pin: { name: 'migrate', days: 30 },
    },
  };
}

function planned(state: VaultState | null): VaultState {
  if (!state) throw new StorageError('programmer', 'Nothing was planned');
  return state;
}
