import type { Failure } from '../../../machines/types.ts';
import { classify } from '../../engines/classify.ts';
import { StorageError } from '../../engines/errors.ts';
import { accessTextStore } from '../../engines/text-store.ts';
import type { Environment } from '../../environment.ts';
import { isPlainObject } from '../../vault/canonical.ts';
import type { LegacyPlace } from './domain.ts';
import { readOldDatabase } from './oldDatabase.ts';

/** What a place holds, as text. Absent and unreadable are two answers: nothing is known of the second. */
export type Look =
  | { readonly kind: 'absent' }
  | { readonly kind: 'unreadable'; readonly failure: Failure }
  | { readonly kind: 'found'; readonly text: string };

type Valued = Extract<LegacyPlace, { kind: 'value' }>;

/** Looks at every place and changes none. One that fails stops no other. Never throws. */
export async function lookAtPlaces(
  environment: Environment,
  places: readonly LegacyPlace[],
): Promise<ReadonlyMap<LegacyPlace, Look>> {
  const looks = new Map<LegacyPlace, Look>();
  for (const place of places) if (place.kind === 'text') looks.set(place, lookAtText(environment, place.key));
  const groups = new Map<string, Valued[]>();
  for (const place of places) {
    if (place.kind !== 'value') continue;
    const name = JSON.stringify([place.database, place.store]);
    groups.set(name, [...(groups.get(name) ?? []), place]);
  }
  await Promise.all(
    [...groups.values()].map(async (group) => {
      for (const [place, look] of await lookAtValues(environment, group)) looks.set(place, look);
    }),
  );
  return looks;
}

function lookAtText(environment: Environment, key: string): Look {
  try {
    const text = accessTextStore(environment).get(key);
    return text === null ? { kind: 'absent' } : { kind: 'found', text };
  } catch (error) {
    return unreadable(error);
  }
}

async function lookAtValues(environment: Environment, group: readonly Valued[]): Promise<[Valued, Look][]> {
  const [first] = group;
  if (!first) return [];
  try {
    const { database, store } = first;
    const values = await readOldDatabase(environment, { database, store, keys: group.map(({ key }) => key) });
    return group.map((place) => [place, lookOf(values?.get(place.key))]);
  } catch (error) {
    return group.map((place) => [place, unreadable(error)]);
  }
}

/** Its JSON, members in their order. A value that JSON cannot hold is not copied into another one: it stays there. */
function lookOf(value: unknown): Look {
  if (value === undefined) return { kind: 'absent' };
  try {
    if (isJson(value)) return { kind: 'found', text: JSON.stringify(value) };
  } catch {
    // Said below: it is there, and no text.
  }
  return unreadable(new StorageError('corrupt', 'The value is no JSON'));
}

/** Would its JSON give it back? Not so for dates, maps, gaps, and numbers that are none. @throws RangeError without end */
function isJson(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object') return false;
  if (Array.isArray(value)) return Object.keys(value).length === value.length && value.every(isJson);
  return isPlainObject(value) && Object.values(value).every(isJson);
}

function unreadable(error: unknown): Look {
  const { class: errorClass, platformName } = classify('read', error);
  return { kind: 'unreadable', failure: { class: errorClass, platformName } };
}
