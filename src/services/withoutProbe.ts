import { PROBE_MARK } from '../engines/probe.ts';
import type { Stored } from '../vault/contract.ts';

/** What a probe left when its page died is nobody's data. */
export function withoutProbe(stored: Stored): Stored {
  return { ...stored, marks: stored.marks.filter(({ key }) => key !== PROBE_MARK) };
}
