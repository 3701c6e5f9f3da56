import { describe, expect, test } from 'vitest';
import { toText } from '../../src/vault/bytes.ts';
import { changeLine, sealCommit } from '../../src/vault/commit.ts';
import type { VaultState } from '../../src/vault/contract.ts';
import { emptyState, openDraft } from '../../src/vault/draft.ts';
import { sealRecord } from '../../src/vault/envelope.ts';
import { makeBody } from '../../src/vault/layout.ts';
import { digestWith } from '../../src/vault/sha256.ts';
import { makeSnapshotBody, sealSnapshot } from '../../src/vault/snapshot.ts';

const digest = digestWith(undefined);

// The examples of durability 3.3, as they must come out byte for byte.
const COMMIT = `{"at":"2026-03-01T09:30:00.000Z","by":"d-90ab","count":{"settings":1},"format":1,"id":"c-0002","kind":"save","label":"Theme","pages":["bfbaf52d8575df92df434b690c9d4a53e4099ece8bb23a960aa606e1fab51a34"],"prev":"21e1e1ce6e306df4f4bff6c30eecb96b559a9196fd0950a091d21945512f79eb","seal":"29b08615285aa5202d68e7aa8721bf360dea93f71c70ac14c74e442f273dbff8","seq":2,"state":"161c0f281d9419f085f193fa145208eaa98d1b42e12fbfe9923fc647419358a3","undoes":null,"vault":"v-5f1c","versions":{"settings":1}}
{"after":{"checksum":"161c0f281d9419f085f193fa145208eaa98d1b42e12fbfe9923fc647419358a3","createdAt":"2026-03-01T08:00:00.000Z","data":{"theme":"dark"},"id":"settings","rev":2,"store":"settings","updatedAt":"2026-03-01T09:30:00.000Z","version":1},"before":{"checksum":"f5e954ec77da7e37c244cd720ee14001defc7207750eb60e130f1d9597198085","createdAt":"2026-03-01T08:00:00.000Z","data":{"theme":"light"},"id":"settings","rev":1,"store":"settings","updatedAt":"2026-03-01T08:00:00.000Z","version":1}}
`;
const SNAPSHOT = `{"anchor":"29b08615285aa5202d68e7aa8721bf360dea93f71c70ac14c74e442f273dbff8","count":{"settings":1},"format":1,"kind":"snapshot","pages":["3cc521124d0e07a127bcd61e7e395f9ad8659f29ce26aa6cfa0a50bc477dcaca"],"seal":"4a8b8880590edd4a0180716df9ad8899f683e13fd9a86ca0132189ab9e711d3d","seq":2,"state":"161c0f281d9419f085f193fa145208eaa98d1b42e12fbfe9923fc647419358a3","vault":"v-5f1c","versions":{"settings":1}}
{"checksum":"161c0f281d9419f085f193fa145208eaa98d1b42e12fbfe9923fc647419358a3","createdAt":"2026-03-01T08:00:00.000Z","data":{"theme":"dark"},"id":"settings","rev":2,"store":"settings","updatedAt":"2026-03-01T09:30:00.000Z","version":1}
`;

const created = { store: 'settings', id: 'settings', createdAt: '2026-03-01T08:00:00.000Z', version: 1 };
const { record: light } = await sealRecord(
  { ...created, data: { theme: 'light' }, updatedAt: created.createdAt },
  1,
  digest,
);
const { record: dark } = await sealRecord(
  { ...created, data: { theme: 'dark' }, updatedAt: '2026-03-01T09:30:00.000Z' },
  2,
  digest,
);

const stateOfDark = (): VaultState => {
  const draft = openDraft(emptyState('v-5f1c'));
  draft.set('settings', 'settings', dark);
  return draft.close({
    head: { seq: 2, seal: '29b08615285aa5202d68e7aa8721bf360dea93f71c70ac14c74e442f273dbff8' },
    versions: { settings: 1 },
  });
};

describe('bytes as stored', () => {
  test('a commit comes out as the written example', async () => {
    const body = await makeBody([changeLine({ after: dark, before: light })], digest);
    const { pages } = sealCommit(
      {
        at: '2026-03-01T09:30:00.000Z',
        by: 'd-90ab',
        count: { settings: 1 },
        format: 1,
        id: 'c-0002',
        kind: 'save',
        label: 'Theme',
        prev: '21e1e1ce6e306df4f4bff6c30eecb96b559a9196fd0950a091d21945512f79eb',
        seq: 2,
        state: stateOfDark().state,
        undoes: null,
        vault: 'v-5f1c',
        versions: { settings: 1 },
      },
      body,
    );
    expect(pages.map(toText)).toEqual([COMMIT]);
  });

  test('a snapshot comes out as the written example', async () => {
    const state = stateOfDark();
    const body = await makeSnapshotBody(state, digest);
    const { pages } = sealSnapshot(state, body, { seq: 2, seal: String(state.head.seal) });
    expect(pages.map(toText)).toEqual([SNAPSHOT]);
  });

  test('a snapshot is sorted by store and id, in whatever order they came', async () => {
    const draft = openDraft(emptyState('v'));
    const content = { createdAt: '', updatedAt: '', version: 1, data: null };
    for (const name of ['b/2', 'a/2', 'b/1', 'c/1', 'a/1']) {
      const [store = '', id = ''] = name.split('/');
      draft.set(store, id, (await sealRecord({ ...content, store, id }, 1, digest)).record);
    }
    const body = await makeSnapshotBody(draft.close({ head: { seq: 1, seal: '' } }), digest);
    const lines = body.pages
      .map(toText)
      .join('')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ store, id }) => `${store}/${id}`)).toEqual(['a/1', 'a/2', 'b/1', 'b/2', 'c/1']);
  });

  test('pages are cut between lines at about 1 MiB, and a bigger line has one of its own', async () => {
    const lines = ['a'.repeat(600_000), 'b'.repeat(600_000), 'c'.repeat(3_000_000), 'd'];
    const { pages } = await makeBody(lines, digest);
    expect(pages.map((page) => page.length)).toEqual([600_001, 600_001, 3_000_001, 2]);
  });

  test('lines share a page as long as they fit, and a page ends with a line', async () => {
    const half = 1 << 18;
    const cut = async (...lengths: number[]) =>
      (
        await makeBody(
          lengths.map((length) => 'x'.repeat(length)),
          digest,
        )
      ).pages.map(({ length }) => length);
    expect(await cut()).toEqual([0]);
    expect(await cut(1, 2)).toEqual([5]);
    expect(await cut(half - 1, half - 1)).toEqual([2 * half]);
    expect(await cut(half - 1, half, 1)).toEqual([half, half + 3]);
    expect(await cut(4 * half, 1)).toEqual([4 * half + 1, 2]);
  });
});
