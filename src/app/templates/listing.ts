import type { RecordView } from '../../client/types.ts';
import { countPlaceholders, normaliseMessageType, parse } from '../../hl7/index.ts';
import type { Template } from '../stores/templates.ts';

export type SortKey = 'name' | 'type' | 'placeholders' | 'changed';
export interface Sort {
  readonly key: SortKey;
  readonly isDescending: boolean;
}

/** One row of the list of templates. */
export interface Listed {
  readonly record: RecordView<Template>;
  readonly type: string;
  readonly changedAt: number;
}

const names = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
const folded = new WeakMap<Template, string>();
const counts = new WeakMap<Template, number>();

/** The saved templates that hold every word of the query, in the order asked for. Drafts are listed apart. */
export function listTemplates(
  records: readonly RecordView<Template>[],
  query: string,
  { key, isDescending }: Sort,
): Listed[] {
  const words = fold(query)
    .split(/\s+/)
    .filter((word) => word !== '');
  const listed = records
    .filter(({ isDraft, data }) => !isDraft && words.every((word) => searchable(data).includes(word)))
    .map((record) => ({
      record,
      type: normaliseMessageType(record.data.messageType),
      changedAt: changedAt(record),
    }));
  listed.sort((a, b) => compare(a, b, key) || names.compare(a.record.data.name, b.record.data.name));
  return isDescending ? listed.reverse() : listed;
}

/** Every occurrence counts (hl7.md 3.1). Counted once for each state of a template. */
export function placeholderCount(template: Template): number {
  const known = counts.get(template);
  if (known !== undefined) return known;
  const count = countPlaceholders(parse(template.content));
  counts.set(template, count);
  return count;
}

function compare(a: Listed, b: Listed, key: SortKey): number {
  switch (key) {
    case 'name':
      return names.compare(a.record.data.name, b.record.data.name);
    case 'type':
      return names.compare(a.type, b.type);
    case 'placeholders':
      return placeholderCount(a.record.data) - placeholderCount(b.record.data);
    case 'changed':
      return a.changedAt - b.changedAt;
  }
}

function changedAt({ data, updatedAt }: RecordView<Template>): number {
  const stored = updatedAt === null ? Number.NaN : Date.parse(updatedAt);
  return data.updatedAt ?? (Number.isNaN(stored) ? data.createdAt : stored);
}

/** What a query is looked for in, without case and accents; made once for each state of a template. */
function searchable(template: Template): string {
  const known = folded.get(template);
  if (known !== undefined) return known;
  const { name, description, messageType, tags = [], content } = template;
  const text = fold([name, description, normaliseMessageType(messageType), ...tags, content].join('\n'));
  folded.set(template, text);
  return text;
}

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
