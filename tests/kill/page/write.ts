import type { Vault, VaultState } from '../../../src/vault/contract.ts';
import { fold } from '../../../src/vault/fold.ts';
import type { CommitPlan, Json } from '../../../src/vault/types.ts';
import { createVault } from '../../../src/vault/vault.ts';
import { commitIdOf, type Run, stepOf } from '../workload.ts';
import { loadVault } from './loaded.ts';
import { acknowledgeOnSuccess } from './plants.ts';
import type { Visit } from './visit.ts';
import { connect, environment, NAME, rules } from './world.ts';

const DEVICE = 'kill-harness';
/** Far more often than the product does, so that many kills strike in the middle of a fold or a cut. */
const WRITES_PER_FOLD = 25;

/** Writes for ever: one commit, its acknowledgement taken down outside the browser, then the next. */
export async function main(visit: Visit): Promise<void> {
  if (visit.plant === 'acknowledge-on-success') acknowledgeOnSuccess();
  const connection = await connect(visit.engine);
  const verdict = await loadVault(connection);
  if (verdict.kind !== 'intact') throw new Error(`The load says ${verdict.kind}`);
  const vault = createVault({
    connection,
    state: verdict.state,
    rules,
    environment,
    name: NAME,
    device: DEVICE,
  });

  await visit.report('writing', null);
  let folding: Promise<unknown> = Promise.resolve();
  for (let n = visit.from; ; n += 1) {
    await write(vault, visit, n);
    await visit.report('acknowledged', n);
    // Beside the writing, as in the product: a fold never holds up a save.
    if (n % WRITES_PER_FOLD === 0) folding = folding.then(() => foldOnce(visit));
  }
}

async function foldOnce(visit: Visit): Promise<void> {
  const connection = await connect(visit.engine);
  const { kind } = await fold(connection, { rules, environment });
  connection.close();
  await visit.report(kind === 'folded' ? 'folded' : `fold: ${kind}`, null);
}

async function write(vault: Vault, run: Run, n: number): Promise<void> {
  const outcome = await vault.append(planOf(vault.state(), run, n)).outcome;
  if (outcome.kind !== 'committed') throw new Error(`Write ${n}: ${JSON.stringify(outcome)}`);
}

function planOf({ records }: VaultState, run: Run, n: number): CommitPlan {
  const { kind, wishes } = stepOf(run, n);
  const changes = wishes.map(({ store, id, data }) => ({
    store,
    id,
    data: data as Json | undefined,
    baseRev: records.get(store)?.get(id)?.rev ?? 0,
  }));
  return { id: commitIdOf(n), kind, label: `Write ${n}`, changes, agreed: true };
}
