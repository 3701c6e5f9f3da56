import type { StoreRules } from '../vault/rules.ts';
import type { Json } from '../vault/types.ts';

/** What is used of Standard Schema (standardschema.dev), which zod and others implement. */
export interface StandardSchema<T> {
  readonly '~standard': {
    readonly validate: (value: unknown) => SchemaResult<T> | Promise<SchemaResult<T>>;
  };
}

type SchemaResult<T> =
  | { readonly value: T; readonly issues?: undefined }
  | { readonly issues: readonly SchemaIssue[] };

interface SchemaIssue {
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** A named set of records of one schema. */
export interface Store<T> {
  readonly name: string;
  readonly version: number;
  readonly schema: StandardSchema<T>;
  /** New records live in `drafts` until someone saves them. */
  readonly drafts: boolean;
  /** The id of its only record: the store is one document. */
  readonly only: string | null;
  /** The id of a record, as its data says it; `undefined` when it does not. For values that are lists. */
  idOf(data: T): string | undefined;
}

/** A store of records that nobody here looks into. */
export type AnyStore = Store<never> | Store<unknown>;

/** What someone tried to keep is not what its store holds. Names where, never what (I22). */
export class InvalidRecord extends Error {
  override readonly name = 'InvalidRecord';
  readonly store: string;
  readonly paths: readonly string[];

  constructor(store: string, paths: readonly string[]) {
    super(`A record of ${store} is not valid at ${paths.join(', ') || 'its root'}`);
    this.store = store;
    this.paths = paths;
  }
}

/**
 * Describes a store.
 *
 * @param options.schema   any Standard Schema whose check is synchronous; what it changes (defaults, stripped members)
 *                         is ignored: data is kept as it is given (I20)
 * @param options.version  of the schema, from 1; data above it is read-only here (I7)
 * @param options.drafts   keep new records apart until they are saved; off for documents such as settings
 * @param options.only     the id of its only record, where the store is one document
 * @param options.idOf     where a record's data says its id; its member `id` by default
 *
 * @example
 * const notes = defineStore('notes', { schema: z.looseObject({ text: z.string() }), version: 1, drafts: true });
 */
export function defineStore<T>(
  name: string,
  { schema, version, drafts = false, only = null, idOf = idMember }: StoreOptions<T>,
): Store<T> {
  return { name, version, schema, drafts, only, idOf };
}

interface StoreOptions<T> {
  schema: StandardSchema<T>;
  version: number;
  drafts?: boolean;
  only?: string | null;
  idOf?: (data: T) => string | undefined;
}

function idMember(data: unknown): string | undefined {
  const id = typeof data === 'object' && data !== null && 'id' in data ? data.id : undefined;
  return typeof id === 'string' ? id : undefined;
}

/** What the vault has to know of a store. Only records of this build's version are held against its schema. */
export function rulesOf({ schema, version }: AnyStore): StoreRules {
  return {
    version,
    isSound: (data, found) => found !== version || issuesOf(schema, data).length === 0,
  };
}

/**
 * Refuses what could be written and then not be read (B07).
 *
 * @throws InvalidRecord
 */
export function checkedData<T>({ name, schema }: Store<T>, data: T): Json {
  const issues = issuesOf(schema, data);
  if (issues.length > 0) throw new InvalidRecord(name, issues.map(pathOf));
  return data as Json;
}

/** Where a store's schema does not accept data: the outermost member, `''` for all of it. `undefined` when it does. */
export function whereUnsound(store: AnyStore, data: unknown): string | undefined {
  const [issue] = issuesOf(store.schema, data);
  return issue && pathOf({ path: (issue.path ?? []).slice(0, 1) });
}

function issuesOf(schema: StandardSchema<unknown>, data: unknown): readonly SchemaIssue[] {
  const result = schema['~standard'].validate(data);
  if (result instanceof Promise) throw new TypeError('The schema of a store must check synchronously');
  return result.issues ?? [];
}

function pathOf({ path = [] }: SchemaIssue): string {
  return path.map((part) => String(typeof part === 'object' ? part.key : part)).join('.');
}
