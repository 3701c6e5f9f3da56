import { DRAFTS } from '../services/sides.ts';
import type { Rules } from '../vault/rules.ts';
import { DRAFT_RULES } from './draftStore.ts';
import { type AnyStore, rulesOf } from './store.ts';

/** What the vault has to know of all stores of an app, `drafts` among them. */
export function rulesOfAll(stores: readonly AnyStore[]): Rules {
  return new Map([...stores.map((store) => [store.name, rulesOf(store)] as const), [DRAFTS, DRAFT_RULES]]);
}
