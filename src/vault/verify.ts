import type { Witness } from '../engines/witness.ts';
import type { Damage, Stored, VaultState, Verdict } from './contract.ts';
import { allRecords, emptyState, openDraft } from './draft.ts';
import { headOf } from './head.ts';
import { checkMarks } from './marks.ts';
import { isClean, type RoadOptions, walkRoads } from './roads.ts';
import type { Rules } from './rules.ts';
import { isAccountedFor, isContained, newerOn, recordsOn, repairFrom, unionOf } from './settle.ts';
import type { Aside } from './types.ts';
import type { Walk } from './walk.ts';
import { compareWithWitness } from './witness.ts';

/** Where a line lies that was set aside earlier: seen before, and carried along. */
export const SET_ASIDE = 'set aside';

export interface VerifyOptions extends RoadOptions {
  /** What localStorage remembers of this vault, if anything. */
  witness: Witness | null;
  /** Reads everything, for the second road. Only called when what a load reads is damaged. */
  readWhole(): Promise<Stored>;
}

/**
 * Judges what is stored: digests, seals, links, `count` and `state` (durability 3.5). Hands up nothing that did not
 * verify, and never throws for what it finds, whatever that is.
 *
 * @throws StorageError only when reading again for the second road fails
 */
export async function verifyStored(stored: Stored, options: VerifyOptions): Promise<Verdict> {
  const walks: Walk[] = [];
  for await (const walk of walkRoads(stored, options)) {
    if (walk.newer?.isSealed) return newer(walk, walk.newer.found);
    walks.push(walk);
    if (isClean(walk)) return judge(walk, walks, stored, options);
  }
  return stored.isWhole ? settle(walks, stored, options) : verifyStored(await options.readWhole(), options);
}

/** No road is clean: put together what several roads prove. */
function settle(walks: readonly Walk[], stored: Stored, options: VerifyOptions): Verdict {
  for (const walk of walks) {
    repairFrom(
      walk,
      walks.filter((other) => other !== walk),
    );
    if (newerOn(walk) === null && isContained(walk)) return judge(walk, walks, stored, options);
  }
  for (const walk of walks) {
    const found = newerOn(walk);
    if (found) return newer(walk, found);
  }
  return damaged(walks, stored, options);
}

function newer(walk: Walk, found: NonNullable<ReturnType<typeof newerOn>>): Verdict {
  return { kind: 'newer', found, readable: recordsOn(walk) };
}

/** One walk accounts for everything, itself or with what others gave. */
function judge(
  walk: Walk,
  walks: readonly Walk[],
  stored: Stored,
  { rules, witness }: VerifyOptions,
): Verdict {
  for (const { damage } of walks) for (const found of damage) found.repaired ||= isMadeUpFor(walk, found);
  const state = stateOf(walk, stored);
  const strays = compareWithWitness(state, witness);
  const damage = [
    ...damageOn([walk, ...walks]),
    ...asideDamage(walk.carried),
    ...checkMarks(stored.marks),
    ...strays,
  ];
  const isForeign = strays.some(({ class: why }) => why === 'foreign');
  if (isForeign) return { kind: 'damaged', damage, readable: allRecords(state), state: null, base: state };
  if (isOutdated(state, rules)) return { kind: 'outdated', state, damage };
  if (damage.length === 0) return { kind: 'intact', state };
  return { kind: 'damaged', damage, readable: allRecords(state), state, base: state };
}

/** Something is missing that cannot be named, or too much of it is: a person decides, from what verified. */
function damaged(walks: readonly Walk[], stored: Stored, options: VerifyOptions): Verdict {
  const fuller = (one: Walk, other: Walk) => (recordsOn(other).length > recordsOn(one).length ? other : one);
  const walk = walks.find(isAccountedFor) ?? walks.reduce(fuller);
  const readable = unionOf([walk, ...walks]);
  const draft = openDraft({
    ...emptyState(options.witness?.vault ?? ''),
    ...identityOf(walk),
    gone: walk.draft.gone(),
  });
  for (const record of readable) draft.set(record.store, record.id, record);
  const head = headOf(stored.head);
  // Past everything that is there: a repair replaces nothing. Every walk comes to the end of the log.
  const seqs = stored.snapshots.map(({ key }) => Number(key[0]));
  const seq = [...seqs, head?.seq ?? 0].reduce((one, other) => Math.max(one, other), walk.tip.seq);
  const base = draft.close({
    head: { seq, seal: walk.tip.seal ?? head?.seal ?? null },
    asides: asidesOf(walk),
    rebase: { foundHead: headAsFound(stored) },
  });
  const damage = [...damageOn([walk, ...walks]), ...checkMarks(stored.marks)];
  return { kind: 'damaged', damage, readable, state: null, base };
}

function stateOf(walk: Walk, stored: Stored): VaultState {
  const isSound = walk.isHeadSound && walk.suspects.length === 0;
  return walk.draft.close({
    ...identityOf(walk),
    head: walk.tip,
    weight: walk.weight,
    asides: asidesOf(walk),
    rebase: isSound ? null : { foundHead: headAsFound(stored) },
  });
}

function isOutdated({ records }: VaultState, rules: Rules): boolean {
  for (const [store, all] of records) {
    const version = rules.get(store)?.version ?? 0;
    for (const record of all.values()) if (record.version < version) return true;
  }
  return false;
}

function identityOf({ promise }: Walk): Partial<VaultState> {
  return promise ? { vault: promise.vault, versions: promise.versions } : {};
}

function asidesOf(walk: Walk): Aside[] {
  return [...walk.carried, ...walk.suspects.map(({ aside }) => aside)];
}

/** Each place once, though several roads lead over it. The first walk is the one that counts. */
function damageOn(walks: readonly Walk[]): Damage[] {
  const all = walks.flatMap(({ damage }) => damage);
  return [...new Map(all.reverse().map((found) => [found.where, found])).values()].reverse();
}

/** Only what is still suspect on the walk that counts is missing. */
function isMadeUpFor(walk: Walk, found: Damage): boolean {
  return !walk.suspects.some(({ damage }) => damage === found);
}

function asideDamage(carried: readonly Aside[]): Damage[] {
  return carried.map(({ store, id, why }) => ({
    class: why as Damage['class'],
    where: SET_ASIDE,
    ...(store !== null && { store }),
    ...(id !== null && { id }),
    repaired: false,
  }));
}

function headAsFound({ head }: Stored): unknown {
  return head && 'value' in head ? head.value : undefined;
}
