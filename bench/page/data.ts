export interface Template {
  id: string;
  name: string;
  description: string;
  messageType: string;
  content: string;
  tags: string[];
  createdAt: string;
  updatedAt: string;
}

export interface Settings {
  theme: string;
  fontSize: number;
  favourites: string[];
  edits: number;
}

const NAMES = ['MUSTER', 'SMITH', 'MEIER', 'NGUYEN', 'GARCIA', 'ROSSI', 'KOWALSKI', 'DUBOIS'];
const BEYOND_LATIN = ['東京大学病院', 'Ελληνικά', 'Пациент', 'مستشفى', '병원환자'];
/** One in twenty holds text that takes two bytes a character in memory and six in our bytes. */
const SHARE_BEYOND_LATIN = 0.05;
const CREATED_AT = '2026-03-01T08:00:00.000Z';

/** HL7-like templates of 0.5–4 KB, the same for a count everywhere. */
export function templatesOf(count: number): Template[] {
  const random = seeded(count);
  return Array.from({ length: count }, (_, at) => templateOf(at, random));
}

export function settingsOf(edits: number): Settings {
  return { theme: edits % 2 ? 'dark' : 'light', fontSize: 14, favourites: ['ADT^A01', 'ORU^R01'], edits };
}

/** What one edit does to a template: a value typed into its message. */
export function edited(template: Template, edit: number): Template {
  return { ...template, content: `${template.content}NTE|${edit}||edited\r`, updatedAt: CREATED_AT };
}

function templateOf(at: number, random: () => number): Template {
  const size = 500 + Math.floor(random() * 3_500);
  const isBeyondLatin = random() < SHARE_BEYOND_LATIN;
  const number = (below: number) => Math.floor(random() * below);
  const lines = [`MSH|^~\\&|LAB|HOSP|EHR|HOSP|20260301${100000 + at}||ORU^R01|MSG${at}|P|2.5`];
  for (let length = 0; length < size; length += lines.at(-1)?.length ?? 0) {
    const set = lines.length;
    lines.push(
      `OBX|${set}|NM|${number(99_999)}-${set % 9}^${NAMES[number(NAMES.length)]}^LN||${number(20_000) / 100}|mmol/L|${number(9)}-${number(99)}|N|||F|||20260301${100_000 + number(99_999)}`,
    );
    if (isBeyondLatin && random() < 0.2)
      lines.push(`NTE|${set}||${BEYOND_LATIN[number(BEYOND_LATIN.length)]}`);
  }
  return {
    id: `t-${String(at).padStart(6, '0')}`,
    name: `Template ${at}`,
    description: `Result of ${NAMES[at % NAMES.length]}`,
    messageType: 'ORU^R01',
    content: lines.join('\r'),
    tags: ['lab', `ward-${at % 7}`],
    createdAt: CREATED_AT,
    updatedAt: CREATED_AT,
  };
}

/** Mulberry32. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
