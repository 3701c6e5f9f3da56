import { isPlainObject } from '../vault/canonical.ts';
import type { Json } from '../vault/types.ts';
import type { BundleStore } from './domain.ts';

/**
 * The file's data, but for the members that switch on uploading or name a server: those stay as they are here, or stay
 * away (corpus, decision 8).
 */
export function withoutWithheld(data: Json, here: Json | undefined, store: BundleStore): Json {
  const withheld = new Set(store.withheldMembers?.(data));
  const kept = here === undefined ? [] : (store.withheldMembers?.(here) ?? []);
  if ((withheld.size === 0 && kept.length === 0) || !isPlainObject(data)) return data;
  const own = here as { [member: string]: Json };
  return Object.fromEntries([
    ...Object.entries(data as { [member: string]: Json }).filter(([name]) => !withheld.has(name)),
    ...kept.map((name): [string, Json] => [name, own[name] ?? null]),
  ]);
}
