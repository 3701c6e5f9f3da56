import type { RawDump } from '../../simulation/world/dump.ts';

type Value = RawDump[string][number];

/** The same dump, with one text in the stored bytes replaced by another of the same length. */
export function replaced(dump: RawDump, from: string, to: string): RawDump {
  return changed(dump, (text) => text.replace(from, to));
}

function changed(dump: RawDump, change: (text: string) => string): RawDump {
  const log = (dump.log ?? []).map(([key, value]): Value => {
    const text = change(new TextDecoder().decode(value as Uint8Array));
    return [key, new TextEncoder().encode(text)];
  });
  return { ...dump, log };
}
