import type { DocumentSides, Draft, StoredSide } from '../../machines/types.ts';
import type { VaultState } from '../vault/contract.ts';
import { lastRevOf } from '../vault/gone.ts';
import type { Json } from '../vault/types.ts';

/** Where documents live that are not in their store yet. */
export const DRAFTS = 'drafts';

/** The id of a document's record among the drafts; `save` makes the same one. */
export function draftIdOf(store: string, id: string): string {
  return `${store}/${id}`;
}

/** What a record among the drafts holds; undefined when it is none. */
export function draftOf(data: unknown): Draft | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { store, id, data: inner } = data as Partial<Draft>;
  if (typeof store !== 'string' || typeof id !== 'string' || inner === undefined) return undefined;
  return { store, id, data: inner };
}

/** A document as a state of the vault has it: in its store, and among the drafts. */
export function sidesOf(state: VaultState, store: string, id: string): DocumentSides {
  const draft = sideOf(state, DRAFTS, draftIdOf(store, id));
  return { record: sideOf(state, store, id), draft: { ...draft, data: draftOf(draft.data)?.data } };
}

function sideOf({ records, gone }: VaultState, store: string, id: string): StoredSide {
  const record = records.get(store)?.get(id);
  const rev = record?.rev ?? 0;
  const data: Json | undefined = record?.data;
  return { rev, data, lastRev: record?.rev ?? lastRevOf(gone, store, id) };
}
