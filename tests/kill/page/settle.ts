import type { Visit } from './visit.ts';
import { connect } from './world.ts';

/**
 * Lets the product end what a crash left half done, as it does at every start, before the plain reader looks: in
 * localStorage a batch that was framed but not applied is neither old nor new until then.
 */
export async function main(visit: Visit): Promise<void> {
  const connection = await connect(visit.engine);
  connection.close();
  await visit.report('settled', null);
}
