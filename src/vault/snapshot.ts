import { canonical } from './canonical.ts';
import { FORMAT } from './commit.ts';
import type { VaultState } from './contract.ts';
import { recordLine } from './envelope.ts';
import { type GoneMembers, goneMembers } from './gone.ts';
import { type Body, makeBody, sealHeader, toPages } from './layout.ts';
import type { Digest } from './sha256.ts';
import type { Envelope } from './types.ts';

/** The first line of a snapshot (durability 3.3). No time and no device: two tabs that fold the same seq write the same. */
export interface SnapshotHeader extends GoneMembers {
  /** Seal of commit `seq`. */
  anchor: string;
  count: { [store: string]: number };
  format: number;
  kind: 'snapshot';
  pages: readonly string[];
  seal: string;
  seq: number;
  state: string;
  vault: string;
  versions: { [store: string]: number };
  /** How many of the last lines were set aside. */
  aside?: number;
}

/** Records sorted by store and id, then what was set aside. */
export function makeSnapshotBody(state: VaultState, digest: Digest): Promise<Body> {
  return makeBody(snapshotLines(state), digest);
}

/** Seals a snapshot of `state` as of commit `seq`, whose seal is `anchor`. Synchronous, as commits are. */
export function sealSnapshot(state: VaultState, body: Body, { seq, seal }: { seq: number; seal: string }) {
  const header: SnapshotHeader = sealHeader(
    {
      anchor: seal,
      count: { ...state.count },
      format: FORMAT,
      kind: 'snapshot' as const,
      seq,
      state: state.state,
      vault: state.vault,
      versions: { ...state.versions },
      ...(state.asides.length > 0 && { aside: state.asides.length }),
      ...goneMembers(state.gone),
    },
    body,
  );
  return { header, pages: toPages(header, body) };
}

/** By store, then id, by code unit. */
function sortedRecords(records: VaultState['records']): Envelope[] {
  return [...records]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([, all]) => [...all.values()].sort((one, other) => (one.id < other.id ? -1 : 1)));
}

function* snapshotLines(state: VaultState): Generator<string> {
  for (const record of sortedRecords(state.records)) yield recordLine(record);
  for (const aside of state.asides) yield canonical(aside);
}
