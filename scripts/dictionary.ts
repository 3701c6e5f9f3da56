import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import type { FieldRow, MessageRow, Pack, TypeRow } from '../src/hl7/dictionary/pack.ts';

/** Where the generated files live. They are checked in, so that the app builds without this step. */
export const DICTIONARY_FOLDER = resolve(import.meta.dirname, '../src/hl7/dictionary');

/** 2.7.1 is left out: the source gives it the same data as 2.7. */
const VERSIONS = ['2.1', '2.2', '2.3', '2.3.1', '2.4', '2.5', '2.5.1', '2.6', '2.7'] as const;

/** Types of message are named, and their structure kept, for this version only. */
const DEFAULT_VERSION = '2.5';

const NOTICE =
  'Derived from hl7-dictionary 1.0.1, MIT License, Copyright (c) Fernando Serrano. See LICENSE-hl7-dictionary.';

/** Optionality as HL7 writes it; the source counts: 1 optional, 2 required, 3 conditional, 4 kept for old versions. */
const OPTIONALITY = { 1: 'O', 2: 'R', 3: 'C', 4: 'B' } as const;

interface SourceField {
  datatype: string;
  desc: string;
  opt: keyof typeof OPTIONALITY;
  /** 0: without limit. */
  rep: number;
  /** Absent: without limit, or not said. */
  len?: number;
  table?: number;
}

interface SourceNode {
  name: string;
  min: number;
  /** 0: without limit. */
  max: number;
  children?: SourceNode[];
  /** Alternatives. */
  compounds?: SourceNode[];
}

interface SourceVersion {
  segments: Record<string, { desc: string; fields: SourceField[] }>;
  fields: Record<string, { desc: string; subfields: SourceField[] }>;
  messages: Record<string, { desc: string; segments: { segments: SourceNode[] } }>;
}

interface Source {
  definitions: Record<string, SourceVersion>;
  tables: Record<string, { values?: Record<string, unknown> }>;
}

/** Every generated file by its name in `DICTIONARY_FOLDER`, made from the installed `hl7-dictionary` alone. */
export function dictionaryFiles(): Record<string, string> {
  const { definitions, tables }: Source = createRequire(import.meta.url)('hl7-dictionary');
  const files: Record<string, string> = {};
  for (const version of VERSIONS) {
    const definition = definitions[version];
    if (!definition) throw new Error(`hl7-dictionary has no version ${version}`);
    files[`hl7-${version}.json`] = json(packOf(version, definition));
    if (version === DEFAULT_VERSION) {
      files['messages.json'] = json({ notice: NOTICE, messages: messagesOf(definition) });
    }
  }
  const codes = mapValues(tables, ({ values }) => Object.keys(values ?? {}).sort());
  files['tables.json'] = json({ notice: NOTICE, tables: codes });
  return files;
}

export function main(): void {
  mkdirSync(DICTIONARY_FOLDER, { recursive: true });
  for (const [name, content] of Object.entries(dictionaryFiles())) {
    writeFileSync(join(DICTIONARY_FOLDER, name), content);
    console.log(`${name}: ${content.length} characters`);
  }
}

function packOf(version: string, { segments, fields }: SourceVersion): Pack {
  return {
    notice: NOTICE,
    version,
    segments: mapValues(segments, ({ desc, fields: rows }) => [corrected(desc), rows.map(fieldRow)]),
    types: mapValues(
      fields,
      ({ desc, subfields }): TypeRow => [
        corrected(desc),
        (subfields ?? []).map(({ desc: name, datatype }) => [corrected(name), datatype]),
      ],
    ),
  };
}

function fieldRow({ desc, datatype, opt, rep, len, table }: SourceField): FieldRow {
  const row = [corrected(desc), datatype, OPTIONALITY[opt], rep, len ?? 0] as const;
  return table === undefined ? row : [...row, table];
}

function messagesOf({ messages }: SourceVersion): Record<string, MessageRow> {
  return mapValues(messages, ({ desc, segments }) => [corrected(desc), structureOf(segments.segments)]);
}

/** A structure in one line: `PID PD1? (OBR OBX*)+`, alternatives as `(OBR|RQD)`. */
function structureOf(nodes: readonly SourceNode[]): string {
  return nodes
    .map(({ name, min, max, children, compounds }) => {
      const times = max === 1 ? (min === 0 ? '?' : '') : min === 0 ? '*' : '+';
      if (compounds) return `(${compounds.map((node) => node.name).join('|')})${times}`;
      return (children ? `(${structureOf(children)})` : name) + times;
    })
    .join(' ');
}

/**
 * A name without the faults of the source: dashes and apostrophes that became `_`, dashes that were read in a wrong
 * character set, doubled blanks, and footnote marks.
 */
function corrected(name: string): string {
  return name
    .replace(/\s*вЂ“\s*/g, ' - ')
    .replace(/\s_\s/g, ' - ')
    .replace(/(\w)_s\b/g, "$1's")
    .replace(/^Collector s\b/, "Collector's")
    .replace(/\s+/g, ' ')
    .replace(/[\s*#+]+$/, '')
    .replace(/(?<=Unit) s$/, 's')
    .replace(/(?<=Reason)\.$/, '')
    .trim();
}

/** One entry a line, in the order of names, so that a change of the source can be read as a diff. */
function json(value: object): string {
  const members = Object.entries(value).map(([name, member]) => {
    if (typeof member === 'string') return `${JSON.stringify(name)}:${JSON.stringify(member)}`;
    const lines = Object.entries(member).map(([key, row]) => `${JSON.stringify(key)}:${JSON.stringify(row)}`);
    return `${JSON.stringify(name)}:{\n${lines.join(',\n')}\n}`;
  });
  return `{${members.join(',\n')}}\n`;
}

function mapValues<From, To>(record: Record<string, From>, map: (value: From) => To): Record<string, To> {
  return Object.fromEntries(
    Object.entries(record)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => [name, map(value)]),
  );
}
