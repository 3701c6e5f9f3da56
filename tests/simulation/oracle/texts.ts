import { createHash } from 'node:crypto';
import type { RawDump } from '../world/dump.ts';

/**
 * What localStorage holds of a vault, as the bytes of an IndexedDB would be dumped. Written from the layout alone (durability
 * 3.9): a slot whose length and digest hold is a batch that counts, applied or not; anything else in a slot does not.
 */
export function dumpOfTexts(
  storage: readonly (readonly [name: string, text: string])[],
  prefix: string,
): RawDump {
  const texts = new Map(storage);
  for (const slot of [`${prefix}:slot:0`, `${prefix}:slot:1`]) {
    for (const [name, text] of batchIn(texts.get(slot) ?? '')) {
      if (text === null) texts.delete(name);
      else texts.set(name, text);
    }
  }
  const dump: RawDump = {};
  for (const store of ['log', 'snapshots', 'head', 'marks', 'quarantine']) {
    const start = `${prefix}:${store}:`;
    dump[store] = [...texts]
      .filter(([name]) => name.startsWith(start))
      .map(([name, text]): [IDBValidKey, unknown] => [
        JSON.parse(name.slice(start.length)) as IDBValidKey,
        new Uint8Array(Buffer.from(text, 'latin1')),
      ])
      .sort(([one], [other]) => compare(one, other));
  }
  return dump;
}

/** `<length>:<digest>:` then a line of `[name, length or null]`, then the texts. Empty when it is torn. */
function batchIn(framed: string): [name: string, text: string | null][] {
  const [, length, digest] = /^(\d+):([0-9a-f]{64}):/.exec(framed) ?? [];
  if (length === undefined || digest === undefined) return [];
  const payload = framed.slice(length.length + digest.length + 2);
  const found = createHash('sha256').update(payload, 'utf16le').digest('hex');
  if (payload.length !== Number(length) || found !== digest) return [];
  const end = payload.indexOf('\n');
  let at = end + 1;
  return (JSON.parse(payload.slice(0, end)) as [string, number | null][]).map(([name, size]) => {
    if (size === null) return [name, null];
    at += size;
    return [name, payload.slice(at - size, at)];
  });
}

function compare(one: IDBValidKey, other: IDBValidKey): number {
  const [a, b] = [one, other].map((key) => (Array.isArray(key) ? key : [key])) as [unknown[], unknown[]];
  for (const [i, part] of a.entries()) {
    const against = b[i] as typeof part;
    if (part !== against) return (part as number) < (against as number) ? -1 : 1;
  }
  return 0;
}
