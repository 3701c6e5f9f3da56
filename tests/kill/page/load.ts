import { allRecords } from '../../../src/vault/draft.ts';
import { loadVault } from './loaded.ts';
import type { Visit } from './visit.ts';
import { connect } from './world.ts';

/** What the product itself makes of what is stored: verdict and records. Writes nothing. */
export async function main(visit: Visit): Promise<void> {
  const connection = await connect(visit.engine);
  const verdict = await loadVault(connection);
  const state = 'state' in verdict ? verdict.state : null;
  // Where a person is asked first, what could be read is what he is offered.
  const readable = 'readable' in verdict ? verdict.readable : [];
  const records = (state ? allRecords(state) : readable).map(({ store, id, data }) => [
    `${store}/${id}`,
    data,
  ]);
  connection.close();
  const detail = 'damage' in verdict ? verdict.damage : null;
  await visit.report('loaded', { kind: verdict.kind, detail, records });
}
