import type {
  LegacyPlace,
  LegacyReader,
  LegacyReading,
  LegacyRecord,
  LegacyRow,
} from '../../client/legacy.ts';
import { isSameValue } from '../../vault/canonical.ts';
import type { Json } from '../../vault/types.ts';
import { exampleTemplates } from './exampleTemplates.ts';
import { serializationInFiles } from './files/serializationInFiles.ts';
import { type LegacyShape, shapeOf } from './legacyShape.ts';
import { templateRow } from './legacyTemplate.ts';
import { SETTINGS_ID, Settings } from './settings.ts';

type Envelope = Extract<LegacyShape, { kind: 'envelope' }>;

/** The draft that a text left between two pages becomes; the same one, should that text change. */
const LEFT_OVER = 'from-earlier-version';

/** Understands everything that the earlier app ever wrote (hl7.md 4). */
export const legacyReader: LegacyReader = {
  read(place, text) {
    const kind = kindOf(place);
    if (kind === 'text') return readText(text);
    const shape = shapeOf(text);
    if (shape.kind === 'newer') return { kind: 'kept', why: 'newer' };
    if (shape.kind === 'unknown') return { kind: 'kept', why: 'invalid' };
    if (kind === 'backups') return shape.kind === 'array' ? readBackups(shape.data) : UNKNOWN;
    if (kind === 'templates') return readTemplates(shape);
    return shape.kind === 'envelope' ? readOne(kind, shape) : UNKNOWN;
  },
  copyOf({ store, data, dates }, id) {
    if (store === 'templates') {
      const { name, ...template } = data as { [member: string]: Json };
      return { store, id, data: { ...template, id, name: `${name} (older copy)` }, dates };
    }
    if (store !== 'drafts') return null;
    const draft = data as { [member: string]: Json };
    return { store, id: `${draft.store}/${id}`, data: { ...draft, id }, dates };
  },
  isExample({ store, id, data }) {
    const example = store === 'templates' && exampleTemplates(0).find((one) => one.id === id);
    if (!example) return false;
    const { createdAt } = data as { [member: string]: Json };
    return isSameValue(data, { ...example, createdAt: createdAt ?? 0 });
  },
};

const UNKNOWN: LegacyReading = { kind: 'kept', why: 'invalid' };

type Kind = 'templates' | 'settings' | 'serializationState' | 'backups' | 'text';

function kindOf({ key }: LegacyPlace): Kind {
  if (key === 'generated_hl7') return 'text';
  if (key.includes('backups:')) return 'backups';
  if (key.endsWith('settings')) return 'settings';
  return key.endsWith('serializationState') ? 'serializationState' : 'templates';
}

/** Offered as a draft of the editor, whatever it looks like: nothing is filtered by its characters. */
function readText(text: string): LegacyReading {
  if (text.trim() === '') return { kind: 'empty' };
  const data = { store: 'editor', id: LEFT_OVER, data: { text, isEdited: false } };
  const record = { store: 'drafts', id: `editor/${LEFT_OVER}`, data, dates: {} };
  return rowsOf([{ kind: 'sound', text, record, isRepaired: false }]);
}

function readBackups(backups: readonly Json[]): LegacyReading {
  if (backups.length === 0) return { kind: 'empty' };
  return rowsOf(backups.map((backup) => ({ kind: 'backup', text: JSON.stringify(backup) })));
}

function readTemplates(shape: Extract<LegacyShape, { kind: 'array' | 'envelope' }>): LegacyReading {
  if (!Array.isArray(shape.data)) return UNKNOWN;
  const savedAt = shape.kind === 'envelope' ? shape.savedAt : undefined;
  const isSuspect = shape.kind === 'envelope' && !shape.isIntact;
  if (shape.data.length === 0 && !isSuspect) return { kind: 'empty' };
  return rowsOf(
    shape.data.map((row: Json) => templateRow(row, savedAt)),
    isSuspect,
  );
}

function readOne(
  kind: 'settings' | 'serializationState',
  { data, savedAt, isIntact }: Envelope,
): LegacyReading {
  const dates = savedAt === undefined ? {} : { envelope: savedAt };
  if (kind === 'settings') {
    if (!Settings.safeParse(data).success) return UNKNOWN;
    if (Object.keys(data as object).length === 0 && isIntact) return { kind: 'empty' };
    return rowsOf([soundRow({ store: kind, id: SETTINGS_ID, data, dates })], !isIntact);
  }
  const reading = serializationInFiles.fromSeed(data, 1);
  if (reading.kind === 'unsound') return UNKNOWN;
  const rows = reading.rows.flatMap((row) =>
    row.kind === 'sound' ? [soundRow({ store: kind, id: row.id, data: row.data, dates })] : [],
  );
  return rowsOf(rows, !isIntact);
}

function soundRow(record: LegacyRecord): LegacyRow {
  return { kind: 'sound', text: JSON.stringify(record.data), record, isRepaired: false };
}

function rowsOf(rows: readonly LegacyRow[], isSuspect = false): LegacyReading {
  return { kind: 'rows', rows, isSuspect };
}
