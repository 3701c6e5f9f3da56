import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { appFiles } from '../../src/app/stores/files/appFiles.ts';
import { buildBundle } from '../../src/bundle/buildBundle.ts';
import { checkFile } from '../../src/bundle/checkFile.ts';
import type { BundleDomain } from '../../src/bundle/domain.ts';
import { planImport } from '../../src/bundle/planImport.ts';
import { fromBase64, toBase64, toBytes, toText } from '../../src/vault/bytes.ts';
import { canonical } from '../../src/vault/canonical.ts';
import { emptyState } from '../../src/vault/draft.ts';
import { sha256 } from '../../src/vault/sha256.ts';
import { addChecksum, EMPTY_SUM, sumToHex } from '../../src/vault/sum.ts';
import type { Envelope, Json } from '../../src/vault/types.ts';
import { stateDump } from '../vault/world.ts';
import {
  accepted,
  apply,
  changedExport,
  check,
  codes,
  EXPORTED_AT,
  envelope,
  exportOf,
  NOW,
  options,
  plan,
  recordsOf,
  refused,
  settings,
  template,
  templateData,
  timeFor,
  vaultWith,
} from './support.ts';

const RUNS = Number(process.env.SEEDS ?? 200);

/** Any code units: lone surrogates, NUL, byte order marks, every line end. */
const anyText = fc.oneof(
  fc.string({ unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)) }),
  fc.string({
    unit: fc.constantFrom('\r', '\n', '\v', '\u001c', '\u0000', '\ufeff', '\ud800', '\udc00', 'ä', 'a\u0308'),
  }),
  fc.string(),
);
const anyTemplate = fc
  .record({ id: anyText, name: anyText, description: anyText, messageType: anyText, content: anyText })
  .chain((data) => fc.nat().map((createdAt) => template(data.id, { ...data, createdAt })));
const anySettings = fc.record({ theme: anyText, copyLineEnd: anyText, other: fc.boolean() }).map(settings);
/** Members with these names are refused by every reader: such a record goes into the file apart, which has tests of its own. */
const hasNoDangerousName = (value: unknown) =>
  !/"(?:__proto__|constructor|prototype)":/.test(JSON.stringify(value));
const anyDraft = fc
  .tuple(anyText, fc.jsonValue({ maxDepth: 4 }).filter(hasNoDangerousName))
  .map(([id, data]) => envelope('drafts', `templates/${id}`, { store: 'templates', id, data: data as Json }));
const anyStore = fc
  .tuple(
    fc.uniqueArray(anyTemplate, { selector: ({ id }) => id, maxLength: 6 }),
    fc.option(anySettings),
    fc.uniqueArray(anyDraft, { selector: ({ id }) => id, maxLength: 3 }),
  )
  .map(([templates, one, drafts]): Envelope[] => [...templates, ...(one ? [one] : []), ...drafts]);

const sumOf = (records: readonly Envelope[]) =>
  sumToHex(records.reduce((sum, { checksum }) => addChecksum(sum, checksum), EMPTY_SUM));

describe('import(export(S)) = S', () => {
  test('[I18] [I19] [I20] for any store with any strings, in every code unit', timeFor(RUNS), async () => {
    await fc.assert(
      fc.asyncProperty(anyStore, async (records) => {
        const built = await buildBundle({ records }, appFiles, { ...options, exportedAt: EXPORTED_AT });
        if (built.kind !== 'built') throw new Error(built.kind);
        const { bundle } = await accepted(built.bytes);
        const planned = await planImport(bundle, emptyState('v'), appFiles, {
          strategy: 'merge',
          label: '',
          pinName: '',
          now: NOW,
        });
        const taken = (planned.plan?.changes ?? []).map(({ store, id, data = null, createdAt, updatedAt }) =>
          envelope(store, id, data, { ...(createdAt && { createdAt }), ...(updatedAt && { updatedAt }) }),
        );
        expect([sumOf(taken), built.state]).toEqual([sumOf(records), sumOf(records)]);
      }),
      { numRuns: RUNS },
    );
  });

  test('[I18] through a real vault: the same state, to the last bit of its checksum', async () => {
    const records = [
      template('a', { content: 'MSH|\r\ud83d\n\u0000' }),
      template('b'),
      settings({ theme: 'dark' }),
    ];
    const { vault } = await vaultWith(records);
    const { vault: other } = await vaultWith([template('c')]);
    await apply(
      other,
      await plan(await exportOf(recordsOf(vault.state())), other.state(), {
        strategy: 'replace',
        isAgreed: true,
      }),
    );
    expect(other.state().state).toBe(vault.state().state);
    expect(stateDump(other.state())).toEqual(stateDump(vault.state()));
  });
});

describe('an export', () => {
  test('[I18] is canonical ASCII: the same records in any order give the same bytes', async () => {
    const records = [template('b', { name: 'Ü' }), template('a'), settings({})];
    const one = await exportOf(records);
    expect(one).toEqual(await exportOf(records.toReversed()));
    expect(one.every((byte) => byte >= 0x20 && byte < 0x7f)).toBe(true);
    expect(canonical(JSON.parse(toText(one)))).toBe(toText(one));
  });

  test('[I18] has its parts and checksums exactly as specified', async () => {
    const record = envelope(
      'settings',
      'settings',
      { theme: 'dark' },
      {
        createdAt: '2026-03-01T08:00:00.000Z',
        updatedAt: '2026-03-01T09:30:00.000Z',
      },
    );
    // The vector of durability.md 3.3.
    expect(record.checksum).toBe('161c0f281d9419f085f193fa145208eaa98d1b42e12fbfe9923fc647419358a3');
    const { rev: _, ...line } = record;
    const file = JSON.parse(toText(await exportOf([record]))) as { data: { [store: string]: unknown } };
    expect(file).toMatchObject({
      application: 'hl7-helper-web',
      exportedAt: EXPORTED_AT,
      format: 1,
      version: 1,
    });
    expect(Object.keys(file.data)).toEqual(['drafts', 'serializationState', 'settings', 'templates']);
    const { createdAt, updatedAt } = record;
    expect(file.data.settings).toEqual({
      checksum: 'e517565290c81320af057c798cb8be0eb3958d15dd5d3da731d750d6066e6f95',
      createdAt,
      data: [line],
      updatedAt,
      version: 1,
    });
  });

  test('holds only the stores that were chosen, and names what an import then lacks', async () => {
    const asides = [{ aside: '', id: 'x', store: 'templates', why: 'corrupt:shape' as const }];
    const built = await buildBundle({ records: [template('a'), settings({})], asides }, appFiles, {
      ...options,
      exportedAt: EXPORTED_AT,
      stores: ['settings', 'macros'],
    });
    if (built.kind !== 'built') throw new Error(built.kind);
    expect(built).toMatchObject({ counts: { settings: 1, macros: 0 }, damaged: [] });
    const found = await accepted(built.bytes);
    expect([found.bundle.stores, codes(found)]).toEqual([['settings'], ['unknown-store', 'missing-part']]);
  });

  test('[I18] [I4] carries damaged records apart and raw, named, beside the sound ones', async () => {
    const damaged = { ...template('b'), checksum: '0'.repeat(64) };
    const aside = {
      aside: toBase64(toBytes('{"torn')),
      id: null,
      store: null,
      why: 'corrupt:shape' as const,
    };
    const built = await buildBundle({ records: [template('a'), damaged], asides: [aside] }, appFiles, {
      ...options,
      exportedAt: EXPORTED_AT,
    });
    if (built.kind !== 'built') throw new Error(built.kind);
    expect(built.counts.templates).toBe(1);
    expect(built.damaged.map(({ id, why }) => [id, why])).toEqual([
      [null, 'corrupt:shape'],
      ['b', 'corrupt:checksum'],
    ]);
    const found = await accepted(built.bytes);
    expect(codes(found)).toContain('damaged-apart');
    expect(found.bundle.records.map(({ id }) => id)).toEqual(['a']);
    expect(toText(fromBase64(found.bundle.apart[1]?.aside ?? ''))).toBe(canonical(damaged));
  });

  test('[I18] sets apart what no reader would take: nothing is left out in silence', async () => {
    let deep: Json = 1;
    for (let i = 0; i < 70; i++) deep = [deep];
    const records = [
      template('a', { deep }),
      template('b', { list: [JSON.parse('{"__proto__":1}') as Json] }),
      template('c', { list: [{ fine: [1] }] }),
    ];
    const { bundle } = await accepted(await exportOf(records));
    expect(bundle.records.map(({ id }) => id)).toEqual(['c']);
    expect(bundle.apart.map(({ id, why }) => [id, why])).toEqual([
      ['a', 'too-deep'],
      ['b', 'dangerous-key'],
    ]);
  });

  test('[I20] keeps records of a store that this build does not know: an import names them', async () => {
    const found = await accepted(await exportOf([template('a'), envelope('macros', 'm', { x: 1 })]));
    expect(found.warnings).toMatchObject([{ code: 'unknown-store', names: ['macros'] }]);
    expect(found.bundle.untaken).toMatchObject([{ store: 'macros', id: 'm' }]);
    expect(found.bundle.stores).not.toContain('macros');
  });

  test('[I18] that does not read back as it was written is not handed out', async () => {
    const templates = appFiles.stores.get('templates');
    if (!templates) throw new Error('no templates');
    const build = (part: object) =>
      buildBundle(
        { records: [template('a')] },
        { ...appFiles, stores: new Map([['templates', { ...templates, ...part }]]) },
        { ...options, exportedAt: EXPORTED_AT },
      );
    expect(await build({})).toMatchObject({ kind: 'built' });
    expect(await build({ whereUnsound: () => 'name' })).toEqual({ kind: 'mismatched' });
  });

  test('that nobody could read again for its size is not made', async () => {
    const content = 'x'.repeat(23 * 1024 * 1024);
    const records = ['a', 'b', 'c'].map((id) => template(id, { content }));
    const built = await buildBundle({ records }, appFiles, { ...options, exportedAt: EXPORTED_AT });
    expect(built).toMatchObject({ kind: 'too-large' });
  });
});

describe('our own format, read', () => {
  const record = template('a');

  test('[I5] [I19] survives another formatting, since the checksum is of the content', async () => {
    const file = JSON.parse(toText(await exportOf([record]))) as Json;
    const found = await accepted(`\r\n${JSON.stringify(file, null, '\t')}\n`);
    expect(found.bundle.records).toMatchObject([{ id: 'a', checksum: record.checksum }]);
  });

  test.each([
    [
      'a character of a record',
      '"name":"Template a"',
      '"name":"Template b"',
      'checksum-mismatch',
      'templates.checksum',
    ],
    ['the id of a record', '"id":"a","store"', '"id":"b","store"', 'checksum-mismatch', 'templates.checksum'],
    [
      'a date of the part',
      `"updatedAt":"${record.updatedAt}","version":1}}`,
      `"updatedAt":"2026-02-03T04:05:06.788Z","version":1}}`,
      'checksum-mismatch',
      'templates.checksum',
    ],
    [
      'the version of the part',
      '"version":1}},"exp',
      '"version":2}},"exp',
      'newer-version',
      'templates.version',
    ],
    [
      'the version of a record',
      '"version":1}],"upd',
      '"version":2}],"upd',
      'newer-version',
      'templates[0].version',
    ],
    [
      'the version of the bundle',
      '"format":1,"version":1',
      '"format":1,"version":2',
      'newer-version',
      'version',
    ],
    ['the format', '"format":1', '"format":2', 'newer-version', 'format'],
    ['the format to none', '"format":1', '"format":0', 'bad-version', 'format'],
    [
      'the store of a record',
      '"store":"templates"',
      '"store":"settings"',
      'checksum-mismatch',
      'templates.checksum',
    ],
    ['the list of a part', '"data":[{', '"data":7,"x":[{', 'schema', 'templates.data'],
    ['the shape of a record', '"data":[{', '"data":[null,{', 'checksum-mismatch', 'templates.checksum'],
    ['the date of the file', `"exportedAt":"${EXPORTED_AT}"`, '"exportedAt":7', 'schema', 'exportedAt'],
    ['the list apart', '{"application"', '{"apart":[7],"application"', 'schema', 'apart'],
  ])('[I5] [I7] refuses a change of %s', async (_, before, after, code, path) => {
    const bytes = await changedExport([record], (text) => text.replace(before, after));
    expect(await refused(bytes)).toMatchObject({ code, at: { path } });
  });

  test('[I7] newer wins over whatever else is wrong', async () => {
    const bytes = await changedExport([record, settings({})], (text) =>
      text.replace('"name":"Template a"', '"name":7').replace('"version":1}],"upd', '"version":9}],"upd'),
    );
    expect(await refused(bytes)).toMatchObject({ code: 'newer-version' });
  });

  test('[I5] a record whose own checksum is wrong is found, though the part’s is right', async () => {
    const forged = envelope('macros', 'm', { x: 1 }, { checksum: '0'.repeat(64) });
    const other: BundleDomain = { ...appFiles, stores: new Map() };
    const built = await buildBundle({ records: [forged] }, other, { ...options, exportedAt: EXPORTED_AT });
    expect(built).toMatchObject({ kind: 'built', damaged: [{ id: 'm' }] });
  });

  test('an older version is brought up to this build’s, and a record whose migration fails is named', async () => {
    const templates = appFiles.stores.get('templates');
    if (!templates) throw new Error('no templates');
    const newer: BundleDomain = {
      ...appFiles,
      stores: new Map([
        [
          'templates',
          {
            ...templates,
            version: 2,
            migrate(data: Json) {
              const old = data as { [member: string]: Json };
              if (old.name === 'bad') throw new Error('cannot');
              return { ...old, isUpgraded: true };
            },
          },
        ],
      ]),
    };
    const good = await checkFile(await exportOf([record]), newer, options);
    expect(good).toMatchObject({ kind: 'accepted', bundle: { records: [{ data: { isUpgraded: true } }] } });
    const bad = await checkFile(await exportOf([template('b', { name: 'bad' }), record]), newer, options);
    expect(bad).toMatchObject({ kind: 'refused', code: 'schema', at: { path: 'templates[1].data' } });
    expect(bad).toMatchObject({ salvage: { bundle: { records: [{ id: 'a' }] } } });
  });

  test('[I20] says what is odd: dates, names, ids, members, text that UTF-8 cannot carry', async () => {
    const odd = [
      template('', { name: 'a\u202eb' }),
      envelope('templates', 'b', templateData('b', { content: '\ud800', mood: 1 }), {
        updatedAt: 'yesterday',
      }),
    ];
    const found = await accepted(await exportOf(odd));
    for (const code of ['bad-date', 'lone-surrogate', 'odd-id', 'odd-name', 'unknown-member'])
      expect(codes(found)).toContain(code);
    const extra = await check(
      await changedExport([record], (text) => text.replace('"exportedAt"', '"extra":1,"exportedAt"')),
    );
    expect(extra).toMatchObject({
      warnings: expect.arrayContaining([expect.objectContaining({ names: ['extra'] })]),
    });
  });

  test('[I5] a record that belongs to another store is refused, though all checksums are right', async () => {
    const file = JSON.parse(toText(await exportOf([record]))) as {
      data: { [store: string]: { [member: string]: Json } };
    };
    const { rev: _, ...stranger } = settings({ id: 'a' });
    const { createdAt = '', updatedAt = '' } = file.data.templates ?? {};
    const content = { createdAt, data: [stranger], updatedAt, version: 1 };
    file.data.templates = { ...content, checksum: sha256(canonical(content)) };
    expect(await refused(canonical(file))).toMatchObject({
      code: 'schema',
      at: { path: 'templates[0].store' },
    });
  });

  test('[I20] a member of a record that nobody knows is covered by the part’s checksum, and named', async () => {
    const file = JSON.parse(toText(await exportOf([record]))) as {
      data: { templates: { [member: string]: Json } };
    };
    const { data, createdAt, updatedAt, version } = file.data.templates;
    const records = (data as Json[]).map((one) => ({ ...(one as object), colour: 'red' }));
    const checksum = sha256(canonical({ createdAt, data: records, updatedAt, version }));
    file.data.templates = { checksum, createdAt, data: records as Json, updatedAt, version } as never;
    expect((await accepted(canonical(file))).warnings).toMatchObject([
      { code: 'unknown-member', names: ['colour'] },
    ]);
  });

  test('[I22] a name from the file is cut where it is shown, and only the first few are', async () => {
    const members = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`${'m'.repeat(80)}${i}`, 1]));
    const { warnings } = await accepted(await exportOf([template('a', members), template('b', { z: 1 })]));
    const unknown = warnings.find(({ code }) => code === 'unknown-member');
    expect(unknown?.count).toBe(31);
    expect(unknown?.names).toEqual([`${'m'.repeat(60)}…`, 'z']);
  });
});
