import { isPlainObject } from '../vault/canonical.ts';
import type { Json } from '../vault/types.ts';
import { isAlike } from './compareData.ts';
import type { BundleStore, TextComparison } from './domain.ts';
import type { FieldComparison, FieldRow, Side, Versions } from './fields.ts';

type Members = { readonly [member: string]: Json };

/** How one member relates on both sides. */
interface MemberComparison {
  readonly member: string;
  readonly rows: readonly FieldRow[];
  readonly same: number;
  merge(sideOf: (path: string) => Side): Json | undefined;
}

/**
 * Compares two versions of a record member by member, and what a store knows to be structured text part by part.
 *
 * @returns `undefined` where they are no records with members: then only the whole can be taken
 */
export function compareFields(
  { first, second, base }: Versions<Json>,
  store: Pick<BundleStore, 'quietMembers' | 'textMembers'>,
): FieldComparison | undefined {
  if (!isPlainObject(first) || !isPlainObject(second)) return undefined;
  const versions = { first: first as Members, second: second as Members };
  const common = isPlainObject(base) ? (base as Members) : undefined;
  const names = new Set([...Object.keys(versions.first), ...Object.keys(versions.second)]);
  const members = [...names].map((member) => compareMember(member, { ...versions, base: common }, store));
  return {
    rows: members.flatMap(({ rows }) => rows),
    same: members.reduce((sum, { same }) => sum + same, 0),
    merge: (sideOf) =>
      Object.fromEntries(
        members.flatMap(({ member, merge }) => {
          const value = merge(sideOf);
          return value === undefined ? [] : [[member, value]];
        }),
      ),
  };
}

/** Equal but for what says nothing about the content, such as the date of the last change. */
export function isAlikeIn(
  first: Json,
  second: Json,
  { quietMembers }: Pick<BundleStore, 'quietMembers'>,
): boolean {
  return (
    isAlike(first, second) ||
    (quietMembers !== undefined && isAlike(loud(first, quietMembers), loud(second, quietMembers)))
  );
}

function loud(data: Json, quiet: ReadonlyMap<string, unknown>): Json {
  if (!isPlainObject(data)) return data;
  return Object.fromEntries(Object.entries(data as Members).filter(([member]) => !quiet.has(member)));
}

function compareMember(
  member: string,
  { first, second, base }: Versions<Members>,
  { quietMembers, textMembers }: Pick<BundleStore, 'quietMembers' | 'textMembers'>,
): MemberComparison {
  const [one, other] = [memberOf(first, member), memberOf(second, member)];
  const quiet = quietMembers?.get(member);
  if (quiet) return { member, rows: [], same: 0, merge: () => quiet(one, other) };
  if (isEqual(one, other)) return { member, rows: [], same: 1, merge: () => one };
  const common = base && memberOf(base, member);
  const compareText = textMembers?.get(member);
  if (compareText && typeof one === 'string' && typeof other === 'string') {
    const text = compareText({
      first: one,
      second: other,
      base: typeof common === 'string' ? common : undefined,
    });
    if (text) return inside(member, text);
  }
  const changed = !base
    ? 'both'
    : isEqual(common, one)
      ? 'second'
      : isEqual(common, other)
        ? 'first'
        : 'both';
  const row = { path: member, first: one, second: other, changed } as const;
  return { member, rows: [row], same: 0, merge: (sideOf) => row[sideOf(member)] };
}

/** Paths in a text stand behind the name of the member that holds it. */
function inside(member: string, { rows, same, merge }: TextComparison): MemberComparison {
  const pathOf = (path: string) => `${member}/${path}`;
  return {
    member,
    rows: rows.map((row) => ({ ...row, path: pathOf(row.path) })),
    same,
    merge: (sideOf) => merge(({ path }) => sideOf(pathOf(path))),
  };
}

function memberOf(data: Members, member: string): Json | undefined {
  return Object.hasOwn(data, member) ? data[member] : undefined;
}

function isEqual(one: Json | undefined, other: Json | undefined): boolean {
  return one === undefined || other === undefined ? one === other : isAlike(one, other);
}
