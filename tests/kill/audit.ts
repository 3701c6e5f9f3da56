import { commitIds, rebuild } from '../simulation/oracle/rebuild.ts';
import { received, type SentDump } from './dump.ts';
import { differences, type Models } from './model.ts';
import { type Data, numberOf } from './workload.ts';

export interface Audit {
  /** The newest write that is there. */
  readonly landed: number;
  readonly snapshots: number;
  /** What is lost, torn or out of order, in words. */
  readonly findings: readonly string[];
}

export interface Expectation {
  readonly models: Models;
  /** The newest write the page was told is saved. The one after it may be there, whole, or not at all. */
  readonly acknowledged: number;
  /** Writes may be missing from the end: then only what is there has to be whole, and one state that once was. */
  readonly mayLag: boolean;
}

/** Compares what is stored with what was acknowledged, by the oracle that shares no code with the product. */
export function audit(sent: SentDump, { models, acknowledged, mayLag }: Expectation): Audit {
  try {
    const dump = received(sent);
    const newest = Math.max(0, ...commitIds(dump).map(numberOf));
    const landed = mayLag ? newest : Math.max(newest, acknowledged);
    const { records, problems } = rebuild(dump);
    const found = new Map([...records].map(([key, record]) => [key, record.data as Data]));
    const beyond =
      landed > acknowledged + 1 ? [`write ${landed} is there, but ${acknowledged + 1} was the next`] : [];
    return {
      landed,
      snapshots: new Set(dump.snapshots?.map(([key]) => (key as [number, number])[0])).size,
      findings: [...beyond, ...problems, ...differences(found, models.after(landed))],
    };
  } catch (error) {
    return { landed: acknowledged, snapshots: 0, findings: [String(error)] };
  }
}
