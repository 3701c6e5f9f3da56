import { isPlainObject } from '../vault/canonical.ts';
import type { Json } from '../vault/types.ts';
import { isAlike } from './compareData.ts';
import type { BundleStore, TextComparison } from './domain.ts';
import type { FieldComparison, FieldRow, SameField, Side, TextPiece, Versions } from './fields.ts';

type Members = { readonly [member: string]: Json };

/** How one member relates on both sides. */
interface MemberComparison {
  readonly member: string;
  readonly rows: readonly FieldRow[];
  readonly same: number;
  readonly sameFields: () => readonly SameField[];
  merge(sideOf: (path: string) => Side): Json | undefined;
  /** Its text in pieces, where it is a text that is compared part by part. */
  readonly pieces: ((sideOf: (path: string) => Side) => readonly TextPiece[]) | null;
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
    texts: (sideOf) =>
      members.flatMap(({ member, pieces }) => (pieces ? [{ member, pieces: pieces(sideOf) }] : [])),
    sameFields: () => members.flatMap(({ sameFields }) => sameFields()),
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
  if (quiet)
    return { member, rows: [], same: 0, sameFields: none, merge: () => quiet(one, other), pieces: null };
  const compareText = textMembers?.get(member);
  // Of a member that one side has, so both have it.
  if (isEqual(one, other)) return equal(member, one as Json, compareText !== undefined);
  const common = base && memberOf(base, member);
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
  const merge = (sideOf: (path: string) => Side) => row[sideOf(member)];
  const pieces = compareText ? (sideOf: (path: string) => Side) => wholeText(merge(sideOf), member) : null;
  return { member, rows: [row], same: 0, sameFields: none, merge, pieces };
}

const none = () => [];

/** The same on both sides, but perhaps for how lines end: then it stays as it is on the first. */
function equal(member: string, value: Json, isText: boolean): MemberComparison {
  return {
    member,
    rows: [],
    same: 1,
    sameFields: () => [{ path: member, value }],
    merge: () => value,
    pieces: isText ? () => wholeText(value, null) : null,
  };
}

/** A text that is taken as a whole. */
function wholeText(value: Json | undefined, path: string | null): readonly TextPiece[] {
  return typeof value === 'string' ? [{ text: value, path }] : [];
}

/** Paths in a text stand behind the name of the member that holds it. */
function inside(member: string, { rows, same, merge, pieces, sameFields }: TextComparison): MemberComparison {
  const pathOf = (path: string) => `${member}/${path}`;
  const within = (sideOf: (path: string) => Side) => (row: { readonly path: string }) =>
    sideOf(pathOf(row.path));
  return {
    member,
    rows: rows.map((row) => ({ ...row, path: pathOf(row.path) })),
    same,
    sameFields: () => sameFields().map(({ path, wire }) => ({ path: pathOf(path), value: wire })),
    merge: (sideOf) => merge(within(sideOf)),
    pieces: (sideOf) =>
      pieces(within(sideOf)).map(({ text, path }) => ({ text, path: path === null ? null : pathOf(path) })),
  };
}

function memberOf(data: Members, member: string): Json | undefined {
  return Object.hasOwn(data, member) ? data[member] : undefined;
}

function isEqual(one: Json | undefined, other: Json | undefined): boolean {
  return one === undefined || other === undefined ? one === other : isAlike(one, other);
}
