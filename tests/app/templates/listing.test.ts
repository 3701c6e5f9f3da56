import { expect, test } from 'vitest';
import type { Template } from '../../../src/app/stores/templates.ts';
import { listTemplates, placeholderCount, type Sort } from '../../../src/app/templates/listing.ts';

const record = (change: Partial<Template>, isDraft = false) => {
  const data: Template = {
    id: change.name ?? 'x',
    name: 'x',
    description: '',
    messageType: 'ADT-A01',
    content: 'MSH|^~\\&|A',
    createdAt: 0,
    ...change,
  };
  return { id: data.id, data, createdAt: null, updatedAt: null, rev: 1, isDraft, isUnsaved: false };
};

const records = [
  record({ name: 'Admit 10', content: 'MSH|^~\\&|A\rPID|HELPERVARIABLE|HELPERVARIABLE1', createdAt: 5 }),
  record({ name: 'Admit 9', messageType: 'ADT-A08^ADT_A01', createdAt: 1, updatedAt: 9 }),
  record({ name: 'Order', description: 'Überweisung', messageType: 'ORM-O01', tags: ['lab'], createdAt: 7 }),
];

const byName: Sort = { key: 'name', isDescending: false };
const names = (query: string, sort: Sort = byName): string[] =>
  listTemplates(records, query, sort).map((listed) => listed.record.data.name);

test('names are sorted as people count', () => {
  expect(names('')).toEqual(['Admit 9', 'Admit 10', 'Order']);
  expect(names('', { key: 'name', isDescending: true })).toEqual(['Order', 'Admit 10', 'Admit 9']);
});

test('the list is sorted by type, by placeholders and by the last change', () => {
  expect(names('', { key: 'type', isDescending: false })).toEqual(['Admit 10', 'Admit 9', 'Order']);
  expect(names('', { key: 'placeholders', isDescending: true })[0]).toBe('Admit 10');
  expect(names('', { key: 'changed', isDescending: true })).toEqual(['Admit 9', 'Order', 'Admit 10']);
});

test('every word must be found, without case and accents, in name, description, type, tags or content', () => {
  expect(names('ADMIT')).toEqual(['Admit 9', 'Admit 10']);
  expect(names('uberweisung')).toEqual(['Order']);
  expect(names('lab orm-o01')).toEqual(['Order']);
  expect(names('HELPERVARIABLE1')).toEqual(['Admit 10']);
  expect(names('adt-a08')).toEqual(['Admit 9']);
  expect(names('admit nowhere')).toEqual([]);
});

test('drafts are not in the list', () => {
  expect(listTemplates([record({ name: 'new' }, true)], '', byName)).toEqual([]);
});

test('each placeholder counts, and each time it occurs', () => {
  expect(
    placeholderCount(
      record({ content: 'MSH|^~\\&|A\rPID|HELPERVARIABLE1^HELPERVARIABLE1~HELPERVARIABLE' }).data,
    ),
  ).toBe(3);
});

test('ten thousand templates are searched while one types', () => {
  const many = Array.from({ length: 10_000 }, (_, index) =>
    record({ name: `Template ${index}`, id: String(index), content: `MSH|^~\\&|A\rPID|1||${index}` }),
  );
  listTemplates(many, 'first run folds the texts', byName);
  const start = performance.now();
  expect(listTemplates(many, 'template 9999', byName)).toHaveLength(1);
  expect(performance.now() - start).toBeLessThan(100);
});
