import { DRAFTS, draftOf } from '../services/sides.ts';
import type { VaultState } from '../vault/contract.ts';
import type { Envelope } from '../vault/types.ts';
import type { DocumentSnapshot, Documents } from './documents.ts';
import type { RecordView } from './types.ts';

type Records = ReadonlyMap<string, Envelope> | undefined;

interface Base {
  readonly records: Records;
  readonly drafts: Records;
  readonly list: readonly RecordView<unknown>[];
  readonly places: ReadonlyMap<string, number>;
}

/**
 * Makes the list of a store as it is on screen: what is stored, under what is being edited. The screen is optimistic;
 * how far an edit has got, the tags tell.
 */
export function createRecordList(store: string) {
  let base: Base | undefined;
  const viewed = new WeakMap<Envelope, RecordView<unknown>>();

  /** Sorting everything for each keystroke would cost too much: only a commit makes a new base. */
  const baseOf = ({ records: all }: VaultState): Base => {
    const [records, drafts] = [all.get(store), all.get(DRAFTS)];
    if (base && base.records === records && base.drafts === drafts) return base;
    const stored = [...(records?.values() ?? [])].map((record) =>
      viewOf(record, record.id, record.data, false),
    );
    const list = [...stored.sort(byAge), ...draftsOf(drafts, records).sort(byAge)];
    const places = new Map(list.map(({ id }, place) => [id, place]));
    const made = { records, drafts, list, places };
    base = made;
    return made;
  };

  const draftsOf = (drafts: Records, records: Records): RecordView<unknown>[] =>
    [...(drafts?.values() ?? [])].flatMap((envelope) => {
      const draft = draftOf(envelope.data);
      if (draft?.store !== store || records?.has(draft.id)) return [];
      return [viewOf(envelope, draft.id, draft.data, true)];
    });

  /** The same object as long as the record is the same, so that a row of a table need not be drawn again. */
  const viewOf = (envelope: Envelope, id: string, data: unknown, isDraft: boolean): RecordView<unknown> => {
    const known = viewed.get(envelope);
    if (known) return known;
    const { createdAt, updatedAt, rev } = envelope;
    const view = { id, data, createdAt, updatedAt, rev: isDraft ? 0 : rev, isDraft, isUnsaved: false };
    viewed.set(envelope, view);
    return view;
  };

  return (state: VaultState, documents: ReturnType<Documents['of']>): readonly RecordView<unknown>[] => {
    const { list, places } = baseOf(state);
    if (documents.length === 0) return list;
    const shown: (RecordView<unknown> | undefined)[] = [...list];
    for (const { id, actor } of documents) {
      const place = places.get(id) ?? shown.length;
      shown[place] = overlay(shown[place], id, actor.getSnapshot());
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

/** Oldest first; ids decide between equals, so that the order never depends on chance. */
function byAge(first: RecordView<unknown>, second: RecordView<unknown>): number {
  const [a, b] = [first.createdAt ?? '', second.createdAt ?? ''];
  if (a !== b) return a < b ? -1 : 1;
  return first.id < second.id ? -1 : 1;
}
