import { commitIds, rebuild } from '../simulation/oracle/rebuild.ts';
import { received, type SentDump } from './dump.ts';
import { differences, type Models } from './model.ts';
import { commitIdOf, type Data } from './workload.ts';

export interface Audit {
  /** The newest write that is there. */
  readonly landed: number;
  readonly snapshots: number;
  /** What is lost, torn or out of order, in words. */
  readonly findings: readonly string[];
}

/**
 * Compares what is stored with what was acknowledged, by the oracle that shares no code with the product.
 *
 * @param acknowledged  the newest write the page was told is saved. The one after it may be there, whole, or not at all
 */
export function audit(
  sent: SentDump,
  { models, acknowledged }: { models: Models; acknowledged: number },
): Audit {
  try {
    const dump = received(sent);
    const landed = commitIds(dump).includes(commitIdOf(acknowledged + 1)) ? acknowledged + 1 : acknowledged;
    const { records, problems } = rebuild(dump);
    const found = new Map([...records].map(([key, record]) => [key, record.data as Data]));
    return {
      landed,
      snapshots: new Set(dump.snapshots?.map(([key]) => (key as [number, number])[0])).size,
      findings: [...problems, ...differences(found, models.after(landed))],
    };
  } catch (error) {
    return { landed: acknowledged, snapshots: 0, findings: [String(error)] };
  }
}
