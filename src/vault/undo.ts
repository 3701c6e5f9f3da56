import type { Connection } from '../engines/contract.ts';
import { type RecordChange, recordOf } from './commit.ts';
import type { UndoPlan, VaultState } from './contract.ts';
import { commitHeader } from './header.ts';
import { readLog } from './history.ts';
import type { Rules } from './rules.ts';
import type { Digest } from './sha256.ts';
import { changesOf, openSheet } from './sheet.ts';
import type { Change } from './types.ts';
import { upgrade } from './upgrade.ts';

/**
 * The plan of a commit that writes the before-images of another one (durability 3.4, undo). Data comes back; `rev` grows.
 * Records that changed since are left as they are and named, so that nothing later is undone by accident.
 *
 * A person asked for it, so the plan counts as agreed where a store shrinks. `unknown` also when the commit is damaged:
 * nothing that failed its checks is put back.
 */
export async function planUndo(
  connection: Connection,
  id: string,
  { state, rules, digest }: { state: VaultState; rules: Rules; digest: Digest },
): Promise<UndoPlan> {
  for (const sheet of await readLog(connection)) {
    const header = commitHeader(sheet);
    if (header?.absorbed?.includes(id)) return { kind: 'absorbed' };
    if (header?.id !== id) continue;
    const changes = changesOf(await openSheet(sheet, digest), header.pages);
    if (!changes) return { kind: 'unknown' };
    const touched = changes.filter((change) => wasTouched(change, state));
    const untouched = changes.filter((change) => !touched.includes(change));
    return {
      kind: 'undoable',
      plan: {
        kind: 'undo',
        label: header.label,
        undoes: id,
        agreed: true,
        changes: untouched.map((change) => undoChange(change, state, rules)),
      },
      touched: touched.map(nameOf),
    };
  }
  return { kind: 'unknown' };
}

function undoChange(change: RecordChange, state: VaultState, rules: Rules): Change {
  const { store, id } = nameOf(change);
  const baseRev = state.records.get(store)?.get(id)?.rev ?? 0;
  const { before } = change;
  if (!before) return { store, id, data: undefined, baseRev };
  const data = upgrade(before, rules.get(store));
  return { store, id, data, baseRev, createdAt: before.createdAt, lastRev: before.rev };
}

function wasTouched(change: RecordChange, state: VaultState): boolean {
  const { store, id } = nameOf(change);
  return state.records.get(store)?.get(id)?.checksum !== change.after?.checksum;
}

function nameOf(change: RecordChange): { store: string; id: string } {
  const { store, id } = recordOf(change);
  return { store, id };
}
