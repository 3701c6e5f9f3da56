import type { LegacyRow } from '../../client/legacy.ts';
import type { Json } from '../../vault/types.ts';
import { Template } from './templates.ts';

/** One row of a list of templates. A number written as text is a fault that can be put right (hl7.md 4, rule 3). */
export function templateRow(found: Json, envelope: number | undefined): LegacyRow {
  const text = JSON.stringify(found);
  const sound = Template.safeParse(found);
  const repaired = sound.success ? undefined : Template.safeParse(withNumericDate(found));
  const template = sound.data ?? repaired?.data;
  if (!template) return { kind: 'invalid', text };
  const { id, createdAt: created, updatedAt: updated } = template;
  const dates = {
    created,
    ...(updated !== undefined && { updated }),
    ...(envelope !== undefined && { envelope }),
  };
  const record = { store: 'templates', id, data: template as unknown as Json, dates };
  return { kind: 'sound', text, record, isRepaired: !sound.success };
}

function withNumericDate(found: Json): Json {
  if (typeof found !== 'object' || found === null || Array.isArray(found)) return found;
  const { createdAt } = found;
  const isNumeric = typeof createdAt === 'string' && /^\d{1,16}$/.test(createdAt);
  return isNumeric ? { ...found, createdAt: Number(createdAt) } : found;
}
