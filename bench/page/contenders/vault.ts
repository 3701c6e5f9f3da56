import { foldAside } from '../../../src/client/foldAside.ts';
import type { Connection } from '../../../src/engines/contract.ts';
import { createIndexedDbEngine } from '../../../src/engines/indexeddb.ts';
import { createOwner } from '../../../src/engines/owner.ts';
import type { VaultState } from '../../../src/vault/contract.ts';
import { emptyState } from '../../../src/vault/draft.ts';
import { fold } from '../../../src/vault/fold.ts';
import { isEmpty, readStored, readWhole } from '../../../src/vault/read.ts';
import { digestWith } from '../../../src/vault/sha256.ts';
import type { Change, Json } from '../../../src/vault/types.ts';
import { createVault } from '../../../src/vault/vault.ts';
import { verifyStored } from '../../../src/vault/verify.ts';
import type { Contender } from '../contender.ts';
import type { Settings, Template } from '../data.ts';
import { environment } from './environment.ts';
import { NAME, rules } from './rules.ts';
import { SETTINGS_ID } from './stores.ts';

/** Our vault and engine without the machines above them: verified, undoable, strict. */
export const vault: Contender = {
  async open() {
    const opening = await createOwner(createIndexedDbEngine(environment, NAME), environment).open();
    if (opening.kind !== 'open') throw new Error(`Opening says ${opening.kind}`);
    const { connection } = opening;
    const own = createVault({
      connection,
      state: await verified(connection),
      rules,
      environment,
      name: NAME,
      device: 'bench',
    });

    const change = (store: string, id: string, data: object): Change => ({
      store,
      id,
      data: data as Json,
      baseRev: own.state().records.get(store)?.get(id)?.rev ?? 0,
    });
    // A change is made from what the one before it left, so they wait for each other.
    let last: Promise<void> = Promise.resolve();
    const commit = (kind: 'save' | 'import', changes: () => Change[]) => {
      last = last.then(async () => {
        const plan = { id: environment.newId(), kind, label: 'bench', changes: changes() };
        const outcome = await own.append(plan).outcome;
        if (outcome.kind !== 'committed') throw new Error(outcome.kind);
      });
      return last;
    };

    return {
      fill: (all) => commit('import', () => all.map((one) => change('templates', one.id, one))),
      save: (all, at) => {
        const template = all[at] as Template;
        return commit('save', () => [change('templates', template.id, template)]);
      },
      async fold() {
        const { kind } = await fold(connection, { rules, environment });
        if (kind !== 'folded') throw new Error(`The fold is ${kind}`);
      },
      foldAside: () => foldInWorker(),
      load: async () =>
        [...((await verified(connection)).records.get('templates')?.values() ?? [])].map(
          ({ data }) => data as unknown as Template,
        ),
      saveSettings: (value) => commit('save', () => [change('settings', SETTINGS_ID, value)]),
      loadSettings: async () =>
        (await verified(connection)).records.get('settings')?.get(SETTINGS_ID)?.data as unknown as Settings,
    };
  },
};

async function foldInWorker(): Promise<void> {
  if (!environment.foldWorker) throw new Error('There is no worker to fold in');
  const { signal } = new AbortController();
  const request = { name: NAME, dueSince: Number.MAX_SAFE_INTEGER };
  const outcome = await foldAside(environment.foldWorker, request, { clock: environment.clock, signal });
  if (outcome?.kind !== 'folded') throw new Error(`The fold is ${outcome?.kind}`);
}

async function verified(connection: Connection): Promise<VaultState> {
  const stored = await readStored(connection);
  if (isEmpty(stored)) return emptyState(environment.newId());
  const verdict = await verifyStored(stored, {
    rules,
    digest: digestWith(environment.subtle),
    witness: null,
    readWhole: () => readWhole(connection),
  });
  if (verdict.kind !== 'intact') throw new Error(`The load says ${verdict.kind}`);
  return verdict.state;
}
