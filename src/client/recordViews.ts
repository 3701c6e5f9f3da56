import { DRAFTS, draftOf } from '../services/sides.ts';
import type { VaultState } from '../vault/contract.ts';
import { LayeredMap } from '../vault/layered.ts';
import type { Envelope } from '../vault/types.ts';
import type { DocumentSnapshot, Documents } from './documents.ts';
import type { RecordView } from './types.ts';

type Records = ReadonlyMap<string, Envelope>;
type List = readonly RecordView<unknown>[];

interface Base {
  readonly records: Records;
  readonly drafts: Records;
  /** Sorted, each. */
  readonly stored: List;
  readonly drafted: List;
  /** One after the other. */
  readonly list: List;
}

const NONE: Records = new Map();
/** So many changes at once are sorted anew: putting each in its place would take longer. */
const MANY = 500;

/**
 * Makes the list of a store as it is on screen: what is stored, under what is being edited. The screen is optimistic;
 * how far an edit has got, the tags tell.
 *
 * A commit of one record must not sort ten thousand: the list is changed where the commit has changed the store.
 */
export function createRecordList(store: string) {
  let base: Base | undefined;
  const viewed = new WeakMap<Envelope, RecordView<unknown>>();

  const baseOf = ({ records: all }: Pick<VaultState, 'records'>): Base => {
    const [records, drafts] = [all.get(store) ?? NONE, all.get(DRAFTS) ?? NONE];
    if (base && base.records === records && base.drafts === drafts) return base;
    const stored = base?.records === records ? base.stored : storedOf(records);
    const drafted = draftsOf(drafts, records);
    base = { records, drafts, stored, drafted, list: drafted.length > 0 ? [...stored, ...drafted] : stored };
    return base;
  };

  const storedOf = (records: Records): List => {
    const before = base?.records ?? NONE;
    const changed = records instanceof LayeredMap ? records.changedSince(before) : undefined;
    if (!base || !changed || changed.size > MANY) return [...records.values()].map(viewOf).sort(byAge);
    const list = [...base.stored];
    for (const id of changed) {
      const [old, now] = [before.get(id), records.get(id)];
      if (old) {
        const place = placeOf(list, viewOf(old));
        // In its old place, unless its age is another: then it is taken out, and put where it belongs.
        if (now?.createdAt === old.createdAt) list[place] = viewOf(now);
        else list.splice(place, 1);
      }
      if (now && now.createdAt !== old?.createdAt) list.splice(placeOf(list, viewOf(now)), 0, viewOf(now));
    }
    return list;
  };

  const draftsOf = (drafts: Records, records: Records): List =>
    [...drafts.values()]
      .flatMap((envelope) => {
        const draft = draftOf(envelope.data);
        if (draft?.store !== store || records.has(draft.id)) return [];
        return [draftView(envelope, draft.id, draft.data)];
      })
      .sort(byAge);

  /** The same object as long as the record is the same, so that a row of a table need not be drawn again. */
  const viewOf = (envelope: Envelope): RecordView<unknown> =>
    remembered(envelope, ({ id, data, createdAt, updatedAt, rev }) => ({
      ...{ id, data, createdAt, updatedAt, rev },
      isDraft: false,
      isUnsaved: false,
    }));
  const draftView = (envelope: Envelope, id: string, data: unknown): RecordView<unknown> =>
    remembered(envelope, ({ createdAt, updatedAt }) => ({
      ...{ id, data, createdAt, updatedAt, rev: 0 },
      isDraft: true,
      isUnsaved: false,
    }));
  const remembered = (envelope: Envelope, make: (envelope: Envelope) => RecordView<unknown>) => {
    const view = viewed.get(envelope) ?? make(envelope);
    viewed.set(envelope, view);
    return view;
  };

  /** Where a record is in the list that is shown; behind it when it is not there. */
  const shownAt = ({ records, stored, drafted, list }: Base, id: string): number => {
    const record = records.get(id);
    if (record) return placeOf(stored, viewOf(record));
    const draft = drafted.findIndex((view) => view.id === id);
    return draft < 0 ? list.length : stored.length + draft;
  };

  return (
    state: Pick<VaultState, 'records'>,
    documents: Pick<ReturnType<Documents['of']>[number], 'id' | 'actor'>[],
  ): List => {
    const now = baseOf(state);
    if (documents.length === 0) return now.list;
    const shown: (RecordView<unknown> | undefined)[] = [...now.list];
    for (const { id, actor } of documents) {
      const place = shownAt(now, id);
      const view = overlay(now.list[place], id, actor.getSnapshot());
      if (place < now.list.length) shown[place] = view;
      else shown.push(view);
    }
    return shown.filter((record) => record !== undefined);
  };
}

function overlay(
  stored: RecordView<unknown> | undefined,
  id: string,
  { context, tags }: DocumentSnapshot,
): RecordView<unknown> | undefined {
  if (context.data === undefined || context.place === 'nowhere') return undefined;
  return {
    id,
    data: context.data,
    createdAt: stored?.createdAt ?? null,
    updatedAt: stored?.updatedAt ?? null,
    rev: stored?.rev ?? 0,
    isDraft: context.place === 'draft',
    isUnsaved: tags.has('unsaved'),
  };
}

/** The place of a record in a sorted list, or the one where it belongs. */
function placeOf(list: List, view: RecordView<unknown>): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const at = list[middle];
    if (at && byAge(at, view) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Oldest first; ids decide between equals, so that the order never depends on chance. */
function byAge(first: RecordView<unknown>, second: RecordView<unknown>): number {
  const [a, b] = [first.createdAt ?? '', second.createdAt ?? ''];
  if (a !== b) return a < b ? -1 : 1;
  if (first.id === second.id) return 0;
  return first.id < second.id ? -1 : 1;
}
