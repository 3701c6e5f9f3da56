import type { Versions } from './contract.ts';
import { allRecords } from './draft.ts';
import { recordKey } from './envelope.ts';
import { addChecksum, sumFromHex, sumToHex } from './sum.ts';
import type { Suspect } from './suspect.ts';
import type { Envelope } from './types.ts';
import { addsUp, type Walk } from './walk.ts';

/** Beyond this share of the records a person is asked before work goes on. */
const CONTAINED_SHARE = 1 / 10;

/** Up to this many lines, both checksums that each may have had are tried. */
const MAX_GUESSED = 6;

/**
 * Is everything on this walk accounted for? The records taken and the suspects come to exactly what the newest sealed
 * header promised, so that nothing else is missing, too much or of an older date.
 */
export function isAccountedFor(walk: Walk): boolean {
  const { promise, draft, suspects, isProven } = walk;
  if (!isProven) return false;
  if (suspects.length === 0) return addsUp(walk);
  if (!promise || total(promise.count) !== total(draft.count()) + suspects.length) return false;
  return canComeTo(promise.state, sumFromHex(draft.state()), suspects);
}

/** Accounted for, and little enough set aside to go on without asking first. */
export function isContained(walk: Walk): boolean {
  return (
    isAccountedFor(walk) &&
    walk.suspects.length <= CONTAINED_SHARE * (total(walk.draft.count()) + walk.suspects.length)
  );
}

/**
 * Takes from other roads what this one lost. A damaged line is recognised by its checksum; whole pages by the sum that
 * the newest header promised. Nothing is taken that is not proven so.
 */
export function repairFrom(walk: Walk, others: readonly Walk[]): void {
  const roads = others.map(recordsOn);
  const twins = new Map(roads.flat().map((record) => [record.checksum, record]));
  walk.suspects = walk.suspects.filter(({ checksums, damage }) => {
    const twin = checksums.map((checksum) => twins.get(checksum)).find((record) => record !== undefined);
    if (!twin) return true;
    walk.draft.set(twin.store, twin.id, twin);
    damage.repaired = true;
    return false;
  });
  for (const road of roads) {
    const missing = road.filter(({ store, id }) => walk.draft.get(store, id) === undefined);
    const sum = missing.reduce(
      (all, { checksum }) => addChecksum(all, checksum),
      sumFromHex(walk.draft.state()),
    );
    if (!walk.promise || !canComeTo(walk.promise.state, sum, walk.suspects)) continue;
    for (const record of missing) walk.draft.set(record.store, record.id, record);
  }
}

/** What a newer build wrote on this walk, if anything that is still in doubt. */
export function newerOn(walk: Walk): Versions | { format: number } | null {
  return walk.newer?.found ?? walk.suspects.find(({ newer }) => newer)?.newer ?? null;
}

/** Everything that verified on any road, each record once; the first road that has it wins. */
export function unionOf(walks: readonly Walk[]): Envelope[] {
  const union = new Map<string, Envelope>();
  for (const record of walks.flatMap(recordsOn)) {
    const key = recordKey(record.store, record.id);
    if (!union.has(key)) union.set(key, record);
  }
  return [...union.values()];
}

/** What verified on a walk. */
export function recordsOn({ draft, tip }: Walk): Envelope[] {
  return allRecords(draft.close({ head: tip }));
}

function canComeTo(state: string, sum: bigint, suspects: readonly Suspect[]): boolean {
  if (suspects.length > MAX_GUESSED) {
    const written = suspects.flatMap(({ checksums }) => checksums.slice(0, 1));
    return sumToHex(written.reduce(addChecksum, sum)) === state;
  }
  const [first, ...rest] = suspects;
  if (!first) return sumToHex(sum) === state;
  return first.checksums.some((checksum) => canComeTo(state, addChecksum(sum, checksum), rest));
}

function total(count: { [store: string]: number }): number {
  return Object.values(count).reduce((sum, size) => sum + size, 0);
}
