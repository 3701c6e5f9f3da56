import { type CommitHeader, recordOf } from './commit.ts';
import type { VaultState } from './contract.ts';
import { emptyState, openDraft } from './draft.ts';
import { commitHeader } from './header.ts';
import { isClean, type RoadOptions } from './roads.ts';
import { changesOf, type OpenSheet, openSheet, type Sheet } from './sheet.ts';
import { atOnce, beginWalk, takeCommit, takeSnapshot } from './walk.ts';

/** The vault as it was after a commit, proven: it comes to the `state` that the commit recorded. */
export interface ProvenState {
  header: CommitHeader;
  state: VaultState;
}

/**
 * Where a road can begin: at the present, where it is verified, and at what each snapshot holds; `null` stands for the time
 * before the first commit. What does not verify is left out.
 */
export async function* statesOf(
  snapshots: readonly (Sheet | null)[],
  { rules, digest, isThorough }: RoadOptions,
  present: VaultState | null = null,
): AsyncGenerator<VaultState> {
  if (present) yield present;
  for (const snapshot of snapshots) {
    const walk = beginWalk(emptyState(''), rules, isThorough);
    if (snapshot) atOnce(takeSnapshot(walk, await openSheet(snapshot, digest)));
    const { vault = '', versions = {} } = walk.promise ?? {};
    if (isClean(walk)) yield walk.draft.close({ head: walk.tip, vault, versions });
  }
}

/** From a state on, commit by commit, for as long as everything holds. */
export function* roadOn(
  from: VaultState,
  log: readonly OpenSheet[],
  { rules, isThorough }: RoadOptions,
): Generator<ProvenState> {
  let state = from;
  for (const sheet of log.filter(({ seq }) => seq > from.head.seq)) {
    const header = commitHeader(sheet);
    const walk = beginWalk(state, rules, isThorough);
    atOnce(takeCommit(walk, sheet));
    if (!header || !isClean(walk)) return;
    const { vault, versions } = header;
    state = walk.draft.close({ head: walk.tip, vault, versions });
    yield { header, state };
  }
}

/** From a state back: one commit after the other is taken back by its before-images (durability 3.7). */
export function* roadBack(from: VaultState, log: readonly OpenSheet[]): Generator<ProvenState> {
  let state = from;
  for (const sheet of log.filter(({ seq }) => seq <= from.head.seq).reverse()) {
    const header = commitHeader(sheet);
    if (header?.seq !== state.head.seq || header.state !== state.state) return;
    // The state after it is proven, whatever is wrong with what it holds itself.
    yield { header, state: { ...state, versions: header.versions } };
    const changes = changesOf(sheet, header.pages);
    if (!changes) return;
    const draft = openDraft(state);
    for (const change of changes) {
      const { store, id } = recordOf(change);
      draft.set(store, id, change.before);
    }
    const head = { seq: (header.from ?? header.seq) - 1, seal: header.prev };
    state = draft.close({ head, gone: new Map() });
  }
}
