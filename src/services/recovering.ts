import type { Recovery, RecoveryChoice } from '../../machines/recovery.types.ts';
import type { Connection } from '../engines/contract.ts';
import { isOfClass, StorageError } from '../engines/errors.ts';
import { fromBase64 } from '../vault/bytes.ts';
import type { Damage, VaultState } from '../vault/contract.ts';
import { provenPoints, stateAt } from '../vault/points.ts';
import { damagedValue, quarantined } from '../vault/quarantine.ts';
import { restoreChanges } from '../vault/restore.ts';
import type { Rules } from '../vault/rules.ts';
import { digestWith } from '../vault/sha256.ts';
import type { Change, Quarantined } from '../vault/types.ts';
import type { Hands } from './hands.ts';
import { openedBy } from './opened.ts';
import type { Present } from './present.ts';
import type { RecoveryHands } from './recovery.ts';

type Wanted = Pick<VaultState, 'records'>;

/**
 * The records that a choice puts in place. Stores that nothing is wrong with stay as they are, so that damage to one
 * costs no later change of another; where nothing is wrong at all, a backup is restored whole.
 *
 * @throws StorageError of class `corrupt` when a backup does not hold
 */
export async function wantedBy(
  hands: RecoveryHands,
  choice: RecoveryChoice,
  present: Present,
): Promise<Wanted> {
  const { state } = present;
  if (choice.kind === 'rescue') return state;
  const isAffected = affectedBy(present.damage);
  const kept = [...state.records].filter(([store]) => !isAffected(store));
  if (choice.kind === 'empty') return { records: new Map(kept) };
  const point = await pointOf(hands, choice);
  const restored = [...point.records].filter(([store]) => isAffected(store));
  return { records: new Map([...kept, ...restored]) };
}

async function pointOf(hands: RecoveryHands, choice: RecoveryChoice): Promise<Wanted> {
  const { owner, rules, environment } = hands;
  const memory = hands.memory?.();
  if (memory && choice.kind === 'point' && choice.seq === memory.head.seq) return memory;
  const known = hands.found?.pointAt(choice.kind === 'point' ? choice.seq : 'newest');
  if (known) return known;
  const { connection } = await openedBy(owner);
  const options = { rules, digest: digestWith(environment.subtle) };
  if (choice.kind === 'point') return stateAt(connection, choice.seq, options);
  const newest = (await provenPoints(connection, options)).at(0);
  if (!newest) throw new StorageError('corrupt', 'No backup holds');
  return newest;
}

/** By store; every store, where something is wrong that cannot be told to belong to one. */
function affectedBy(damage: readonly Damage[]): (store: string) => boolean {
  const open = damage.filter(({ repaired, source }) => !repaired && source?.kind !== 'marks');
  const stores = new Set(open.map(({ store }) => store));
  return (store) => open.length === 0 || stores.has(undefined) || stores.has(store);
}

/**
 * Byte-equal copies of everything that is damaged, as it lies there, and of what was set aside before. What cannot be
 * read has no copy; it stays where it is, for no commit touches it.
 */
export async function damagedBytes({ owner, environment }: Hands, present: Present): Promise<Quarantined[]> {
  const { connection } = await openedBy(owner);
  const at = new Date(environment.now()).toISOString();
  const copies = present.state.asides.map(({ aside, why }) =>
    quarantined(fromBase64(aside), { where: 'set aside', why, at }),
  );
  for (const { kind, key } of placesOf(present.damage)) {
    const found = await readOr(connection, { kind, key });
    if (found !== undefined) copies.push(damagedValue(kind, key, found, at));
  }
  return [...new Map(copies.map((copy) => [copy.id, copy])).values()];
}

type Place = NonNullable<Damage['source']>;

/** Each stored value once, however many of its lines are damaged: a page may hold a thousand. */
function placesOf(damage: readonly Damage[]): Place[] {
  const places = damage.flatMap(({ source }) => source ?? []);
  return [...new Map(places.map((place) => [JSON.stringify([place.kind, place.key]), place])).values()];
}

async function readOr(connection: Connection, { kind, key }: Place): Promise<unknown> {
  try {
    return await connection.read([kind], (reader) => reader.get(kind, key));
  } catch (error) {
    if (isOfClass(error, 'corrupt')) return undefined;
    throw error;
  }
}

/** The plan, and what it would replace. @throws StorageError of class `corrupt` when a record of the result is not sound */
export function planFor(
  { environment, rules }: Hands,
  {
    choice,
    present: { state },
    wanted,
    quarantine,
  }: { choice: RecoveryChoice; present: Present; wanted: Wanted; quarantine: Quarantined[] },
): Recovery {
  const changes = choice.kind === 'rescue' ? [] : restoreChanges(state, wanted, rules);
  checkRecords(changes, rules);
  return {
    plan: {
      id: environment.newId(),
      kind: choice.kind === 'empty' ? 'clear' : 'restore',
      label: choice.kind,
      changes,
      // Nothing is written before a person, or their policy, has agreed: `recovery` sees to that.
      agreed: true,
      quarantine,
    },
    replaced: changes.filter(({ baseRev }) => baseRev > 0).length,
    count: countAfter(state, changes),
  };
}

function checkRecords(changes: readonly Change[], rules: Rules): void {
  for (const { store, data } of changes) {
    const rule = rules.get(store);
    if (data === undefined || !rule || rule.isSound(data, rule.version)) continue;
    throw new StorageError('corrupt', 'A record of the chosen result fails its check');
  }
}

function countAfter({ count }: VaultState, changes: readonly Change[]): Record<string, number> {
  const after = new Map(Object.entries(count));
  for (const { store, data, baseRev } of changes) {
    const step = data === undefined ? -1 : Number(baseRev === 0);
    after.set(store, (after.get(store) ?? 0) + step);
  }
  return Object.fromEntries(after);
}
