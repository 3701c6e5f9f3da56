import type { BundleStore, Remark } from '../../../bundle/domain.ts';
import type { Json } from '../../../vault/types.ts';
import { Template } from '../templates.ts';
import { membersBeyond, whereRefused } from './schemaPath.ts';

/** Clocks differ by so much. */
const TOLERANCE_MS = 24 * 60 * 60 * 1000;
const MAX_DATE_MS = 8.64e15;

/** What files have to know of templates. */
export const templatesInFiles: BundleStore = {
  version: 1,
  isMain: true,
  isSound: (data, version) => version !== 1 || whereRefused(Template, data) === undefined,
  whereUnsound: (data, version) => (version === 1 ? whereRefused(Template, data) : undefined),
  fromSeed(data) {
    if (!Array.isArray(data)) return { kind: 'unsound', at: 'data' };
    return {
      kind: 'rows',
      rows: data.map((row, i) => {
        const at = whereRefused(Template, row);
        if (at !== undefined) return { kind: 'unsound', at: at === '' ? `[${i}]` : `[${i}].${at}` };
        const { id, createdAt } = row as unknown as Template;
        return { kind: 'sound', id, data: row, ...dateOf(createdAt) };
      }),
    };
  },
  unknownMembers: (data) => membersBeyond(Template.shape, data),
  remarks(data, { now }) {
    const { createdAt, updatedAt = createdAt } = data as unknown as Template;
    return Object.entries({ createdAt, updatedAt })
      .filter(([, ms]) => !Number.isInteger(ms) || ms < 0 || ms > now + TOLERANCE_MS)
      .slice(0, 1)
      .map(([at]): Remark => ({ code: 'bad-date', at }));
  },
  nameOf: (data) => (data as unknown as Template).name,
  likenessOf: (data) => (data as unknown as Template).content.replace(/\r\n?|\n/g, '\r'),
  copyOf(data, { id, day }) {
    const template = data as { [member: string]: Json };
    return { ...template, id, name: `${template.name} (from file, ${day})` };
  },
};

function dateOf(ms: number): { createdAt?: string } {
  return Math.abs(ms) <= MAX_DATE_MS ? { createdAt: new Date(ms).toISOString() } : {};
}
