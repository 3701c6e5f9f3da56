import type { Entry } from '../engines/contract.ts';
import { isBytes, toText } from './bytes.ts';
import { canonical, isPlainObject } from './canonical.ts';

/** The one key of the head. */
export const HEAD_KEY = 'head';

/** Newest commit of a vault. It carries no checksum: it must be the seal of a commit that is there. */
export interface Head {
  seq: number;
  seal: string;
}

export function headText({ seq, seal }: Head): string {
  return canonical({ seal, seq });
}

/** @returns `null` when the value is no head. Never throws */
export function parseHead(value: unknown): Head | null {
  if (!isBytes(value)) return null;
  try {
    const head: unknown = JSON.parse(toText(value));
    if (!isPlainObject(head) || typeof head.seal !== 'string' || !Number.isSafeInteger(head.seq)) return null;
    return { seq: Number(head.seq), seal: head.seal };
  } catch {
    return null;
  }
}

/** The head as read, or `null` where it is absent, unreadable or no head. */
export function headOf(entry: Entry | undefined): Head | null {
  return entry && 'value' in entry ? parseHead(entry.value) : null;
}
