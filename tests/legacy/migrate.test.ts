import { describe, expect, it } from 'vitest';
import { seedChecksum } from '../../src/vault/seedChecksum.ts';
import type { Json } from '../../src/vault/types.ts';
import { envelope, recordsOf, template, withLegacy } from './legacyWorld.ts';

const sealed = (data: Json, updatedAt?: string) => envelope(data, seedChecksum(data) ?? '', updatedAt);
const namesOf = (result: Parameters<typeof recordsOf>[0]) =>
  recordsOf(result, 'templates')
    .map(({ data }) => (data as { name: string }).name)
    .sort();
const reportOf = (result: { migrated: { sources: readonly { source: string }[] } | null }, source: string) =>
  result.migrated?.sources.find((report) => report.source === source);

describe('What earlier versions left', () => {
  it('[B17] [B20] [I6] is taken over from every place, and no source is changed', async () => {
    await withLegacy(async (world) => {
      world.text('hl7_templates', [template('a')]);
      world.text('hl7-helper:templates', [template('b')]);
      await world.database({
        templates: sealed([template('c')]),
        settings: sealed({ theme: 'aurora', autoSave: false }),
        'backups:templates': [
          { id: 'templates_1', key: 'templates', timestamp: 'x', envelope: sealed([template('d')]) },
        ],
      });
      world.text('generated_hl7', undefined, 'MSH|^~\\&|Ä\r\n\n---\n\nMSH#^~\\&#B');
      const before = await world.sources();
      const result = await world.loaded();
      expect(namesOf(result)).toEqual(['Template a', 'Template b', 'Template c']);
      expect(recordsOf(result, 'settings')[0]?.data).toEqual({ theme: 'aurora', autoSave: false });
      expect(recordsOf(result, 'drafts')[0]?.data).toMatchObject({
        store: 'editor',
        data: { text: 'MSH|^~\\&|Ä\r\n\n---\n\nMSH#^~\\&#B' },
      });
      expect((await world.quarantine()).map(({ why }) => why)).toEqual(['backup']);
      expect(await world.sources()).toBe(before);
      expect(result.isFirstRun).toBe(false);
      expect(result.migrated?.sources.map(({ state }) => state)).toEqual([
        'done',
        'done',
        'done',
        'done',
        'done',
        'done',
      ]);
    });
  });

  it('[I6] twice is once: the second start finds nothing to do, and writes nothing', async () => {
    await withLegacy(async (world) => {
      world.text('hl7_templates', [template('a'), template('b')]);
      await world.loaded();
      const dump = await world.dump();
      const again = await world.loaded();
      expect(again.migrated).toBeNull();
      expect(namesOf(again)).toEqual(['Template a', 'Template b']);
      expect(await world.dump()).toBe(dump);
    });
  });

  it('[B14] [B06] [F50] [X12] one bad row holds back no good one, is kept as found, and the source is not done', async () => {
    await withLegacy(async (world) => {
      const good = Array.from({ length: 50 }, (_, n) => template(`t${n}`));
      const bad = { id: 'bad', name: 7, extra: 'ümlaut' };
      world.text('hl7_templates', [...good, bad]);
      const result = await world.loaded();
      expect(recordsOf(result, 'templates')).toHaveLength(50);
      expect(reportOf(result, 'localStorage hl7_templates')).toMatchObject({
        state: 'partly',
        found: 51,
        imported: 50,
        kept: 1,
      });
      const texts = (await world.quarantine()).map(({ text }) => text);
      expect(texts).toContain(JSON.stringify(bad));
      expect(texts, 'all of it, to the last space').toContain(JSON.stringify([...good, bad]));
    });
  });

  it.each([
    ['no JSON', '[{"id":', 'invalid'],
    ['another thing', '{"hello":1}', 'invalid'],
    ['of a newer build', JSON.stringify({ ...(sealed([template('a')]) as object), version: 2 }), 'newer'],
  ])('[X12] [B26] a source that is %s is kept as a whole, and never done', async (_, text, why) => {
    await withLegacy(async (world) => {
      world.text('hl7-helper:templates', undefined, text);
      const result = await world.loaded();
      expect(recordsOf(result, 'templates')).toEqual([]);
      expect(result.isFirstRun, 'a first run').toBe(false);
      expect(reportOf(result, 'localStorage hl7-helper:templates')).toMatchObject({
        answer: 'kept',
        state: 'partly',
      });
      expect(await world.quarantine()).toEqual([{ why, where: 'localStorage hl7-helper:templates', text }]);
    });
  });

  it('[F50] [I6] a source that cannot be read stops no other, stays pending, and is read once it can be', async () => {
    await withLegacy(async (world) => {
      world.text('hl7_templates', [template('a')]);
      await world.database({ templates: { version: 1, checksum: 'x', data: new Map([['no', 'JSON']]) } });
      const result = await world.loaded();
      expect(namesOf(result)).toEqual(['Template a']);
      expect(reportOf(result, 'hl7-helper-db templates')).toMatchObject({
        answer: 'unreadable',
        state: 'pending',
        failure: { class: 'corrupt' },
      });
      await world.database({ templates: sealed([template('b')]) });
      expect(namesOf(await world.loaded())).toEqual(['Template a', 'Template b']);
    });
  });

  it('leaves no database behind where there was none, and an empty list is a first run', async () => {
    await withLegacy(async (world) => {
      world.text('hl7_templates', []);
      const { isFirstRun, migrated } = await world.loaded();
      expect(isFirstRun).toBe(true);
      expect(migrated).toBeNull();
      expect((await world.factory.databases()).map(({ name }) => name)).toEqual(['paths']);
    });
  });

  it('[B15] [X13] newer wins whatever the order of the places; what lost is kept', async () => {
    await withLegacy(async (world) => {
      const old = template('a', { name: 'old', updatedAt: 1_700_000_000_001 });
      const recent = template('a', { name: 'recent', updatedAt: 1_700_000_000_002 });
      world.text('hl7_templates', [recent]);
      await world.database({ templates: sealed([old]) });
      const result = await world.loaded();
      expect(namesOf(result)).toEqual(['recent']);
      expect(await world.quarantine()).toEqual([
        { why: 'older', where: 'hl7-helper-db templates', text: JSON.stringify(old) },
      ]);
    });
  });

  it('[X13] where dates cannot tell, both stay', async () => {
    await withLegacy(async (world) => {
      world.text('hl7_templates', [template('a', { content: 'MSH|^~\\&|raw' })]);
      await world.database({ templates: sealed([template('a', { content: 'MSH|^~\\&|main' })]) });
      const result = await world.loaded();
      expect(namesOf(result)).toEqual(['Template a', 'Template a (older copy)']);
      const main = recordsOf(result, 'templates').find(({ id }) => id === 'a');
      expect(main?.data).toMatchObject({ content: 'MSH|^~\\&|main' });
      expect(recordsOf(await world.loaded(), 'templates')).toHaveLength(2);
    });
  });

  it('makes one copy of what two places hold alike, and none of what there is only one of', async () => {
    await withLegacy(async (world) => {
      const other = template('a', { content: 'MSH|^~\\&|other' });
      world.text('hl7_templates', [other]);
      world.text('hl7-helper:templates', [other]);
      const date = '2026-02-03T04:05:06.789Z';
      await world.database({
        templates: sealed([template('a')]),
        settings: sealed({ theme: 'dark' }, date),
      });
      world.text('hl7-helper:settings', sealed({ theme: 'ocean' }, date));
      const result = await world.loaded();
      expect(namesOf(result)).toEqual(['Template a', 'Template a (older copy)']);
      expect(recordsOf(result, 'settings').map(({ data }) => data)).toEqual([{ theme: 'dark' }]);
      expect(reportOf(result, 'localStorage hl7-helper:settings')).toMatchObject({
        state: 'partly',
        kept: 1,
      });
      expect((await world.quarantine()).map(({ why }) => why).sort()).toEqual(['copied', 'undecided']);
    });
  });

  it('[B02] keeps the dates of what is imported', async () => {
    await withLegacy(async (world) => {
      await world.database({
        templates: sealed([template('a', { createdAt: 0 })], '2026-03-04T05:06:07.000Z'),
      });
      expect(recordsOf(await world.loaded(), 'templates')[0]).toMatchObject({
        createdAt: '1970-01-01T00:00:00.000Z',
        updatedAt: '2026-03-04T05:06:07.000Z',
      });
    });
  });

  it('[B28] keeps members that nobody knows, and what is odd about a value', async () => {
    await withLegacy(async (world) => {
      const odd = template('a', {
        later: { nested: [1] },
        messageType: 'ADT-A01^ADT_A01',
        content: 'MSH|\n\r\n',
      });
      world.text('hl7_templates', [odd]);
      expect(recordsOf(await world.loaded(), 'templates')[0]?.data).toEqual(odd);
    });
  });

  it('repairs a date that was written as text, and keeps what was found', async () => {
    await withLegacy(async (world) => {
      const odd = template('a', { createdAt: '1700000000000' });
      world.text('hl7_templates', [odd]);
      const result = await world.loaded();
      expect(recordsOf(result, 'templates')[0]?.data).toEqual(template('a'));
      expect(await world.quarantine()).toEqual([
        { why: 'repaired', where: 'localStorage hl7_templates', text: JSON.stringify(odd) },
      ]);
    });
  });

  it('[B21] takes the rows of a list whose checksum does not match, and keeps all of it', async () => {
    await withLegacy(async (world) => {
      const list = envelope([template('a')], 'wrong');
      await world.database({ templates: list });
      const result = await world.loaded();
      expect(namesOf(result)).toEqual(['Template a']);
      expect(reportOf(result, 'hl7-helper-db templates')).toMatchObject({ state: 'partly' });
      expect((await world.quarantine()).map(({ why, text }) => [why, text])).toEqual([
        ['checksum', JSON.stringify(list)],
      ]);
    });
  });
});

describe('What changes in a source later', () => {
  /** Takes over `a`, changes it here if so, then the source. */
  async function changed(here: Json | null | undefined, there: Json) {
    return withLegacy(async (world) => {
      world.text('hl7_templates', [template('a'), template('b')]);
      const { state } = await world.loaded();
      await world.load(state);
      if (here !== undefined) {
        const change = { store: 'templates', id: 'a', data: here ?? undefined, baseRev: 1 };
        await world.vault.append({ id: 'edit', kind: 'save', label: 'edit', changes: [change] }).outcome;
      }
      world.text('hl7_templates', [there, template('b')]);
      const result = await world.loaded();
      return recordsOf(result, 'templates')
        .filter(({ id }) => id !== 'b')
        .map(({ data }) => (data as { content: string; name: string }).name);
    });
  }
  const there = template('a', { name: 'there' });
  const here = template('a', { name: 'here' });

  it('is taken where nothing was changed here', async () => {
    expect(await changed(undefined, there)).toEqual(['there']);
  });

  it('[X13] never replaces what was changed here: both stay', async () => {
    expect(await changed(here, there)).toEqual(['here', 'there (older copy)']);
  });

  it('[X13] not even by a newer date: it was changed on both sides, so a person decides', async () => {
    const later = template('a', { name: 'later', updatedAt: Date.parse('2030-01-01T00:00:00.000Z') });
    expect(await changed(here, later)).toEqual(['here', 'later (older copy)']);
    expect(await changed(undefined, later)).toEqual(['later']);
  });

  it('[P04] what was deleted here stays deleted, until it changes there', async () => {
    expect(await changed(null, template('a'))).toEqual([]);
    expect(await changed(null, there)).toEqual(['there']);
  });

  it('is nothing new when both sides changed alike', async () => {
    expect(await changed(there, there)).toEqual(['there']);
  });
});
