import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { ExportFile, LockedFile } from '../../src/bundle/format.ts';
import { lockBundle } from '../../src/bundle/lockBundle.ts';
import { toBytes, toText } from '../../src/vault/bytes.ts';
import { exportSchema } from './exportSchema.ts';
import { accepted, EXPORTED_AT, exportOf, settings, template } from './support.ts';

const page = resolve(import.meta.dirname, '../../docs/export-format.md');
const SCHEMA = /(<!-- schema -->\n```json\n)[\s\S]*?(\n```\n<!-- \/schema -->)/;
const EXAMPLE = /<!-- example -->\n```json\n([\s\S]*?)\n```/;

// `UPDATE=1 npx vitest run tests/bundle/exportFormat.test.ts` writes the schema into the page.
test('docs/export-format.md holds the schema that reads the files', () => {
  const text = readFileSync(page, 'utf8');
  const schema = JSON.stringify(exportSchema(), null, 1);
  const due = text.replace(SCHEMA, (_, before: string, after: string) => before + schema + after);
  expect(text).toMatch(SCHEMA);
  if (process.env.UPDATE) writeFileSync(page, due);
  else expect(text === due, 'run it once with UPDATE=1').toBe(true);
});

test('[I18] the example on the page is an export, checksums and all', async () => {
  const [, example = ''] = EXAMPLE.exec(readFileSync(page, 'utf8')) ?? [];
  const found = await accepted(example);
  expect([found.label, found.bundle.records.length]).toEqual(['strong-checksum', 1]);
});

test('[I18] what is written is what the schema says, open and encrypted', async () => {
  const bytes = await exportOf([
    template('a'),
    settings({ theme: 'dark' }),
    { ...template('b'), checksum: '' },
  ]);
  expect(ExportFile.safeParse(JSON.parse(toText(bytes))).error).toBeUndefined();
  const randomBytes = (length: number) => globalThis.crypto.getRandomValues(new Uint8Array(length));
  const { subtle } = globalThis.crypto;
  const sealing = { subtle, randomBytes, application: 'hl7-helper-web', exportedAt: EXPORTED_AT };
  const locked = await lockBundle(toBytes('{}'), 'x', sealing);
  expect(LockedFile.safeParse(JSON.parse(toText(locked))).error).toBeUndefined();
});
