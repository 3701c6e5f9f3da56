import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** Who may look at whom: docs/architecture.md, written down a second time so that a hole in the linter's rules shows. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  'src/app': ['src/react', 'src/client.ts', 'src/hl7', 'src/vault', 'machines'],
  'src/react': ['src/client.ts', 'machines'],
  'src/client.ts': ['machines', 'src/services', 'src/vault', 'src/engines'],
  'src/services': ['src/vault', 'src/engines', 'src/bundle', 'machines'],
  'src/bundle': ['src/vault'],
  'src/vault': ['src/engines'],
  'src/engines': [],
  'src/hl7': [],
  machines: ['src/vault'],
  'src/safeMode': [],
};
const TARGETS = [
  'src/app',
  'src/react',
  'src/client.ts',
  'src/services',
  'src/vault',
  'src/engines',
  'src/bundle',
  'src/hl7',
  'machines',
];

const root = mkdtempSync(join(tmpdir(), 'layers-'));
const fileOf = (layer: string, name: string) => (layer.endsWith('.ts') ? layer : `${layer}/${name}.ts`);
let refused: Set<string>;

function lint(): Set<string> {
  const biome = 'node_modules/@biomejs/biome/bin/biome';
  const args = [biome, 'lint', `--config-path=${root}`, '--reporter=json', '--max-diagnostics=none', root];
  let output: string;
  try {
    output = execFileSync(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] }).toString();
  } catch (failure) {
    output = String((failure as { stdout: Buffer }).stdout);
  }
  const { diagnostics } = JSON.parse(output) as {
    diagnostics: { category: string; location: { path: string } }[];
  };
  const layering = diagnostics.filter((found) => found.category.startsWith('lint/style/noRestricted'));
  return new Set(layering.map((found) => relative(root, found.location.path)));
}

const plant = (path: string, text: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};

beforeAll(() => {
  copyFileSync('biome.json', join(root, 'biome.json'));
  for (const layer of Object.keys(MAY_IMPORT)) {
    for (const target of TARGETS.filter((other) => other !== layer && layer !== 'src/client.ts')) {
      const path = fileOf(layer, `to-${target.replace(/\W/g, '-')}`);
      const specifier = relative(dirname(path), fileOf(target, 'thing'));
      plant(
        path,
        `import { thing } from '${specifier.startsWith('.') ? specifier : `./${specifier}`}';\nexport { thing };\n`,
      );
    }
    if (!['src/app', 'src/react', 'src/client.ts'].includes(layer)) {
      plant(fileOf(layer, 'clock'), 'export const later = (task: () => void) => setTimeout(task, 1);\n');
      plant(fileOf(layer, 'ui'), "import { useState } from 'react';\nexport { useState };\n");
    }
  }
  refused = lint();
});
afterAll(() => rmSync(root, { recursive: true }));

describe('layers look one way', () => {
  for (const [layer, allowed] of Object.entries(MAY_IMPORT)) {
    if (layer === 'src/client.ts') continue;
    test.each(TARGETS.filter((target) => target !== layer))(`${layer} → %s`, (target) => {
      const path = fileOf(layer, `to-${target.replace(/\W/g, '-')}`);
      expect(refused.has(path)).toBe(!allowed.includes(target));
    });
  }

  test.each(['src/services', 'src/vault', 'src/engines', 'src/hl7', 'machines'])(
    '%s has neither a global clock nor React',
    (layer) => {
      expect(refused.has(fileOf(layer, 'clock'))).toBe(true);
      expect(refused.has(fileOf(layer, 'ui'))).toBe(true);
    },
  );

  test('safe mode has no framework', () => {
    expect(refused.has(fileOf('src/safeMode', 'ui'))).toBe(true);
  });

  test('pure layers read no clock and no randomness of their own', () => {
    const sources = ['src/services', 'src/vault', 'src/engines', 'src/hl7', 'machines'].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.tsx?$/.test(name))
        .map((name) => join(folder, name)),
    );
    const worldly = /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\brandomUUID\(/;
    expect(sources.filter((path) => worldly.test(readFileSync(path, 'utf8')))).toEqual([]);
  });
});
