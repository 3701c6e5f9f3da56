import { isPlainObject } from '../vault/canonical.ts';
import type { Json } from '../vault/types.ts';
import type { BundleStore } from './domain.ts';

/**
 * The file's data, but for the members that switch on uploading or name a server: those stay as they are here, or stay
 * away (corpus, decision 8).
 */
export function withoutWithheld(data: Json, here: Json | undefined, store: BundleStore): Json {
  const withheld = new Set(store.withheldMembers?.(data));
  const kept = new Set(here === undefined ? [] : store.withheldMembers?.(here));
  if (withheld.size + kept.size === 0) return data;
  return Object.fromEntries([
    ...membersOf(data).filter(([name]) => !withheld.has(name)),
    ...membersOf(here).filter(([name]) => kept.has(name)),
  ]);
}

function membersOf(data: Json | undefined): [string, Json][] {
  return isPlainObject(data) ? Object.entries(data as { [member: string]: Json }) : [];
}
