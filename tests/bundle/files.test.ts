import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { refuseBySize } from '../../src/bundle/checkFile.ts';
import { MAX_FILE_BYTES } from '../../src/bundle/encoding.ts';
import { accepted, codes, exportOf, refused, seedFile, seedPart, template, templateData } from './support.ts';

const text = (...bytes: number[]) => new Uint8Array(bytes);
const utf16 = (content: string, isBigEndian = false) =>
  [...content].flatMap((unit) => (isBigEndian ? [0, unit.charCodeAt(0)] : [unit.charCodeAt(0), 0]));

describe('what a file is, told before anything reads it', () => {
  test('[I5] a file beyond 64 MiB is refused by its size; one byte less is read', async () => {
    expect(refuseBySize(MAX_FILE_BYTES)).toBeUndefined();
    expect(refuseBySize(MAX_FILE_BYTES + 1)).toMatchObject({ code: 'too-large', advice: 'export-in-parts' });
    const bytes = new Uint8Array(MAX_FILE_BYTES + 1).fill(0x20);
    expect(await refused(bytes)).toMatchObject({ code: 'too-large' });
    bytes.set(await exportOf([template('a')]));
    expect(await accepted(bytes.subarray(0, MAX_FILE_BYTES - 1))).toMatchObject({ label: 'strong-checksum' });
  });

  test.each([
    ['gzip', new Uint8Array(gzipSync('{}'))],
    ['zip', text(0x50, 0x4b, 0x03, 0x04, 0)],
    ['7z', text(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c)],
  ])('%s is a compressed file', async (_, bytes) => {
    expect(await refused(bytes)).toMatchObject({ code: 'compressed-file', advice: 'unpack' });
  });

  test.each([
    ['UTF-16 with a mark', text(0xff, 0xfe, ...utf16('{}'))],
    ['UTF-16 big-endian with a mark', text(0xfe, 0xff, ...utf16('{}', true))],
    ['UTF-16 without', text(...utf16('{}'))],
    ['UTF-16 big-endian without', text(...utf16('{}', true))],
    ['UTF-32 big-endian', text(0, 0, 0, 0x7b, 0, 0, 0, 0x7d)],
  ])('%s is the wrong encoding', async (_, bytes) => {
    expect(await refused(bytes)).toMatchObject({ code: 'wrong-encoding', advice: 'save-as-utf8' });
  });

  test.each([
    ['zeros of a file that was never written', text(0, 0, 0, 0), 'not-json'],
    ['three zeros', text(0, 0, 0), 'not-json'],
    ['an image', text(0x89, 0x50, 0x4e, 0x47), 'not-json'],
    ['nothing', text(), 'empty-file'],
    ['one NUL', text(0), 'not-json'],
    ['a broken character', text(0x7b, 0x22, 0xf6, 0x22), 'invalid-utf8'],
    ['half a character at the end', text(0x22, 0xc3), 'invalid-utf8'],
  ])('%s', async (_, bytes, code) => {
    expect(await refused(bytes)).toMatchObject({ code });
  });

  test('[I19] one byte order mark is allowed; a second one is not JSON', async () => {
    const bytes = await exportOf([template('a')]);
    const mark = text(0xef, 0xbb, 0xbf);
    expect(await accepted(text(...mark, ...bytes))).toMatchObject({ label: 'strong-checksum' });
    expect(await refused(text(...mark, ...mark, ...bytes))).toMatchObject({ code: 'not-json' });
  });
});

describe('the earlier app’s export', () => {
  test('is read with its weak checksum, and rows keep their dates', async () => {
    const found = await accepted(seedFile({ templates: [templateData('a'), templateData('b')] }));
    expect(found).toMatchObject({ label: 'weak-checksum', warnings: [] });
    expect(found.bundle.records).toMatchObject([
      { id: 'a', createdAt: '2023-11-14T22:13:20.000Z', updatedAt: '2026-02-03T04:05:06.789Z' },
      { id: 'b' },
    ]);
  });

  test.each([
    ['a part that is none', null, 'schema', 'templates'],
    ['a list that is none', seedPart('x'), 'schema', 'templates.data'],
    ['no data', seedPart(null, { data: undefined as never }), 'schema', 'templates.data'],
    ['a date that is none', seedPart([], { createdAt: 7 }), 'schema', 'templates.createdAt'],
    ['a newer version', seedPart([], { version: 2 }), 'newer-version', 'templates.version'],
    ['an empty checksum', seedPart([], { checksum: '' }), 'checksum-mismatch', 'templates.checksum'],
    ['a row without a name', seedPart([templateData('a'), { id: 'b' }]), 'schema', 'templates[1].name'],
    ['a row that is none', seedPart([null]), 'schema', 'templates[0]'],
  ])('[I5] refuses %s, and says where', async (_, part, code, path) => {
    const file = JSON.stringify({ ...(JSON.parse(seedFile({})) as object), data: { templates: part } });
    expect(await refused(file)).toMatchObject({ code, at: { path } });
  });

  test('[I20] says what is odd: dates, an older version, an empty list, numbers that may have changed', async () => {
    const rows = Array.from({ length: 12 }, (_, i) => templateData(`t${i}`, { createdAt: 2 ** 60 }));
    const parts = {
      templates: seedPart(rows, { version: 0, createdAt: 'x' }),
      settings: seedPart({ theme: 'plaid' }),
    };
    const found = await accepted(JSON.stringify({ ...(JSON.parse(seedFile({})) as object), data: parts }));
    expect(found.warnings.map(({ code, count, at }) => [code, count, at.length])).toEqual([
      ['unsafe-integer', 12, 10],
      ['bad-date', 13, 10],
      ['legacy-v0', 1, 0],
      ['unknown-choice', 1, 1],
    ]);
    expect(codes(await accepted(seedFile({ templates: [] })))).toEqual(['empty-part']);
  });

  test('[I20] the old placeholder is taken with its raw form, also where nothing in it can be used', async () => {
    const placeholders = [{ instances: [], variables: {}, lastUpdated: 'x' }, { instances: 'none' }];
    for (const old of placeholders) {
      const found = await accepted(seedFile({ templates: [templateData('a')], serializationState: old }));
      expect(codes(found)).toEqual(['old-shape']);
      expect(JSON.stringify(found.bundle.records[1]?.data)).toContain(JSON.stringify(Object.values(old)[0]));
    }
  });

  test('[I5] [I20] a part that nobody knows is named, and nothing in it is taken', async () => {
    const found = await accepted(seedFile({ templates: [templateData('a')], backups: [{ id: 'evil' }] }));
    expect(found.warnings).toMatchObject([{ code: 'unknown-store', names: ['backups'] }]);
    expect(found.bundle).toMatchObject({ stores: ['templates'], untaken: [] });
    expect(await refused(seedFile({}, { data: 'none' }))).toMatchObject({
      code: 'schema',
      at: { path: 'data' },
    });
  });

  test('[I20] members that nobody knows are named: of the file, of a part, of a record', async () => {
    const data = seedPart([templateData('a', { mood: 'x' })], { rev: 7 });
    const found = await accepted(
      JSON.stringify({ ...JSON.parse(seedFile({})), data: { templates: data }, apart: [], x: 1 }),
    );
    expect(found.warnings.flatMap(({ names }) => names).sort()).toEqual(['apart', 'mood', 'rev', 'x']);
  });
});
