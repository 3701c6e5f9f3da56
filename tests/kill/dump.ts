import type { RawDump } from '../simulation/world/dump.ts';

/** Everything stored, as the plain reader sends it: bytes in base64, or the words for what stood there instead. */
export type SentDump = Record<string, readonly SentValue[]>;
export type SentValue = readonly [key: unknown, value: { base64: string } | { instead: string }];

/** @throws Error when a stored value is not bytes: nothing that this product writes is anything else */
export function received(sent: SentDump): RawDump {
  return Object.fromEntries(
    Object.entries(sent).map(([store, values]) => [
      store,
      values.map(([key, value]) => {
        if ('instead' in value)
          throw new Error(`${store} ${JSON.stringify(key)} is ${value.instead}, not bytes`);
        return [key as IDBValidKey, Buffer.from(value.base64, 'base64')];
      }),
    ]),
  );
}
