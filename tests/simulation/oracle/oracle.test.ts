import { expect, test } from 'vitest';
import type { RawDump } from '../world/dump.ts';
import { canonicalText, checksumOf, decodeLog, decodeSnapshots, type FoundRecord } from './decode.ts';
import { rebuild } from './rebuild.ts';

/** The two examples that the layout's description gives, byte for byte. */
const COMMIT = `{"at":"2026-03-01T09:30:00.000Z","by":"d-90ab","count":{"settings":1},"format":1,"id":"c-0002","kind":"save","label":"Theme","pages":["bfbaf52d8575df92df434b690c9d4a53e4099ece8bb23a960aa606e1fab51a34"],"prev":"21e1e1ce6e306df4f4bff6c30eecb96b559a9196fd0950a091d21945512f79eb","seal":"29b08615285aa5202d68e7aa8721bf360dea93f71c70ac14c74e442f273dbff8","seq":2,"state":"161c0f281d9419f085f193fa145208eaa98d1b42e12fbfe9923fc647419358a3","undoes":null,"vault":"v-5f1c","versions":{"settings":1}}
{"after":{"checksum":"161c0f281d9419f085f193fa145208eaa98d1b42e12fbfe9923fc647419358a3","createdAt":"2026-03-01T08:00:00.000Z","data":{"theme":"dark"},"id":"settings","rev":2,"store":"settings","updatedAt":"2026-03-01T09:30:00.000Z","version":1},"before":{"checksum":"f5e954ec77da7e37c244cd720ee14001defc7207750eb60e130f1d9597198085","createdAt":"2026-03-01T08:00:00.000Z","data":{"theme":"light"},"id":"settings","rev":1,"store":"settings","updatedAt":"2026-03-01T08:00:00.000Z","version":1}}
`;
const SNAPSHOT = `{"anchor":"29b08615285aa5202d68e7aa8721bf360dea93f71c70ac14c74e442f273dbff8","count":{"settings":1},"format":1,"kind":"snapshot","pages":["3cc521124d0e07a127bcd61e7e395f9ad8659f29ce26aa6cfa0a50bc477dcaca"],"seal":"4a8b8880590edd4a0180716df9ad8899f683e13fd9a86ca0132189ab9e711d3d","seq":2,"state":"161c0f281d9419f085f193fa145208eaa98d1b42e12fbfe9923fc647419358a3","vault":"v-5f1c","versions":{"settings":1}}
{"checksum":"161c0f281d9419f085f193fa145208eaa98d1b42e12fbfe9923fc647419358a3","createdAt":"2026-03-01T08:00:00.000Z","data":{"theme":"dark"},"id":"settings","rev":2,"store":"settings","updatedAt":"2026-03-01T09:30:00.000Z","version":1}
`;

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
const stored = (text: string): [IDBValidKey, unknown][] => [[[2, 0], bytes(text)]];

test('the oracle finds the examples of the layout sound', () => {
  const dump: RawDump = { log: stored(COMMIT), snapshots: stored(SNAPSHOT) };
  expect(decodeLog(dump)[0]).toMatchObject({ problems: [], header: { seq: 2, id: 'c-0002' } });
  expect(decodeSnapshots(dump)[0]).toMatchObject({ problems: [], header: { seq: 2 } });
});

test('the oracle notices any single changed character of them', () => {
  for (const [place, text, decode] of [
    ['log', COMMIT, decodeLog],
    ['snapshots', SNAPSHOT, decodeSnapshots],
  ] as const) {
    const missed: number[] = [];
    for (let index = 0; index < text.length; index += 1) {
      const flipped = bytes(text);
      flipped[index] = (flipped[index] ?? 0) ^ 1;
      try {
        const [found] = decode({ [place]: [[[2, 0], flipped]] });
        if (found?.problems.length === 0) missed.push(index);
      } catch {
        // Not even JSON: noticed.
      }
    }
    expect(missed).toEqual([]);
  }
});

test('the oracle rebuilds from a snapshot, and misses a head that is not there', () => {
  const dump: RawDump = { log: stored(COMMIT), snapshots: stored(SNAPSHOT) };
  const rebuilt = rebuild(dump);
  expect([...rebuilt.records.keys()]).toEqual(['settings/settings']);
  expect(rebuilt.problems).toEqual(['head: undefined where the log ends at 2']);
});

test('canonical text: keys by code unit, -0 as 0, everything beyond ASCII escaped, lone surrogates kept', () => {
  expect(canonicalText({ b: -0, a: 'ä\ud800', Z: [null, true] })).toBe(
    '{"Z":[null,true],"a":"\\u00e4\\ud800","b":0}',
  );
});

test('a checksum covers identity: the same data under another id, store or version differs', () => {
  const record: FoundRecord = {
    checksum: '',
    createdAt: '2026-03-01T08:00:00.000Z',
    data: { theme: 'dark' },
    id: 'a',
    rev: 1,
    store: 's',
    updatedAt: '2026-03-01T08:00:00.000Z',
    version: 1,
  };
  const all = [
    record,
    { ...record, id: 'b' },
    { ...record, store: 't' },
    { ...record, version: 2 },
    { ...record, rev: 2 },
  ];
  expect(new Set(all.map(checksumOf)).size).toBe(4);
});
