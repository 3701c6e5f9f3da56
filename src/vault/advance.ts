import { type CommitHeader, FORMAT, recordOf, sealCommit } from './commit.ts';
import type { VaultState } from './contract.ts';
import { openDraft } from './draft.ts';
import type { Body } from './layout.ts';
import { asidesLeft, type Prepared } from './prepare.ts';
import { AUTOMATIC_PIN_DAYS } from './retention.ts';
import type { Rules } from './rules.ts';
import type { CommitPlan } from './types.ts';

export interface CommitContext {
  rules: Rules;
  device: string;
  /** ISO 8601, UTC. */
  at: string;
}

/**
 * What a commit makes of a state: its pages, sealed, and the state after it. Writes nothing. At once, since it runs inside
 * the transaction that knows which commit is the newest.
 */
export function advance(
  current: VaultState,
  plan: CommitPlan,
  prepared: Prepared,
  { rules, device, at }: CommitContext,
) {
  const draft = openDraft(current);
  for (const change of prepared.changes) {
    const { store, id } = recordOf(change);
    draft.set(store, id, change.after);
  }
  const seq = current.head.seq + 1;
  const count = draft.count();
  const versions = versionsOf(current, rules);
  const { header, pages } = sealCommit(
    {
      at,
      by: device,
      count,
      format: FORMAT,
      id: plan.id,
      kind: plan.kind,
      label: plan.label,
      prev: current.head.seal,
      seq,
      state: draft.state(),
      undoes: plan.undoes ?? null,
      vault: current.vault,
      versions,
      ...pinOf(plan),
    },
    prepared.body,
  );
  const head = { seq, seal: header.seal };
  const state = draft.close({
    head,
    versions,
    weight: heavier(current, prepared),
    asides: asidesLeft(current, plan),
    rebase: null,
  });
  return { head, count, pages, state };
}

/** Stores that this build does not know keep the version they have (I20). */
function versionsOf({ versions }: VaultState, rules: Rules): { [store: string]: number } {
  return { ...versions, ...Object.fromEntries([...rules].map(([store, { version }]) => [store, version])) };
}

/** What is about to be replaced stays reachable for a while, whether or not the caller thought of it. */
function pinOf({ pin, kind }: CommitPlan): Pick<CommitHeader, 'pin'> {
  const days = AUTOMATIC_PIN_DAYS[kind];
  if (pin) return { pin };
  return days === undefined ? {} : { pin: { name: kind, days } };
}

function heavier({ weight }: VaultState, { body, snapshot }: Prepared): VaultState['weight'] {
  if (snapshot) return { snapshotBytes: bytesOf(snapshot), tailBytes: 0 };
  return { ...weight, tailBytes: weight.tailBytes + bytesOf(body) };
}

function bytesOf({ pages }: Body): number {
  return pages.reduce((sum, page) => sum + page.length, 0);
}
