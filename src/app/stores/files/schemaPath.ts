import type * as z from 'zod/mini';

/** Below these, names come from the data: they are not shown (I22). */
const NAMED_BY_DATA = new Set<PropertyKey>(['variables', 'variableValues']);

/** Where a schema does not accept a value, in the schema's own names; `undefined` when it does. */
export function whereRefused(schema: z.ZodMiniType, value: unknown): string | undefined {
  const result = schema.safeParse(value);
  if (result.success) return undefined;
  const path = result.error.issues[0]?.path ?? [];
  return path.reduce<string>((text, part, i) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    const name = i > 0 && NAMED_BY_DATA.has(path[i - 1] ?? '') ? '*' : String(part);
    return text === '' ? name : `${text}.${name}`;
  }, '');
}

/** Members that a schema does not name. */
export function membersBeyond(known: object, data: unknown): string[] {
  return typeof data === 'object' && data !== null
    ? Object.keys(data).filter((name) => !Object.hasOwn(known, name))
    : [];
}
