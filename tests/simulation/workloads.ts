import type { CommitResult } from '../../machines/types.ts';
import type { CommitKind, Json } from '../../src/vault/types.ts';
import { contentsOf, type Edit, type Page, type PlanOptions } from './world/page.ts';

/** What is stored, by `store/id`, as the model has it. */
export type Model = ReadonlyMap<string, Json>;

export interface Operation {
  name: string;
  kind: CommitKind;
  options: PlanOptions;
  /** What the store holds when it is done. Knows nothing of vaults. */
  apply(before: Model): Model;
  run(page: Page): Promise<CommitResult>;
}

const TEMPLATE = 'templates/';
const PIN = { name: 'before', days: 30 };

function edited(before: Model, edits: readonly Edit[]): Model {
  const after = new Map(before);
  for (const { store, id, data } of edits) {
    if (data === undefined) after.delete(`${store}/${id}`);
    else after.set(`${store}/${id}`, data);
  }
  return after;
}

/** The edits that make one model of another. */
export function difference(from: Model, to: Model): Edit[] {
  const address = (key: string) => {
    const [store, id] = key.split('/') as [Edit['store'], string];
    return { store, id };
  };
  const gone = [...from.keys()]
    .filter((key) => !to.has(key))
    .map((key) => ({ ...address(key), data: undefined }));
  const there = [...to]
    .filter(([key, data]) => from.get(key) !== data)
    .map(([key, data]) => ({ ...address(key), data }));
  return [...gone, ...there];
}

/** What the page sees as a model: the plan of an operation is made from it, as a person's would be. */
export function modelSeen(page: Page): Model {
  return new Map(contentsOf(page.vault.state()));
}

/** An operation that is defined by what it makes of the model. */
function operation(
  name: string,
  kind: CommitKind,
  apply: (before: Model) => Model,
  options: PlanOptions = {},
): Operation {
  return {
    name,
    kind,
    options,
    apply,
    run: (page) => page.commit(page.plan(kind, difference(modelSeen(page), apply(modelSeen(page))), options)),
  };
}

const version = (data: Json | undefined): number =>
  Number((data as { version?: number } | undefined)?.version ?? 0);

/** Changes one template, or makes it: never the same content twice. */
const save = operation('save', 'save', (before) =>
  edited(before, [
    {
      store: 'templates',
      id: 't1',
      data: { name: 'ADT', version: version(before.get(`${TEMPLATE}t1`)) + 1 },
    },
  ]),
);

const remove = operation(
  'delete',
  'delete',
  (before) => {
    const [last] = [...before.keys()]
      .filter((key) => key.startsWith(TEMPLATE))
      .sort()
      .reverse();
    return last ? new Map([...before].filter(([key]) => key !== last)) : save.apply(before);
  },
  { pin: { name: 'before delete', days: 7 }, agreed: true },
);

/** Brings two new records, changes one that is there, keeps the rest. */
const importMerge = operation(
  'import-merge',
  'merge',
  (before) =>
    edited(before, [
      { store: 'templates', id: `m${before.size}`, data: { name: 'merged' } },
      { store: 'templates', id: `n${before.size}`, data: { name: 'ß\ud800\r\n' } },
      { store: 'settings', id: 'settings', data: { theme: 'dark', merges: before.size } },
    ]),
  { pin: PIN },
);

/** Replaces everything, over all stores. */
const importReplace = operation(
  'import-replace',
  'import',
  (before) =>
    new Map<string, Json>([
      [`${TEMPLATE}r${before.size}`, { name: 'replacement' }],
      [`${TEMPLATE}t1`, { name: 'ADT', version: 100 + version(before.get(`${TEMPLATE}t1`)) }],
      ['settings/settings', { theme: 'light', replaced: before.size }],
    ]),
  { pin: PIN, agreed: true },
);

/** Goes back to a known earlier state, whatever is there. */
const restore = operation(
  'restore',
  'restore',
  () =>
    new Map<string, Json>([
      [`${TEMPLATE}t1`, { name: 'ADT', version: 1 }],
      [`${TEMPLATE}t2`, { name: 'ORU' }],
      [`${TEMPLATE}t3`, { name: 'restored' }],
    ]),
  { pin: PIN, agreed: true },
);

/** Rewrites every record, and says so in a mark that lands with them. */
const migrate = operation(
  'migrate',
  'migrate',
  (before) => new Map([...before].map(([key, data]) => [key, { migrated: data }])),
  { pin: PIN, marks: { legacy: { state: 'taken over' } } },
);

const clear = operation('clear', 'clear', (before) => (before.size > 0 ? new Map() : save.apply(before)), {
  pin: PIN,
  agreed: true,
});

/** The seven of which workloads are made: 7 + 49 + 343 (durability 2). */
export const OPERATIONS: readonly Operation[] = [
  save,
  remove,
  importMerge,
  importReplace,
  restore,
  migrate,
  clear,
];

/** What every workload starts from. */
export const FIRST: Model = new Map<string, Json>([
  [`${TEMPLATE}t1`, { name: 'ADT', version: 1 }],
  [`${TEMPLATE}t2`, { name: 'ORU' }],
  ['settings/settings', { theme: 'light' }],
]);

/** Makes the first commit of a vault. */
export function fill(page: Page): Promise<CommitResult> {
  return page.commit(page.plan('import', difference(new Map(), FIRST)));
}
