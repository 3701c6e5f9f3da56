import { describe, expect, test } from 'vitest';
import type { Json } from '../../../src/vault/types.ts';
import { exportOf, settings, template, templateData } from '../../bundle/support.ts';
import { stateDump } from '../../vault/world.ts';
import { App } from './app.ts';

const library = ['a', 'b', 'c', 'd'].map((id) => template(id)).concat(settings({ theme: 'dark' }));
const dataOf = (app: App, id: string): Json | undefined =>
  app.vault.state().records.get('templates')?.get(id)?.data;

/** An app that holds these records. */
async function appWith(records = library): Promise<App> {
  const app = await new App().load();
  const result = await app.import(await exportOf(records));
  expect(result.kind).toBe('imported');
  return app;
}

describe('an import, with everything real but the screen', () => {
  test('[I5] [F71] is undone to the exact earlier state, also after a reload', async () => {
    const app = await appWith();
    const before = stateDump(app.vault.state());
    const file = await exportOf([
      template('a', { name: 'theirs' }),
      template('e'),
      settings({ theme: 'light' }),
    ]);
    const result = await app.import(file, { decides: 'keep-second' });
    if (result.kind !== 'imported') throw new Error(result.kind);
    expect(dataOf(app, 'a')).toMatchObject({ name: 'theirs' });
    const later = await app.revisit();
    expect(dataOf(later, 'e')).toBeDefined();
    await later.undo(result.id);
    expect(stateDump(later.vault.state())).toEqual(before);
    expect(stateDump((await later.revisit()).vault.state())).toEqual(before);
  });

  test('[I5] keeps both, where that is what the person wants', async () => {
    const app = await appWith();
    const result = await app.import(await exportOf([template('a', { name: 'theirs' })]), {
      decides: 'keep-both',
    });
    expect(result.kind).toBe('imported');
    const names = [...(app.vault.state().records.get('templates')?.values() ?? [])].map(
      ({ data }) => (data as { name: string }).name,
    );
    expect(names).toHaveLength(5);
    expect(names).toContain('theirs (from file, 2026-03-01)');
    expect(dataOf(app, 'a')).toEqual(templateData('a'));
  });

  test('[I5] of what is here already says so, and writes nothing', async () => {
    const app = await appWith();
    const before = await app.raw();
    const cr = String((templateData('a') as { content: string }).content);
    const file = await exportOf([template('a', { content: cr.replaceAll('\r', '\n') })]);
    expect(await app.import(file)).toEqual({ kind: 'stuck', code: 'nothing' });
    expect(await app.raw()).toEqual(before);
  });

  test('[I5] that a person leaves, or decides nothing of, writes nothing', async () => {
    const app = await appWith();
    const before = await app.raw();
    const file = await exportOf([template('a', { name: 'theirs' })]);
    expect((await app.import(file)).kind).toBe('left');
    expect(await app.import(file, { decides: 'later' })).toEqual({ kind: 'stuck', code: 'nothingChosen' });
    expect(await app.raw()).toEqual(before);
  });

  test('[I15] a file that is older than what is here asks nothing; nor is what was undone taken for older', async () => {
    const app = await appWith();
    const older = await exportOf([template('a'), template('n')]);
    const newer = await exportOf([template('a', { name: 'newer' })]);
    const taken = await app.import(newer, { decides: 'keep-second' });
    // Without a word about conflicts: there are none.
    expect((await app.import(older)).kind).toBe('imported');
    expect(dataOf(app, 'a')).toMatchObject({ name: 'newer' });
    expect(dataOf(app, 'n')).toBeDefined();
    if (taken.kind !== 'imported') throw new Error(taken.kind);
    await app.undo(taken.id);
    expect((await app.import(newer)).kind).toBe('left');
    expect((await app.import(newer, { decides: 'keep-second' })).kind).toBe('imported');
    expect(dataOf(app, 'a')).toMatchObject({ name: 'newer' });
  });

  test('[I5] [I16] replaces only after consent to what would go', async () => {
    const app = await appWith();
    const before = await app.raw();
    const selection = { strategy: 'replace' } as const;
    const file = await exportOf([template('a')]);
    expect((await app.import(file, { selection })).kind).toBe('left');
    expect(await app.raw()).toEqual(before);
    const result = await app.import(file, { selection, agrees: true });
    expect(result.kind).toBe('imported');
    expect([...(app.vault.state().records.get('templates')?.keys() ?? [])]).toEqual(['a']);
  });

  test('[I5] [I13] can be given up at any moment before it writes', async () => {
    const app = await appWith();
    const before = await app.raw();
    const file = await exportOf(Array.from({ length: 3_000 }, (_, i) => template(`t-${i}`)));
    let leavesAfter = 1;
    for (; ; leavesAfter += 2) {
      const ended = await app.import(file, { leavesAfter });
      if (ended.kind === 'imported') break;
      expect(ended.kind).toBe('left');
      expect(await app.raw()).toEqual(before);
    }
    expect(leavesAfter, 'while it was checked and while it was planned').toBeGreaterThan(10);
  });

  test('[I5] [I8] in two tabs at once lands once, and the other is told', async () => {
    const app = await appWith();
    const other = await new App(app.origin).load();
    const file = await exportOf([template('a', { name: 'theirs' }), template('n')]);
    const ended = await Promise.all([
      app.import(file, { decides: 'keep-second' }),
      other.import(file, { decides: 'keep-second' }),
    ]);
    const kinds = ended.map((one) => (one.kind === 'stuck' ? one.code : one.kind)).sort();
    expect(kinds).toEqual(['imported', 'nothing']);
    const later = await app.revisit();
    expect(later.vault.state().count.templates).toBe(5);
    expect(dataOf(later, 'a')).toMatchObject({ name: 'theirs' });
    const kept = (await later.vault.commits(10)).filter(({ kind }) => kind === 'import');
    expect(kept).toHaveLength(2);
  });

  test('[F73] of a newer or foreign format is refused with its reason', async () => {
    const app = await appWith();
    const before = await app.raw();
    const text = new TextDecoder().decode(await exportOf(library));
    const changed = (from: string, to: string) => new TextEncoder().encode(text.replace(from, to));
    const newer = changed('"format":1', '"format":2');
    expect(await app.import(newer)).toEqual({ kind: 'refused', code: 'newer-version' });
    const foreign = changed('"application":"hl7-helper-web"', '"application":"another-app"');
    expect(await app.import(foreign)).toEqual({ kind: 'refused', code: 'wrong-application' });
    expect(await app.raw()).toEqual(before);
  });

  test('[I5] [F72] of 10,000 templates is exactly one readwrite transaction', async () => {
    const app = await appWith();
    const many = Array.from({ length: 10_000 }, (_, i) => template(`t-${i}`));
    const file = await exportOf(many);
    const before = app.steps.trace.length;
    expect((await app.import(file)).kind).toBe('imported');
    const written = app.steps.trace.slice(before).filter((line) => / issue head\.put/.test(line));
    expect(written).toHaveLength(1);
    expect(app.vault.state().count.templates).toBe(10_004);
  });
});
