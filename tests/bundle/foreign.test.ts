import { describe, expect, test } from 'vitest';
import { appFiles } from '../../src/app/stores/files/appFiles.ts';
import { checkFile } from '../../src/bundle/checkFile.ts';
import type { BundleDomain, BundleStore } from '../../src/bundle/domain.ts';
import {
  accepted,
  apply,
  codes,
  options,
  plan,
  refused,
  template,
  templateData,
  vaultWith,
} from './support.ts';

const ADMIT = 'MSH|^~\\&|A|B|C|D|20260101||ADT^A01|1|P|2.5\rPID|1||X\r';
const ORDER = 'MSH|^~\\&|A|B|C|D|20260101||ORM^O01|2|P|2.5\nPID|1||Y';

describe('plain HL7 text', () => {
  test('[I19] each message becomes a template, byte for byte, and the person is told', async () => {
    const found = await accepted(`\ufeff${ADMIT}${ORDER}`);
    expect([found.label, codes(found)]).toEqual(['no-checksum', ['plain-text']]);
    expect(found.bundle.records.map(({ data }) => data)).toMatchObject([
      { name: 'ADT-A01 1', messageType: 'ADT-A01', content: ADMIT, createdAt: options.now },
      { name: 'ORM-O01 2', content: ORDER },
    ]);
  });

  test('[I5] imported twice, it is there once', async () => {
    const { vault } = await vaultWith([template('a')]);
    await apply(vault, await plan(ADMIT, vault.state()));
    expect(vault.state().count.templates).toBe(2);
    expect((await plan(ADMIT, vault.state())).plan).toBeNull();
  });

  test('text without a message is no file of ours', async () => {
    expect(await refused('Dear colleague,')).toMatchObject({ code: 'not-json', advice: 'choose-export' });
  });
});

describe('a file of the desktop ancestor', () => {
  const field = (Position: number, DefaultValue: string | null) => ({
    Position,
    IsEditable: true,
    IsRequired: false,
    DefaultValue,
  });
  const file = {
    Name: 'Admit',
    Segments: [
      { Name: 'MSH', Fields: [field(9, 'ADT^A01'), field(3, 'APP')] },
      { Name: 'PID', Fields: [field(3, 'A^B'), field(5, null)] },
      { Name: 'ZZZ', Fields: [] },
    ],
  };

  test('[I20] places its default values, fills the gaps, and keeps what it said of each field', async () => {
    const { bundle, warnings } = await accepted(JSON.stringify(file));
    expect(bundle.records[0]?.data).toMatchObject({
      name: 'Admit',
      messageType: 'ADT-A01',
      content: 'MSH|^~\\&|APP||||||ADT^A01\rPID|||A^B||\rZZZ',
      desktopSegments: file.Segments,
    });
    expect(warnings.map(({ code }) => code)).toEqual(['desktop-file', 'unknown-member']);
  });

  test('[I5] a position that no segment has is refused, not filled up to', async () => {
    const far = { ...file, Segments: [{ Name: 'PID', Fields: [field(1e9, 'x')] }] };
    expect(await refused(JSON.stringify(far))).toMatchObject({ code: 'not-a-bundle' });
  });
});

describe('the bare list of the earlier app', () => {
  test('is taken with a warning; in it, other lists are not ours', async () => {
    const found = await accepted(JSON.stringify([templateData('a')]));
    expect([found.label, found.bundle.source, codes(found)]).toEqual(['no-checksum', 'rows', ['legacy-v0']]);
    for (const list of ['[]', '[1]', '[{"id":"a"}]', '[[]]'])
      expect(await refused(list)).toMatchObject({ code: 'not-a-bundle' });
  });
});

describe('another app', () => {
  const bare: BundleDomain = { application: 'notes', stores: new Map() };

  test('knows no other files unless it says so', async () => {
    expect(await checkFile(new TextEncoder().encode(ADMIT), bare, options)).toMatchObject({
      code: 'not-json',
    });
    expect(await checkFile(new TextEncoder().encode('{}'), bare, options)).toMatchObject({
      code: 'not-a-bundle',
    });
    const other = { ...appFiles, application: 'notes' };
    const file = new TextEncoder().encode('{"application":"hl7-helper-web"}');
    const spaced = '{"application":" hl7-helper-web ","version":1}';
    expect(await refused(spaced)).toMatchObject({ code: 'wrong-application' });
    expect(await checkFile(file, other, options)).toMatchObject({
      code: 'wrong-application',
      at: { path: 'application' },
    });
  });

  test('that names a store it does not have, or no rows, gets no bundle', async () => {
    const lost: BundleDomain = {
      ...bare,
      readText: async () => ({ origin: 'plain-text', store: 'notes', rows: [] }),
    };
    expect(await checkFile(new TextEncoder().encode('x'), lost, options)).toMatchObject({
      code: 'not-a-bundle',
    });
  });

  test('a store that says little about its data is enough', async () => {
    const notes: BundleStore = {
      version: 1,
      isSound: () => true,
      whereUnsound: () => undefined,
      fromSeed(data) {
        if (!Array.isArray(data)) return { kind: 'unsound', at: '' };
        return { kind: 'rows', rows: data.map((row, i) => ({ kind: 'sound', id: `${i}`, data: row })) };
      },
    };
    const domain: BundleDomain = { application: 'notes', stores: new Map([['notes', notes]]) };
    const found = await checkFile(new TextEncoder().encode('["one",2]'), domain, options);
    expect(found).toMatchObject({ kind: 'accepted', bundle: { records: [{ data: 'one' }, { data: 2 }] } });
  });
});
