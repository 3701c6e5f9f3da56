import { describe, expect, test } from 'vitest';
import { appFiles } from '../../src/app/stores/files/appFiles.ts';
import type { Choice, ImportPlan } from '../../src/bundle/importPlan.ts';
import { planImport } from '../../src/bundle/planImport.ts';
import { emptyState } from '../../src/vault/draft.ts';
import { recordKey } from '../../src/vault/envelope.ts';
import type { Json } from '../../src/vault/types.ts';
import { rawDump, stateDump } from '../vault/world.ts';
import {
  accepted,
  apply,
  dataOf,
  envelope,
  exportOf,
  NOW,
  plan,
  seedFile,
  settings,
  template,
  templateData,
  vaultWith,
} from './support.ts';

const key = (id: string, store = 'templates') => recordKey(store, id);
const choose = (id: string, choice: Choice) => new Map([[key(id), choice]]);
const kinds = ({ entries }: ImportPlan) => entries.map(({ kind, choice }) => [kind, choice]);
const changed = ({ plan: made }: ImportPlan) =>
  made?.changes.map(({ id, data }) => [id, data === undefined]) ?? [];

describe('merge', () => {
  test('[I5] adds what is new, passes over what is the same, and asks where both may have changed', async () => {
    const { vault } = await vaultWith([template('a'), template('b')]);
    const file = await exportOf([template('a'), template('b', { name: 'other' }), template('c')]);
    const planned = await plan(file, vault.state());
    expect(kinds(planned)).toEqual([
      ['same', 'here'],
      ['conflicting', undefined],
      ['new', 'file'],
    ]);
    expect(planned).toMatchObject({ undecided: 1, lost: [], replaced: [], shrinking: [] });
    expect(planned.warnings).toMatchObject([{ code: 'undecided', count: 1 }]);
    expect(changed(planned)).toEqual([['c', false]]);
    expect(planned.plan).toMatchObject({ kind: 'import', pin: { name: 'before import', days: 30 } });
  });

  test('[I19] line ends alone are no difference, and what is here keeps its own', async () => {
    const { vault } = await vaultWith([template('a', { content: 'MSH|\\n\rPID|\r\nA\nB' })]);
    const same = await plan(
      await exportOf([template('a', { content: 'MSH|\\n\nPID|\rA\r\nB' })]),
      vault.state(),
    );
    expect(kinds(same)).toEqual([['same', 'here']]);
    expect(same.plan).toBeNull();
  });

  test('[I19] a backslash before a letter is no line end', async () => {
    const { vault } = await vaultWith([template('a', { content: 'MSH|\\n' })]);
    const other = await plan(await exportOf([template('a', { content: 'MSH|\\r' })]), vault.state());
    expect(kinds(other)).toEqual([['conflicting', undefined]]);
  });

  test('[I15] takes the side that changed, where what both had before is known; dates decide nothing', async () => {
    const { vault } = await vaultWith([
      template('a'),
      template('b', { name: 'mine' }),
      template('c', { name: 'mine' }),
    ]);
    const file = await exportOf(
      ['a', 'b', 'c'].map((id) =>
        envelope('templates', id, templateData(id, id === 'b' ? {} : { name: 'theirs' }), {
          updatedAt: '2026-02-28T00:00:00.000Z',
        }),
      ),
    );
    const baseOf = (_: string, id: string): Json => templateData(id);
    const planned = await plan(file, vault.state(), { baseOf });
    expect(kinds(planned)).toEqual([
      ['changed', 'file'],
      ['changedHere', 'here'],
      ['conflicting', undefined],
    ]);
    expect(planned.replaced.map(({ id }) => id)).toEqual(['a']);
    const copies = planned.entries.map(({ copyName }) => copyName);
    expect(copies, 'named where somebody is asked').toEqual([
      undefined,
      undefined,
      'theirs (from file, 2026-03-01)',
    ]);
  });

  test('[I5] carries out what was chosen for each record', async () => {
    const ids = ['a', 'b', 'c', 'd'];
    const { vault } = await vaultWith(ids.map((id) => template(id)));
    const file = await exportOf([...ids, 'e'].map((id) => template(id, { name: `theirs ${id}` })));
    const choices = new Map<string, Choice>([
      [key('a'), 'here'],
      [key('b'), 'file'],
      [key('c'), 'both'],
      [key('d'), { merged: templateData('d', { name: 'merged' }) }],
      [key('e'), 'here'],
    ]);
    const planned = await plan(file, vault.state(), { choices });
    await apply(vault, planned);
    const names = ids.map((id) => (dataOf(vault, id) as { name: string }).name);
    expect(names).toEqual(['Template a', 'theirs b', 'Template c', 'merged']);
    expect(dataOf(vault, 'e')).toBeUndefined();
    const copy = [...(vault.state().records.get('templates')?.values() ?? [])].find(
      ({ id }) => !ids.includes(id),
    );
    expect(copy?.data).toMatchObject({ id: copy?.id, name: 'theirs c (from file, 2026-03-01)' });
    expect(copy?.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
    const again = await plan(file, vault.state(), { choices });
    expect(changed(again), 'the copy is there: it is not made twice').toEqual([]);
  });

  test('keeps the creation date of a record that is here, and takes that of one that is not', async () => {
    const { vault } = await vaultWith([template('a')]);
    const dates = { createdAt: '2025-01-01T00:00:00.000Z', updatedAt: '2025-02-01T00:00:00.000Z' };
    const file = await exportOf(
      ['a', 'b'].map((id) => envelope('templates', id, templateData(id, { name: 'x' }), dates)),
    );
    await apply(vault, await plan(file, vault.state(), { choices: choose('a', 'file') }));
    const templates = vault.state().records.get('templates');
    expect(templates?.get('a')?.createdAt).toBe('2026-01-02T03:04:05.678Z');
    expect(templates?.get('b')).toMatchObject(dates);
  });

  test('both is not offered where there is one record a key: such a choice leaves it open', async () => {
    const { vault } = await vaultWith([settings({ theme: 'dark' })]);
    const file = await exportOf([settings({ theme: 'light' })]);
    const planned = await plan(file, vault.state(), {
      choices: new Map([[key('settings', 'settings'), 'both']]),
    });
    expect(planned.entries).toMatchObject([{ canKeepBoth: false, choice: undefined }]);
    expect(planned.undecided).toBe(1);
  });

  test('says when a record of another id has the same content, and when one is about a template that is nowhere', async () => {
    const { vault } = await vaultWith([template('a')]);
    const { content = '' } = templateData('a');
    const state = { templateId: 'gone', templateRev: 0, templateContent: '', instances: [], viewMode: 'x' };
    const file = await exportOf([template('b', { content }), envelope('serializationState', 'gone', state)]);
    const planned = await plan(file, vault.state());
    expect(planned.warnings.map(({ code }) => code)).toEqual(['same-content', 'dangling-reference']);
    const found = envelope('serializationState', 'a', { ...state, templateId: 'a' });
    const infile = envelope('serializationState', 'b', { ...state, templateId: 'b' });
    const without = envelope('serializationState', 'none', { ...state, templateId: '' });
    expect(
      (await plan(await exportOf([template('b'), found, infile, without]), vault.state())).warnings,
    ).toEqual([]);
  });
});

describe('an id that a file has twice', () => {
  const rows = [templateData('a'), templateData('a', { name: 'Other' }), templateData('a')];

  test('[I5] neither is lost: the second one becomes a record of its own, an equal one is passed over', async () => {
    const { vault } = await vaultWith([template('z')]);
    const planned = await plan(seedFile({ templates: rows }), vault.state());
    expect(kinds(planned)).toEqual([
      ['new', 'file'],
      ['repeated', 'both'],
      ['same', 'here'],
    ]);
    await apply(vault, planned);
    expect(vault.state().count.templates).toBe(3);
    expect(new Set(planned.entries.map((entry) => entry.key)).size).toBe(3);
  });

  test('[I5] nor by choice: two of them cannot become the same record', async () => {
    const { vault } = await vaultWith([template('z')]);
    const first = await plan(seedFile({ templates: rows }), vault.state());
    const choices = new Map(first.entries.map((entry) => [entry.key, 'file' as const]));
    const planned = await plan(seedFile({ templates: rows }), vault.state(), { choices });
    expect(planned.entries.map(({ choice }) => choice)).toEqual(['file', undefined, undefined]);
  });

  test('[I5] a repeated record that cannot be copied is left for the person to decide', async () => {
    const { vault } = await vaultWith([template('z')]);
    const drafts = [1, 2].map((data) => envelope('drafts', 'd', { store: 'x', id: 'd', data }));
    const planned = await plan(await exportOf(drafts), vault.state());
    expect(kinds(planned)).toEqual([
      ['new', 'file'],
      ['repeated', undefined],
    ]);
    const second = planned.entries[1]?.key ?? '';
    expect(planned.entries[1]?.against).toMatchObject({ data: 1 });
    const chosen = await plan(await exportOf(drafts), vault.state(), {
      choices: new Map([[second, 'file']]),
    });
    expect(chosen.plan?.changes.map(({ data }) => data)).toEqual([{ store: 'x', id: 'd', data: 2 }]);
    const kept = await plan(await exportOf(drafts), vault.state(), { choices: new Map([[second, 'here']]) });
    expect(kept.plan?.changes.map(({ data }) => data)).toEqual([{ store: 'x', id: 'd', data: 1 }]);
  });

  test('a copy from a file without a date is named after the day of the import', async () => {
    const { vault } = await vaultWith([template('z')]);
    const planned = await plan(JSON.stringify(rows), vault.state());
    expect(planned.plan?.changes[1]?.data).toMatchObject({ name: 'Other (from file, 2026-03-01)' });
  });

  test('[I5] replace keeps the copy, too', async () => {
    const { vault } = await vaultWith([template('z')]);
    const more = { strategy: 'replace', isAgreed: true } as const;
    await apply(vault, await plan(seedFile({ templates: rows }), vault.state(), more));
    expect(vault.state().count.templates).toBe(2);
    expect((await plan(seedFile({ templates: rows }), vault.state(), more)).plan).toBeNull();
  });
});

test('[T9] the same file against the same state is compared once, and anew when a record here has moved', async () => {
  const { vault } = await vaultWith([template('a'), template('b')]);
  const { bundle } = await accepted(await exportOf([template('a', { name: 'x' }), template('b')]));
  let looked = 0;
  const templates = appFiles.stores.get('templates');
  if (!templates) throw new Error('There are no templates');
  const counting = {
    ...templates,
    get quietMembers() {
      looked += 1;
      return templates.quietMembers;
    },
  };
  const domain = { ...appFiles, stores: new Map([['templates', counting]]) };
  const usual = { label: '', pinName: '', now: NOW } as const;
  const kindsOf = async (strategy: 'merge' | 'replace') =>
    (await planImport(bundle, vault.state(), domain as never, { ...usual, strategy })).entries.map(
      ({ kind }) => kind,
    );
  expect(await kindsOf('merge')).toEqual(['conflicting', 'same']);
  const once = looked;
  expect(await kindsOf('replace')).toEqual(['conflicting', 'same']);
  expect(looked).toBe(once);
  await apply(
    vault,
    await plan(await exportOf([template('b', { name: 'y' })]), vault.state(), {
      choices: choose('b', 'file'),
    }),
  );
  expect(await kindsOf('merge')).toEqual(['conflicting', 'conflicting']);
});

describe('what is left out', () => {
  test('[I5] stores and kinds that are not ticked stay as they are, in replace, too; a choice goes before', async () => {
    const here = [template('a'), template('gone'), settings({ theme: 'light' })];
    const { vault } = await vaultWith(here);
    const file = await exportOf([template('a', { name: 'x' }), template('n'), settings({ theme: 'dark' })]);
    const withoutStores = new Set(['templates']);
    const only = await plan(file, vault.state(), { strategy: 'replace', withoutStores });
    expect(changed(only)).toEqual([['settings', false]]);
    expect(only.lost).toEqual([]);
    const withoutKinds = new Set(['new', 'conflicting'] as const);
    expect(changed(await plan(file, vault.state(), { withoutKinds }))).toEqual([]);
    const choices = choose('n', 'file');
    expect(changed(await plan(file, vault.state(), { withoutKinds, choices }))).toEqual([['n', false]]);
  });
});

describe('replace', () => {
  test('[I5] [I16] says what would be lost, waits for consent, and is undone to the exact earlier state', async () => {
    const { vault, world } = await vaultWith(
      [...'abcd'].map((id) => template(id)).concat(settings({ theme: 'dark' })),
    );
    const before = { dump: stateDump(vault.state()), raw: await rawDump(world.connection) };
    const file = seedFile({ templates: [templateData('a', { name: 'x' })] });
    const planned = await plan(file, vault.state(), { strategy: 'replace' });
    expect(planned.lost.map(({ id }) => id)).toEqual(['b', 'c', 'd']);
    expect(planned.replaced.map(({ id }) => id)).toEqual(['a']);
    expect(planned.shrinking).toEqual(['templates']);
    expect(planned.plan?.agreed).toBeUndefined();
    if (!planned.plan) throw new Error('no plan');
    const refused = await vault.append({ ...planned.plan, id: 'not-agreed' }).outcome;
    expect(refused).toEqual({ kind: 'refused', why: 'wouldShrink' });
    expect(await rawDump(world.connection)).toEqual(before.raw);

    const id = await apply(vault, await plan(file, vault.state(), { strategy: 'replace', isAgreed: true }));
    expect(vault.state().count).toEqual({ templates: 1, settings: 1 });
    const undo = await vault.planUndo(id);
    if (undo.kind !== 'undoable') throw new Error(undo.kind);
    await apply(vault, undo);
    expect(stateDump(vault.state())).toEqual(before.dump);
  });

  test('needs no consent where most of it stays', async () => {
    const { vault } = await vaultWith([template('a'), template('b'), template('c')]);
    const file = await exportOf([template('a'), template('b')]);
    const planned = await plan(file, vault.state(), { strategy: 'replace', isAgreed: true });
    expect(planned).toMatchObject({ shrinking: [], plan: { changes: [{ id: 'c' }] } });
    expect(planned.plan).not.toHaveProperty('agreed');
  });

  test('gives a record the creation date that the file has', async () => {
    const { vault } = await vaultWith([template('a')]);
    const redated = envelope('templates', 'a', templateData('a'), { createdAt: '2025-01-01T00:00:00.000Z' });
    const planned = await plan(await exportOf([redated]), vault.state(), { strategy: 'replace' });
    expect(planned.plan?.changes).toMatchObject([{ id: 'a', createdAt: '2025-01-01T00:00:00.000Z' }]);
  });
});

describe('skip duplicates', () => {
  test('[I5] adds what is new and touches nothing that is here, under whatever id', async () => {
    const { vault } = await vaultWith([template('a'), template('b')]);
    const { content = '' } = templateData('a');
    const file = await exportOf([
      template('a', { name: 'theirs' }),
      template('b', { name: 'theirs' }),
      template('c', { content: `${content}`.replaceAll('\r', '\n') }),
      template('d'),
    ]);
    const planned = await plan(file, vault.state(), {
      strategy: 'skipDuplicates',
      baseOf: (_, id) => templateData(id),
    });
    expect(kinds(planned).map(([, choice]) => choice)).toEqual(['here', 'here', 'here', 'file']);
    const unknown = await plan(file, vault.state(), { strategy: 'skipDuplicates' });
    expect(changed(unknown)).toEqual([['d', false]]);
    expect(unknown.undecided).toBe(0);
  });
});

describe('settings of a file', () => {
  const uploading = {
    theme: 'light',
    backupEnabled: true,
    backupServer: 'x',
    home: 'https://server.invalid',
  };

  test('[I22] never switch on uploading and never name a server', async () => {
    const { vault } = await vaultWith([template('a')]);
    const planned = await plan(await exportOf([settings(uploading)]), vault.state());
    expect(planned.plan?.changes).toMatchObject([{ data: { theme: 'light' } }]);
    expect(JSON.stringify(planned.plan)).not.toMatch(/server|backupEnabled/);
  });

  test('[I22] and leave those of this browser as they are', async () => {
    const { vault } = await vaultWith([settings({ ...uploading, theme: 'dark' })]);
    const theirs = { theme: 'light', backupServer: 'y', backupEnabled: false };
    const planned = await plan(await exportOf([settings(theirs)]), vault.state(), {
      choices: new Map([[key('settings', 'settings'), 'file']]),
    });
    expect(planned.plan?.changes[0]?.data).toEqual({ ...uploading, theme: 'light' });
  });
});

test('[I5] a file in which all is here already comes to no plan', async () => {
  const { vault } = await vaultWith([template('a'), settings({ theme: 'dark' })]);
  const planned = await plan(await exportOf([template('a'), settings({ theme: 'dark' })]), vault.state());
  expect([planned.plan, planned.counts.same]).toEqual([null, 2]);
});

test('[I5] a plan holds only what its domain knows', async () => {
  const { bundle } = await accepted(await exportOf([template('a'), settings({})]));
  const stores = new Map([...appFiles.stores].filter(([store]) => store === 'settings'));
  const usual = { strategy: 'merge', label: '', pinName: '', now: NOW } as const;
  const planned = await planImport(bundle, emptyState('v'), { ...appFiles, stores }, usual);
  expect(changed(planned)).toEqual([['settings', false]]);
});

test('[I5] records of a store that this build does not know are in no plan', async () => {
  const { vault } = await vaultWith([template('a')]);
  const planned = await plan(await exportOf([template('b'), envelope('macros', 'm', {})]), vault.state());
  expect(changed(planned)).toEqual([['b', false]]);
});
