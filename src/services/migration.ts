import type {
  Converted,
  Faithful,
  FoundSource,
  MigrationPlan,
  Taken,
} from '../../machines/migration.types.ts';
import { createPace } from '../bundle/pace.ts';
import { StorageError } from '../engines/errors.ts';
import { readWitness } from '../engines/witness.ts';
import type { Stored, VaultState } from '../vault/contract.ts';
import { emptyState } from '../vault/draft.ts';
import { recordKey } from '../vault/envelope.ts';
import { isEmpty, readStored } from '../vault/read.ts';
import type { Change } from '../vault/types.ts';
import { convert, copyFault, olderRecords, stepsOf } from './converting.ts';
import { judge } from './judge.ts';
import { gatherSources, isPending, type LegacyHands } from './legacy/gather.ts';
import { openLedger } from './legacy/ledger.ts';
import { importedMark } from './legacy/marks.ts';
import { rowFault } from './legacy/rowFault.ts';
import { takeSources } from './legacy/taking.ts';
import { openedBy } from './opened.ts';
import { pauseOf } from './pauseOf.ts';
import type { RecoveryHands } from './recovery.ts';

/** What migrating works with. */
export interface MigrationHands extends LegacyHands {
  /** How far it has got, in records. Only to be shown. */
  readonly onProgress?: (progress: { readonly done: number; readonly of: number }) => void;
}

/**
 * Finds what is older than this build, and what earlier versions left; proves record by record that what is stored can be
 * rebuilt as it is now (capture or refuse). Only reads.
 *
 * @throws StorageError `newer`, `vanished`, `corrupt` where damage is to be decided about first, or why it cannot be read
 */
export async function planMigration(hands: MigrationHands): Promise<MigrationPlan> {
  const { connection } = await openedBy(hands.owner);
  const stored = await readStored(connection);
  const state = await provenState(hands, stored);
  const sources = await gatherSources(hands, stored);
  const steps = stepsOf(state, hands.rules);
  const hasSomething =
    steps.length > 0 || sources.some(({ answer }) => answer === 'read' || answer === 'kept');
  if (hasSomething) return { kind: 'planned', state, steps, sources };
  return { kind: 'nothing', reports: openLedger(sources.filter(isPending), '').reports() };
}

async function provenState(hands: MigrationHands, stored: Stored): Promise<VaultState> {
  const { environment, name } = hands;
  if (isEmpty(stored)) {
    if (readWitness(environment, name).kind === 'witness')
      throw new StorageError('vanished', 'There was data, and it is to be decided about first');
    return emptyState(environment.newId());
  }
  const verdict = await judge(hands, stored, { isThorough: true });
  if (verdict.kind === 'newer') throw new StorageError('newer', 'A newer build has written');
  if (!verdict.state) throw new StorageError('corrupt', 'What is damaged is to be decided about first');
  return verdict.state;
}

/**
 * Makes copies of all older records in the shape of this build, and of what earlier versions left. `stuck`: a step of ours
 * fails on a record. Pauses, so that the page goes on answering.
 *
 * @throws StorageError of class `programmer` when a store does not say how its older records are brought here
 */
export async function convertStores(
  hands: MigrationHands,
  { state, sources }: { state: VaultState | null; sources: readonly FoundSource[] },
  signal?: AbortSignal,
): Promise<Converted> {
  const { rules, environment, onProgress } = hands;
  const pace = createPace({ pause: pauseOf(environment), signal });
  const older = olderRecords(planned(state), rules);
  const of = older.length + sources.reduce((sum, { rows }) => sum + rows.length, 0);
  let done = 0;
  const advance = async (characters: number): Promise<void> => {
    done += 1;
    if (!pace.spend(characters)) return;
    await pace.rest();
    onProgress?.({ done, of });
  };
  const changes: Change[] = [];
  for (const record of older) {
    const data = convert(record, rules);
    if (data === undefined) {
      const { store, id, version } = record;
      return { kind: 'stuck', store, id, version };
    }
    // When it was edited last is what a person knows it by: nobody edited it now.
    const { store, id, rev: baseRev, updatedAt } = record;
    changes.push({ store, id, data, baseRev, updatedAt });
    await advance(CHARACTERS_A_RECORD);
  }
  const taken = await take(hands, converted(planned(state), changes), { sources, breathe: advance });
  return { kind: 'converted', changes, taken };
}

/** A guess: what a record costs to convert does not depend on its size alone. */
const CHARACTERS_A_RECORD = 2_000;

async function take(
  { owner, legacy, rules, environment }: MigrationHands,
  state: VaultState,
  { sources, breathe }: { sources: readonly FoundSource[]; breathe(characters: number): Promise<void> },
): Promise<Taken> {
  if (!legacy || sources.length === 0) return { changes: [], quarantine: [], marks: {}, reports: [] };
  const { connection } = await openedBy(owner);
  return takeSources(state, sources, {
    rules,
    breathe,
    imported: importedMark(await readStored(connection)),
    reader: await legacy.reader(),
    newId: environment.newId,
    at: new Date(environment.now()).toISOString(),
  });
}

/** The state as it will be once older records are in this build's shape: what sources are compared with. */
function converted(state: VaultState, changes: readonly Change[]): VaultState {
  const records = new Map([...state.records].map(([store, all]) => [store, new Map(all)]));
  for (const { store, id, data } of changes) {
    const record = records.get(store)?.get(id);
    if (record && data !== undefined) records.get(store)?.set(id, { ...record, data });
  }
  return { ...state, records };
}

interface ToCheck {
  state: VaultState | null;
  changes: readonly Change[];
  sources: readonly FoundSource[];
  taken: Taken;
}

/**
 * Checks the copies: one of each older record, accepted by its schema, the same when stored and read, and the same when
 * made once more; and that every row of a source is in the plan as it was found. Where they are faithful, gives the plan
 * of the one commit, and opens the vault that it needs.
 */
export async function checkConverted(
  { rules, environment, openVault }: Pick<RecoveryHands, 'rules' | 'environment' | 'openVault'>,
  { state, changes, sources, taken }: ToCheck,
): Promise<Faithful> {
  const base = planned(state);
  const fault = copyFault(base, changes, rules) ?? rowFault(converted(base, changes), sources, taken, rules);
  if (fault) return { kind: 'unfaithful', ...fault };
  await openVault(base);
  const all = planChanges(changes, taken.changes);
  return {
    kind: 'faithful',
    plan: {
      id: environment.newId(),
      kind: 'migrate',
      label: `${all.length} records`,
      changes: all,
      pin: { name: 'migrate', days: 30 },
      ...(Object.keys(taken.marks).length > 0 && { marks: taken.marks }),
      ...(taken.quarantine.length > 0 && { quarantine: [...taken.quarantine] }),
    },
  };
}

/** A source may bring a newer version of an older record: then that takes the place of its copy. */
function planChanges(copies: readonly Change[], taken: readonly Change[]): Change[] {
  const all = [...copies, ...taken].map((change) => [recordKey(change.store, change.id), change] as const);
  return [...new Map(all).values()];
}

function planned(state: VaultState | null): VaultState {
  if (!state) throw new StorageError('programmer', 'Nothing was planned');
  return state;
}
