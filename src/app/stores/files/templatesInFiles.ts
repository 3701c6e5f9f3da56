import type { BundleStore, Remark } from '../../../bundle/domain.ts';
import { compareMessages, parse, withTestValues } from '../../../hl7/index.ts';
import type { Json } from '../../../vault/types.ts';
import { Template } from '../templates.ts';
import { patientLikePlaces, replacingIn } from './patientLike.ts';
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
  textMembers: new Map([['content', compareMessages]]),
  quietMembers: new Map([
    ['id', keepFirst],
    // Never changes once the template is there (B02).
    ['createdAt', keepFirst],
    ['updatedAt', takeLater],
  ]),
  whyNotMerged(merged, { first, second }) {
    const [made, one, other] = [merged, first, second].map((data) => segmentsOf(data as unknown as Template));
    const lacks = (name: string) => !made?.has(name) && Boolean(one?.has(name) || other?.has(name));
    if (lacks('MSH')) return 'no-header';
    return lacks('PID') ? 'no-patient' : undefined;
  },
  patientLike(data) {
    const { content, variables } = data as unknown as Template;
    return patientLikePlaces(parse(content), variables ? [defaultsOf(variables)] : []);
  },
  withTestValues(data, numberOf) {
    const { content, variables } = data as unknown as Template;
    const template = parse(content);
    const made = { ...(data as object), content: withTestValues(template, numberOf) };
    if (!variables) return made;
    const replace = replacingIn(template, numberOf);
    const all = Object.entries(variables).map(([id, variable]) => {
      const { default: value } = variable;
      return [id, value === undefined ? variable : { ...variable, default: replace(id, value) }] as const;
    });
    return { ...made, variables: Object.fromEntries(all) as { [id: string]: Json } };
  },
};

/** What stands in the place of a placeholder until somebody fills it in. */
function defaultsOf(variables: NonNullable<Template['variables']>): Record<string, string> {
  const all = Object.entries(variables).map(([id, { default: value = '' }]) => [id, value] as const);
  return Object.fromEntries(all.filter(([, value]) => value !== ''));
}

function segmentsOf({ content }: Template): ReadonlySet<string> {
  return new Set(parse(content).segments.map(({ name }) => name));
}

function keepFirst(first: Json | undefined, second: Json | undefined): Json | undefined {
  return first ?? second;
}

function takeLater(first: Json | undefined, second: Json | undefined): Json | undefined {
  if (typeof first !== 'number' || typeof second !== 'number') return first ?? second;
  return Math.max(first, second);
}

function dateOf(ms: number): { createdAt?: string } {
  return Math.abs(ms) <= MAX_DATE_MS ? { createdAt: new Date(ms).toISOString() } : {};
}
