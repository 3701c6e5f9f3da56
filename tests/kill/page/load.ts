import { loadVault } from './loaded.ts';
import type { Visit } from './visit.ts';
import { connect } from './world.ts';

/** What the product itself makes of what is stored: verdict and records. Writes nothing. */
export async function main(visit: Visit): Promise<void> {
  const connection = await connect(visit.engine);
  const verdict = await loadVault(connection);
  const state = 'state' in verdict ? verdict.state : null;
  const records = [...(state?.records ?? [])].flatMap(([store, byId]) =>
    [...byId.values()].map(({ id, data }) => [`${store}/${id}`, data]),
  );
  connection.close();
  const detail = 'damage' in verdict ? verdict.damage : null;
  await visit.report('loaded', { kind: verdict.kind, detail, records });
}
