import type { Reading } from './reading.ts';
import type { Spans } from './scan.ts';

/** Finds the bytes of objects in a file, where every byte is one character: our own exports are ASCII. */
export function bytesIn({
  bytes,
  text,
  spans,
}: {
  bytes: Uint8Array;
  text: string;
  spans: Spans;
}): Reading['bytesWithout'] {
  const isAscii = bytes.length === text.length;
  return (object, firstMember) => {
    const span = isAscii ? spans.get(object) : undefined;
    const opening = `{${firstMember},`;
    if (!span || !text.startsWith(opening, span.from)) return undefined;
    const found = new Uint8Array(span.to - span.from - opening.length + 1);
    found[0] = OPEN;
    found.set(bytes.subarray(span.from + opening.length, span.to), 1);
    return found;
  };
}

const OPEN = 0x7b;
