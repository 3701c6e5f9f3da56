import type { Json } from '../vault/types.ts';
import { DANGEROUS_KEYS, MAX_DEPTH } from './scan.ts';

/** Root, `data`, part, list, record: so deep lies a record's data in a file. */
const DEPTH_OF_DATA = 5;

/** Why a sound record cannot be among the records of a file that we would read again; it goes apart. */
export function whyNotCarried({ data }: { data: Json }): 'too-deep' | 'dangerous-key' | undefined {
  return why(data, DEPTH_OF_DATA);
}

function why(value: Json, depth: number): 'too-deep' | 'dangerous-key' | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth >= MAX_DEPTH) return 'too-deep';
  if (!Array.isArray(value) && Object.keys(value).some((key) => DANGEROUS_KEYS.has(key)))
    return 'dangerous-key';
  for (const member of Object.values(value)) {
    const found = why(member, depth + 1);
    if (found) return found;
  }
  return undefined;
}
