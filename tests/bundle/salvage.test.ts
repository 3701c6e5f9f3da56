import { describe, expect, test } from 'vitest';
import { toText } from '../../src/vault/bytes.ts';
import {
  changedExport,
  codes,
  exportOf,
  refused,
  seedFile,
  seedPart,
  settings,
  template,
  templateData,
} from './support.ts';

const ids = (found: Awaited<ReturnType<typeof refused>>) => found.salvage?.bundle.records.map(({ id }) => id);
const records = ['a', 'b', 'c', 'd'].map((id) => template(id));

describe('what can be taken from a file that was refused', () => {
  test('[I5] a file that ends in the middle: the records before the end, by their own checksums', async () => {
    const text = toText(await exportOf([...records, settings({})]));
    const found = await refused(text.slice(0, text.indexOf('"id":"c"')));
    expect(found).toMatchObject({ code: 'not-json', isCutOff: true, advice: 'get-new-copy' });
    expect(ids(found)).toEqual(['settings', 'a', 'b']);
    expect(found.salvage).toMatchObject({ label: 'no-checksum' });
  });

  test('[I5] also of the earlier app’s export, and of its bare list', async () => {
    const rows = ['a', 'b', 'c'].map((id) => templateData(id));
    const text = seedFile({ templates: rows });
    expect(ids(await refused(text.slice(0, text.indexOf('"id":"c"'))))).toEqual(['a', 'b']);
    const bare = JSON.stringify(rows);
    const found = await refused(bare.slice(0, bare.indexOf('"id":"c"') + 20));
    expect(ids(found)).toEqual(['a', 'b']);
    expect(found.salvage?.bundle.unusable).toMatchObject([{ at: 'templates[2].name' }]);
  });

  test('nothing, where nothing was whole', async () => {
    const text = toText(await exportOf(records));
    for (const end of [1, 30, 60, text.indexOf('"id":"a"')])
      expect((await refused(text.slice(0, end))).salvage).toBeNull();
    expect((await refused('{"application":"hl7-helper-web","data":[')).salvage).toBeNull();
    expect((await refused('{"application":"hl7-helper-web","data":{"templates":[')).salvage).toBeNull();
    expect((await refused('"a')).salvage).toBeNull();
    const locked = '{"application":"hl7-helper-web","format":1,"version":1,"data":{},"locked":{"checksum":"';
    expect((await refused(locked)).salvage).toBeNull();
  });

  test('[I5] one changed record of many: the others, and the changed one is named', async () => {
    const bytes = await changedExport(records, (text) =>
      text.replace('"name":"Template b"', '"name":"Template x"'),
    );
    const found = await refused(bytes);
    expect(found.code).toBe('checksum-mismatch');
    expect(ids(found)).toEqual(['a', 'c', 'd']);
    expect(found.salvage?.bundle.unusable.map(({ at }) => at)).toEqual([
      'templates.checksum',
      'templates[1].checksum',
    ]);
    expect(found.salvage && codes(found.salvage)).toContain('unusable');
  });

  test('[I5] rows that are sound one by one, where the weak checksum is wrong', async () => {
    const templates = seedPart([templateData('a'), { id: 'b' }], { checksum: 'x' });
    const found = await refused(JSON.stringify({ ...JSON.parse(seedFile({})), data: { templates } }));
    expect(found).toMatchObject({ code: 'checksum-mismatch', at: { path: 'templates.checksum' } });
    expect(ids(found)).toEqual(['a']);
    const unreadable = seedPart('none', { checksum: 'x' });
    const none = await refused(
      JSON.stringify({ ...JSON.parse(seedFile({})), data: { templates: unreadable } }),
    );
    expect(none).toMatchObject({ code: 'checksum-mismatch', salvage: null });
  });

  test('[I7] the stores that are not newer', async () => {
    const data = { templates: seedPart([templateData('a')]), settings: seedPart({}, { version: 2 }) };
    const found = await refused(JSON.stringify({ ...JSON.parse(seedFile({})), data }));
    expect(found).toMatchObject({ code: 'newer-version', at: { path: 'settings.version' } });
    expect(ids(found)).toEqual(['a']);
    expect(found.salvage?.label).toBe('weak-checksum');
  });
});
